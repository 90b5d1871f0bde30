"""A whole lesson from its files: the text, its questions and predictions, and the titles of its labs and incidents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeVar

from course.content.files.course import LessonEntry, LessonFile, title_in
from course.content.files.folder import Folder
from course.content.files.lesson_text import KEYS, read_lesson_text
from course.content.files.predictions import read_predictions
from course.content.files.questions import read_questions
from course.content.mending import Labs
from course.content.schema.ids import Given, question_ids, repeated
from course.content.schema.mentions import places, texts
from course.content.yaml.document import Complaints, Document
from course.content.yaml.errors import ContentError, Problem
from course.syllabus import Lesson, LessonStep, Prediction
from quiz.questions import Question

S = TypeVar("S")
T = TypeVar("T")
Questions = dict[str, Question]
Titles = dict[str, str]
Predictions = dict[str, Prediction]
Steps = tuple[LessonStep, ...]
WORDS = {key: word for word, key in KEYS.items()}
"""How a line of the text places what the files of a key hold."""


def read_lesson(folder: Folder, entry: LessonEntry, labs: Labs, *, practice: bool = False) -> Lesson:
    """Return the lesson, with the questions that stand on no page if they are asked for; ContentError with all that is
    wrong with any of the files that are read. `labs` are those that its questions may name."""
    return _LessonReader(folder, entry, labs, practice).read()


def put_together(file: LessonFile, steps: Steps, practice: Iterable[Question]) -> Lesson:
    """Return the lesson of a `lesson.yaml`, with what its other files hold."""
    return Lesson(
        id=file.id,
        revision=file.revision,
        title=file.title,
        minutes=file.minutes,
        steps=steps,
        objectives=file.objectives,
        glossary=file.glossary,
        sources=file.sources,
        practice=tuple(practice),
    )


@dataclass(slots=True)
class _LessonReader:
    folder: Folder
    entry: LessonEntry
    labs: Labs
    practice: bool
    problems: list[Problem] = field(default_factory=list)
    unread: dict[str, set[str] | None] = field(default_factory=dict)
    """What is there and cannot be used, by the word that places it; None: whatever it may be."""

    def read(self) -> Lesson:
        complaints = Complaints(self.entry.document)
        given: list[Given] = []
        questions = self._questions("questions", self.entry.file.questions, complaints, given)
        practice = self._questions("practice", self.entry.file.practice if self.practice else (), complaints, given)
        self.problems += repeated(given)
        predictions = self._predictions(complaints)
        labs = self._titles("labs", self.entry.file.labs, complaints)
        incidents = self._titles("incidents", self.entry.file.incidents, complaints)
        body = self._body(complaints)
        steps = self._steps(body, questions, labs, incidents, predictions) if body else None
        self.problems += complaints.problems
        if self.problems or steps is None:
            raise ContentError(self.problems)
        return put_together(self.entry.file, steps, practice.values())

    def _questions(self, key: str, names: Iterable[str], complaints: Complaints, given: list[Given]) -> Questions:
        """Return the questions of some files, and note their ids in `given`."""
        questions: Questions = {}
        for path in self._files(key, names, complaints):
            document = self._noting(self.folder.document, path)
            read = None
            if document is not None:
                given += question_ids(document)
                read = self._noting(lambda found: read_questions(found, self.labs), document)
                questions |= {each.id: each for each in read or ()}
            if read is None and key == "questions":
                self._miss("question", document)
        return questions

    def _predictions(self, complaints: Complaints) -> Predictions:
        found: Predictions = {}
        for path in self._files("predictions", self.entry.file.predictions, complaints):
            read = self._noting(lambda path: read_predictions(self.folder, path, self.entry.folder), path)
            if read is None:
                self._miss("predict", self._readable(path))
            found |= {each.id: each for each in read or ()}
        return found

    def _titles(self, key: str, names: Iterable[str], complaints: Complaints) -> Titles:
        titles: Titles = {}
        for path in self._files(key, names, complaints):
            document = self._noting(self.folder.document, path)
            # The rest of a lab brings the engine along, and is read when the lab is opened.
            id = path.parent.name
            titles[id] = title_in(document, id) if document else id
        return titles

    def _steps(
        self, body: PurePosixPath, questions: Questions, labs: Titles, incidents: Titles, predictions: Predictions
    ) -> Steps | None:
        text = self._noting(self.folder.text, body)
        if text is None:
            return None
        return self._noting(
            lambda path: read_lesson_text(text, path, questions, labs, incidents, predictions, self.unread), Path(body)
        )

    def _body(self, complaints: Complaints) -> PurePosixPath | None:
        """Return the file of the text; None after a complaint, or if the lesson's file does not say rightly which."""
        if "body" in self.entry.unread:
            return None
        for key, what in WORDS.items():
            if key in self.entry.unread:
                self.unread[what] = None
        return self.folder.referred(complaints, ("body",), self.entry.file.body, self.entry.folder)

    def _miss(self, what: str, document: Document | None) -> None:
        """Remember what a file would have had, as far as anybody can tell."""
        items = "questions" if what == "question" else "predictions"
        listed = next((found for _, found in places(document.data, (items,))), None) if document else None
        ids = {id for _, id in texts(listed, (..., "id"))}
        before = self.unread.get(what, set())
        known = isinstance(listed, list) and len(ids) == len(listed) and before is not None
        self.unread[what] = before | ids if known and before is not None else None

    def _readable(self, path: PurePosixPath) -> Document | None:
        try:
            return self.folder.document(path)
        except ContentError:
            return None

    def _files(self, key: str, names: Iterable[str], complaints: Complaints) -> Iterator[PurePosixPath]:
        for index, name in enumerate(names):
            path = self.folder.referred(complaints, (key, index), name, self.entry.folder)
            if path is not None:
                yield path
            elif key in ("questions", "predictions"):
                self.unread[WORDS[key]] = None
            elif key in WORDS:
                there = self.unread.setdefault(WORDS[key], set())
                if there is not None:
                    there.add(PurePosixPath(name).parent.name)

    def _noting(self, read: Callable[[S], T], source: S) -> T | None:
        """Return what is read, or None after noting what is wrong with it."""
        try:
            return read(source)
        except ContentError as error:
            self.problems += error.problems
            return None
