"""What `course.yaml`, `lesson.yaml` and the glossary hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Literal

from course.content.files.folder import Folder
from course.content.schema.build import build, known_fields
from course.content.schema.ids import listed_ids, repeated
from course.content.schema.mentions import texts
from course.content.yaml.document import Complaints, Document
from course.content.yaml.errors import Problem
from course.content.yaml.wording import shown
from course.syllabus import Source, Term

COURSE_FILE = PurePosixPath("course.yaml")
LESSON_FILE = "lesson.yaml"
LONGEST_MINUTES = 600
"""Of a lesson; ten hours are no lesson any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicEntry:
    """A line of `course.yaml`: a lesson's folder."""

    lesson: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartEntry:
    """A part with its lines."""

    id: str
    numeral: str
    title: str
    topics: tuple[TopicEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFile:
    """`course.yaml`."""

    format: Literal[1]
    id: str
    title: str
    about: str = ""
    glossary: str | None = None
    exams: tuple[str, ...] = ()
    blueprint: str | None = None
    parts: tuple[PartEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonFile:
    """`lesson.yaml`."""

    format: Literal[1]
    id: str
    revision: int
    title: str
    minutes: int
    about: str = ""
    needs: tuple[str, ...] = ()
    objectives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body: str
    glossary: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    practice: tuple[str, ...] = ()
    """Files of questions that stand on no page: for practice, reviews and exams alone."""
    predictions: tuple[str, ...] = ()
    """Files of runs that are predicted on its pages."""
    labs: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """The file that `glossary` names."""

    format: Literal[1]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class LessonEntry:
    """A lesson as far as the outline needs it."""

    folder: PurePosixPath
    document: Document
    file: LessonFile
    unread: frozenset[str] = frozenset()
    """Keys that are wrong or missing, of a lesson that somebody is writing; the file has something empty for them."""

    @property
    def labs(self) -> tuple[str, ...]:
        """The ids of its labs: the names of their folders."""
        return _folders(self.file.labs)

    @property
    def incidents(self) -> tuple[str, ...]:
        """The ids of its incidents: the names of their folders."""
        return _folders(self.file.incidents)


_NOTHING: Mapping[str, Any] = {"format": 1, "id": "", "revision": 1, "title": "", "minutes": 1, "body": ""}
"""What stands for keys that must be there and are not."""


def read_lesson_file(folder: Folder, path: PurePosixPath) -> tuple[LessonEntry, list[Problem]]:
    """Return a lesson as far as the outline needs it and as far as it can be read, and all that is wrong with its file;
    ContentError if that is no YAML."""
    document = folder.document(path)
    complaints = Complaints(document)
    fields = known_fields(LessonFile, document.data, complaints)
    if not 1 <= fields.get("minutes", 1) <= LONGEST_MINUTES:
        complaints.at_value(("minutes",), f"`minutes` must lie between 1 and {LONGEST_MINUTES}")
    if fields.get("revision", 1) < 1:
        complaints.at_value(("revision",), "`revision` must be at least 1; it counts changes of meaning")
    _complain_of_loose_files(complaints, "labs", "lab")
    _complain_of_loose_files(complaints, "incidents", "incident")
    missing = {key: value for key, value in _NOTHING.items() if key not in fields}
    unread = frozenset({*missing, *(document.data if isinstance(document.data, Mapping) else ())} - {*fields})
    file = LessonFile(**{**missing, "id": path.parent.name, **fields})
    return LessonEntry(path.parent, document, file, unread), complaints.problems


def title_in(document: Document, id: str) -> str:
    """Return the title in the file of a lab or an incident; its id where there is none."""
    return next((title for _, title in texts(document.data, ("title",))), id)


def _folders(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(PurePosixPath(name).parent.name for name in names)


def _complain_of_loose_files(complaints: Complaints, key: str, kind: str) -> None:
    for trail, name in texts(complaints.document.data, (key, ...)):
        if not PurePosixPath(name).parent.name:
            say = f"{shown(name)} lies in no folder of its own, which names the {kind}; move it into one"
            complaints.at_value(trail, say)


def read_glossary(document: Document) -> tuple[Term, ...]:
    """Return the terms by alphabet; ContentError with all that is wrong with them. A term that another one mentions
    may be of any pack: `mlcourse check` looks for it."""
    complaints = Complaints(document)
    file = build(GlossaryFile, document.data, complaints)
    complaints.problems.extend(repeated(listed_ids(document, "terms", "term")))
    return tuple(sorted(complaints.settle(file).terms, key=lambda term: term.term.casefold()))
