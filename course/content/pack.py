"""A lesson pack: a folder of YAML and Markdown as a catalog, each file read when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from course.content.files.course import LessonEntry, read_glossary
from course.content.files.folder import Folder
from course.content.files.outline import Course, load_outline, read_course
from course.content.yaml.errors import ContentError
from course.outline import Outline
from course.syllabus import Lesson, QuestionCard, Term

if TYPE_CHECKING:
    from course.content.files.blueprint import Blueprint
    from course.content.files.card import Card
    from course.content.mending import Labs
    from labs.incidents.session import Incident
    from labs.lab import Lab
    from quiz.exams.profile import Profile

__all__ = ["Pack", "load_outline"]


class Pack:
    """One pack; a `course.ports.Catalog`."""

    def __init__(self, root: Path, called: Path | None = None) -> None:
        self.root = root
        self.called = called or root
        """What people know it by, such as the zip that it was unpacked from."""
        self.folder = Folder(root)
        self.labs: Labs = self
        """The labs that its questions may name: its own, or those of all packs that it is used with."""
        self._lessons: dict[str, Lesson] = {}
        self._labs: dict[str, Lab] = {}
        self._incidents: dict[str, Incident] = {}
        self._exams: dict[str, Profile] = {}

    @property
    def outline(self) -> Outline:
        """The pack at a glance; ContentError if its outline is wrong."""
        return self.course.outline

    @cached_property
    def course(self) -> Course:
        """The outline with the places of its lessons."""
        return read_course(self.folder)

    def entry(self, id: str) -> LessonEntry:
        """Return a lesson's line and file; KeyError if there is none."""
        return self.course.lessons[id]

    def lesson(self, id: str) -> Lesson:
        """Return the lesson with what stands on its pages; KeyError if there is none, ContentError if its files are
        wrong."""
        if id not in self._lessons:
            from course.content.files.lesson import read_lesson  # a sixth of the loading before the first screen

            self._lessons[id] = read_lesson(self.folder, self.entry(id), self.labs)
        return self._lessons[id]

    def whole_lesson(self, id: str) -> Lesson:
        """Return the lesson with its questions for practice too, which may be thousands; errors as above."""
        from course.content.files.lesson import read_lesson

        return read_lesson(self.folder, self.entry(id), self.labs, practice=True)

    def question_cards(self) -> Iterator[QuestionCard]:
        """Yield a card for each question, in learning order; ContentError where a lesson is wrong."""
        for id in self.course.lessons:
            yield from (QuestionCard.of(question, id) for question in self.whole_lesson(id).bank)

    def pack_of(self, question: str) -> str:
        """Return the id of the pack that a question is from: this one."""
        return self.outline.id

    def terms(self) -> tuple[Term, ...]:
        """Return the glossary, sorted by term."""
        return self._terms

    @cached_property
    def _terms(self) -> tuple[Term, ...]:
        name = self.course.glossary
        return read_glossary(self.folder.document(name)) if name is not None else ()

    def lab(self, id: str) -> Lab:
        """Return the lab; KeyError if there is none, ContentError if its files are wrong."""
        if id not in self._labs:
            from course.content.files.lab import read_lab  # brings the engine along

            path, lesson = self._lab_files[id]
            self._labs[id] = read_lab(self.folder, path, lesson)
        return self._labs[id]

    def lab_cards(self) -> Iterator[Card]:
        """Yield what a list shows of the labs, in learning order; ContentError where a file is wrong in that."""
        return self._cards(self._lab_files)

    def lab_ids(self) -> tuple[str, ...]:
        """Return the labs' ids in learning order."""
        return tuple(self._lab_files)

    def lab_file(self, id: str) -> PurePosixPath:
        """Return the name of a lab's file; KeyError if there is none."""
        return self._lab_files[id][0]

    @cached_property
    def _lab_files(self) -> dict[str, tuple[PurePosixPath, str]]:
        return {
            id: (entry.folder / name, lesson)
            for lesson, entry in self.course.lessons.items()
            for id, name in zip(entry.labs, entry.file.labs, strict=True)
        }

    def incident(self, id: str) -> Incident:
        """Return the incident; KeyError if there is none, ContentError if its files are wrong."""
        if id not in self._incidents:
            from course.content.files.incident import read_incident  # brings the engine along

            path, lesson = self._incident_files[id]
            self._incidents[id] = read_incident(self.folder, path, lesson)
        return self._incidents[id]

    def incident_cards(self) -> Iterator[Card]:
        """Yield what a list shows of the incidents, in learning order; ContentError where a file is wrong in that."""
        return self._cards(self._incident_files)

    def incident_ids(self) -> tuple[str, ...]:
        """Return the incidents' ids in learning order."""
        return tuple(self._incident_files)

    def incident_file(self, id: str) -> PurePosixPath:
        """Return the name of an incident's file; KeyError if there is none."""
        return self._incident_files[id][0]

    @cached_property
    def _incident_files(self) -> dict[str, tuple[PurePosixPath, str]]:
        return {
            id: (entry.folder / name, lesson)
            for lesson, entry in self.course.lessons.items()
            for id, name in zip(entry.incidents, entry.file.incidents, strict=True)
        }

    def exam(self, id: str) -> Profile:
        """Return the exam; KeyError if there is none, ContentError if its file is wrong."""
        if id not in self._exams:
            from course.content.files.exam import read_exam  # no screen shows exams at the start

            self._exams[id] = read_exam(self.folder.document(self.course.exams[id]))
        return self._exams[id]

    def exam_ids(self) -> tuple[str, ...]:
        """Return the exams' ids in the order of the file."""
        return tuple(self.course.exams)

    def blueprint(self, others: Mapping[str, Profile] | None = None) -> Blueprint | None:
        """Return how many questions there are to be; None if nobody says, ContentError if its file is wrong.

        `others` are exams of other packs that it may ask for.
        """
        from course.content.files.blueprint import read_blueprint

        if self.course.blueprint is None:
            return None
        exams = dict(others or {})
        for id in self.exam_ids():
            with suppress(ContentError):  # said of the exam itself
                exams[id] = self.exam(id)
        return read_blueprint(self.folder.document(self.course.blueprint), exams)

    def _cards(self, files: Mapping[str, tuple[PurePosixPath, str]]) -> Iterator[Card]:
        from course.content.files.card import read_card

        for path, lesson in files.values():
            yield read_card(self.folder, path, lesson)
