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
from course.content.schema.build import known_fields
from course.content.schema.ids import Given, listed_ids, question_ids, repeated
from course.content.schema.mentions import places, texts
from course.content.yaml.document import Complaints, Trail
from course.content.yaml.errors import ContentError, Problem
from course.outline import Outline, Part, Topic

ANNOUNCED = (
    "this topic is no lesson, and what is only announced has no place in an outline; "
    "write `lesson` with its folder, or take the line out"
)

LESSONS_HOLD = frozenset({"lesson", "lab"})
"""What may be there unseen where a lesson's file cannot be read."""


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
    unseen: frozenset[str] = frozenset()
    """Kinds of things, such as `lesson`, of which there may be more: what names them cannot be read."""


def load_outline(root: Path) -> Outline:
    """Return the outline of the pack in this folder; ContentError with all that is wrong with its files."""
    return read_course(Folder(root)).outline


def read_course(folder: Folder) -> Course:
    """Return the outline with its lessons; ContentError with all that is wrong in any of their files."""
    course, problems = read_course_as_far_as_it_goes(folder)
    if problems:
        raise ContentError(problems)
    return course


def read_course_as_far_as_it_goes(folder: Folder) -> tuple[Course, Sequence[Problem]]:
    """Return the outline of a pack that somebody is writing, and all that is wrong with it; ContentError if the outline
    is no YAML."""
    reader = _CourseReader(folder)
    course = reader.read()
    return course, [*reader.problems, *reader.told()]


class _CourseReader:
    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.document = folder.document(COURSE_FILE)
        self.complaints = Complaints(self.document)
        self.problems: list[Problem] = []
        self.lessons: dict[str, LessonEntry] = {}
        self.given: list[Given] = []
        self.unseen: set[str] = set()

    def read(self) -> Course:
        """Return the outline as far as it can be read."""
        fields = known_fields(CourseFile, self.document.data, self.complaints)
        file = CourseFile(**{"format": 1, "id": "", "title": "", "parts": (), **fields})
        parts = tuple(self._parts(file.parts)) if "parts" in fields else self._one_part()
        glossary = self._refer(("glossary",), file.glossary) if file.glossary else None
        blueprint = self._refer(("blueprint",), file.blueprint) if file.blueprint else None
        exams = self._exams(file.exams)
        self.problems += repeated(self.given)
        if glossary is None and self._names("glossary"):
            self.unseen.add("term")
        if len(exams) < len(file.exams) or ("exams" not in fields and self._names("exams")):
            self.unseen.add("exam")
        terms = tuple(self._listed(glossary, "terms", "term")) if glossary else ()
        outline = Outline(id=file.id, title=file.title, about=file.about, parts=parts, terms=terms)
        return Course(outline, self.lessons, glossary, exams, blueprint, frozenset(self.unseen))

    def _names(self, key: str) -> bool:
        return isinstance(self.document.data, Mapping) and bool(self.document.data.get(key))

    def told(self) -> Iterator[Problem]:
        """Yield what is wrong with the outline's own file; of a topic that is no lesson what to do about it, in place
        of what is wrong with its keys."""
        problems = self.complaints.problems
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

    def _one_part(self) -> tuple[Part, ...]:
        """Return whatever lessons are named, of an outline whose parts are wrong in something else."""
        self.unseen |= LESSONS_HOLD
        named = texts(self.document.data, ("parts", ..., "topics", ..., "lesson"))
        topics = [self._lesson(name, trail) for trail, name in named]
        return (Part(id="", numeral="", title="", topics=tuple(topic for topic in topics if topic is not None)),)

    def _lesson(self, name: str, trail: Trail) -> Topic | None:
        path = self._refer(trail, f"{name}/{LESSON_FILE}")
        if path is None:
            self.unseen |= LESSONS_HOLD
            return None
        try:
            entry, problems = read_lesson_file(self.folder, path)
        except ContentError as error:
            self.problems += error.problems
            self.unseen |= LESSONS_HOLD
            return None
        self.problems += problems
        self.unseen |= {kind for key, kind in (("id", "lesson"), ("labs", "lab")) if key in entry.unread}
        if "id" not in entry.unread:
            self._give("lesson", entry.file.id, trail)
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
