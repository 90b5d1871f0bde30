"""The outline: `course.yaml` with the lessons that it names.

On the way to the first screen, so nothing here may import numpy, botocore or any part of the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from course.content.files.course import (
    COURSE_FILE,
    LESSON_FILE,
    CourseFile,
    LessonEntry,
    PartEntry,
    read_lesson_file,
    title_in,
)
from course.content.files.folder import Folder
from course.content.files.revisions import revisions_of
from course.content.schema.build import build
from course.content.schema.ids import Given, listed_ids, question_ids, repeated
from course.content.schema.mentions import places
from course.content.yaml.document import Complaints, Trail
from course.content.yaml.errors import ContentError, Problem
from course.outline import Outline, Part, Topic

ANNOUNCED = (
    "this topic is no lesson, and what is only announced has no place in an outline; "
    "write `lesson` with its folder, or take the line out"
)


@dataclass(frozen=True, slots=True)
class Course:
    """A pack's outline, and where its lessons are."""

    outline: Outline
    lessons: Mapping[str, LessonEntry]
    """By id, in the order of the outline."""
    glossary: PurePosixPath | None
    exams: Mapping[str, PurePosixPath]
    """The files of its exams by id: each is named like its file."""
    blueprint: PurePosixPath | None = None
    """The file that says how many questions there are to be."""


def load_outline(root: Path) -> Outline:
    """Return the outline of the pack in this folder; ContentError with all that is wrong with its files."""
    return read_course(Folder(root)).outline


def read_course(folder: Folder) -> Course:
    """Return the outline with its lessons; ContentError with all that is wrong in any of their files."""
    return _CourseReader(folder).read()


class _CourseReader:
    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.document = folder.document(COURSE_FILE)
        self.complaints = Complaints(self.document)
        self.problems: list[Problem] = []
        self.lessons: dict[str, LessonEntry] = {}
        self.given: list[Given] = []

    def read(self) -> Course:
        file = build(CourseFile, self.document.data, self.complaints)
        if file is None:
            raise ContentError(list(self._told(self.complaints.problems)))
        parts = tuple(self._parts(file.parts))
        glossary = self._refer(("glossary",), file.glossary) if file.glossary else None
        blueprint = self._refer(("blueprint",), file.blueprint) if file.blueprint else None
        exams = self._exams(file.exams)
        self.problems += repeated(self.given)
        if self.problems or self.complaints.problems:
            raise ContentError([*self.problems, *self.complaints.problems])
        terms = tuple(self._listed(glossary, "terms", "term")) if glossary else ()
        outline = Outline(id=file.id, title=file.title, about=file.about, parts=parts, terms=terms)
        return Course(outline, self.lessons, glossary, exams, blueprint)

    def _told(self, problems: Sequence[Problem]) -> Iterator[Problem]:
        """Yield the problems; of a topic that is no lesson what to do about it, in place of what is wrong with its
        keys."""
        topics = places(self.document.data, ("parts", ..., "topics", ...))
        announced = [
            self.document.where(trail)
            for trail, topic in topics
            if isinstance(topic, Mapping) and "lesson" not in topic and "id" in topic
        ]
        lines = {line for line, _ in announced}
        yield from (problem for problem in problems if problem.line not in lines)
        yield from (Problem(self.document.path, line, column, ANNOUNCED) for line, column in announced)

    def _parts(self, entries: Iterable[PartEntry]) -> Iterator[Part]:
        for index, entry in enumerate(entries):
            trail: Trail = ("parts", index)
            self._give("part", entry.id, (*trail, "id"))
            topics = [
                self._lesson(each.lesson, (*trail, "topics", at, "lesson")) for at, each in enumerate(entry.topics)
            ]
            given = tuple(topic for topic in topics if topic is not None)
            yield Part(id=entry.id, numeral=entry.numeral, title=entry.title, topics=given)

    def _lesson(self, name: str, trail: Trail) -> Topic | None:
        path = self._refer(trail, f"{name}/{LESSON_FILE}")
        if path is None:
            return None
        try:
            entry = read_lesson_file(self.folder, path)
        except ContentError as error:
            self.problems += error.problems
            return None
        self._give("topic", entry.file.id, trail)
        self.lessons[entry.file.id] = entry
        return Topic(
            id=entry.file.id,
            title=entry.file.title,
            minutes=entry.file.minutes,
            about=entry.file.about,
            needs=entry.file.needs,
            questions=tuple(self._questions(entry)),
            predictions=tuple(self._predictions(entry)),
            labs=self._titles(entry, entry.file.labs),
            incidents=self._titles(entry, entry.file.incidents),
            raised=self._raised(entry),
        )

    def _raised(self, entry: LessonEntry) -> dict[str, int]:
        """Return the revisions above 1 of the lesson and of what is on its pages."""
        return {name: revision for name, revision in revisions_of(self.folder, entry) if revision > 1}

    def _questions(self, entry: LessonEntry) -> Iterator[str]:
        """Yield the ids of a lesson's questions; what is wrong with a file is said to whoever opens the lesson."""
        for name in entry.file.questions:
            try:
                given = question_ids(self.folder.document(entry.folder / name), cases=False)
            except ContentError:
                continue
            yield from (each.id for each in given)

    def _predictions(self, entry: LessonEntry) -> Iterator[str]:
        """Yield the ids of a lesson's predictions in the same way."""
        for name in entry.file.predictions:
            yield from self._listed(entry.folder / name, "predictions", "prediction")

    def _listed(self, file: PurePosixPath, key: str, kind: str) -> Iterator[str]:
        """Yield the ids that a file lists, if it can be read."""
        try:
            given = listed_ids(self.folder.document(file), key, kind)
        except ContentError:
            return
        yield from (each.id for each in given)

    def _titles(self, entry: LessonEntry, names: Iterable[str]) -> dict[str, str]:
        """Return titles by id; what is wrong with the files is said to whoever opens them, or checks the pack."""
        titles: dict[str, str] = {}
        for path in (entry.folder / name for name in names):
            id = path.parent.name
            try:
                titles[id] = title_in(self.folder.document(path), id)
            except ContentError:
                titles[id] = id
        return titles

    def _exams(self, names: Iterable[str]) -> dict[str, PurePosixPath]:
        """Return the exams by id; what is wrong with the files is said to whoever opens them, or checks the pack."""
        exams: dict[str, PurePosixPath] = {}
        for at, name in enumerate(names):
            path = self._refer(("exams", at), name)
            if path is not None:
                self._give("exam", path.stem, ("exams", at))
                exams[path.stem] = path
        return exams

    def _refer(self, trail: Trail, name: str) -> PurePosixPath | None:
        return self.folder.referred(self.complaints, trail, name, PurePosixPath())

    def _give(self, kind: str, id: str, trail: Trail) -> None:
        self.given.append(Given(kind, id, self.document, trail))
