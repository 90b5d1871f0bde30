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
from course.content.schema.records import Within
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
    """The lesson's folder, below that of this file; its `lesson.yaml` says the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartEntry:
    """A part with its lines."""

    id: str
    """Of letters, digits and hyphens; for ever."""
    numeral: str
    """Such as `I`; shown before the title."""
    title: str
    """As the outline shows it."""
    topics: tuple[TopicEntry, ...] = ()
    """Its lessons in learning order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFile:
    """`course.yaml`."""

    format: Literal[1]
    """Of the file; there is one."""
    id: str
    """Of letters, digits and hyphens; for ever."""
    title: str
    """What the course is called."""
    about: str = ""
    """One sentence."""
    glossary: str | None = None
    """The file of the pack's terms."""
    exams: tuple[str, ...] = ()
    """Files of exams; each is named like its exam."""
    blueprint: str | None = None
    """The file that says how many questions there are to be."""
    parts: tuple[PartEntry, ...]
    """The outline, part by part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonFile:
    """`lesson.yaml`."""

    format: Literal[1]
    id: str
    """Of letters, digits and hyphens; for ever: what a learner did is kept under it."""
    revision: int = field(metadata={"bounds": Within(1, None, "must be at least 1; it counts changes of meaning")})
    """Goes up when the meaning changes, and not for a typo."""
    title: str
    """As the outline shows it."""
    minutes: int = field(metadata={"bounds": Within(1, LONGEST_MINUTES, f"must lie between 1 and {LONGEST_MINUTES}")})
    """How long it takes, read and answered."""
    about: str = ""
    """One line for the outline."""
    needs: tuple[str, ...] = ()
    """Ids of lessons that come before it."""
    objectives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Which objectives it serves, by exam."""
    body: str
    """The Markdown file with its pages."""
    glossary: tuple[str, ...] = ()
    """Ids of the terms that are marked on its pages."""
    questions: tuple[str, ...] = ()
    """Files of questions; each stands on a page, where the text places it."""
    practice: tuple[str, ...] = ()
    """Files of questions that stand on no page: for practice, reviews and exams alone."""
    predictions: tuple[str, ...] = ()
    """Files of runs that are predicted on its pages."""
    labs: tuple[str, ...] = ()
    """Files of labs; the folder that one lies in is its id."""
    incidents: tuple[str, ...] = ()
    """Files of live incidents; the folder that one lies in is its id."""
    sources: tuple[Source, ...] = ()
    """Pages that its facts come from."""


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """The file that `glossary` names."""

    format: Literal[1]
    terms: tuple[Term, ...]
    """In any order; they are shown by alphabet."""


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
