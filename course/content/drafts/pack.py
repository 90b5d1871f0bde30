"""A pack that somebody is writing: whatever is wrong with one of its files, the others can be looked at."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path, PurePosixPath

from course.content.drafts.lesson import LessonDraft, draft_lesson
from course.content.files.outline import Course, read_course
from course.content.mending import Labs
from course.content.pack import Pack
from course.content.yaml.errors import ContentError, Problem
from course.outline import Outline
from course.syllabus import Lesson, Term


class DraftPack(Pack):
    """A pack as it is at a moment. What cannot be read is as it was in the pack `before`, if it could be read then."""

    def __init__(self, root: Path, labs: Labs | None = None, before: DraftPack | None = None) -> None:
        """Take the labs that requests to be mended are about; they are told apart from others by identity, so give the
        same ones each time."""
        super().__init__(root)
        self._labs_of_requests = labs or self
        self._drafts: dict[str, LessonDraft] = {}
        self.outline_problems: tuple[Problem, ...] = ()
        """What is wrong with the outline, and with the files of lessons as far as it needs them."""
        self.glossary_problems: tuple[Problem, ...] = ()
        self._course = self._read_course(before)
        self._glossary = self._read_terms(before)

    @cached_property
    def course(self) -> Course:
        """The outline as far as it goes."""
        return self._course

    def _read_course(self, before: DraftPack | None) -> Course:
        try:
            return read_course(self.folder)
        except ContentError as error:
            self.outline_problems = error.problems
        return before.course if before else Course(_nothing(self.root), {}, None, {})

    def _read_terms(self, before: DraftPack | None) -> tuple[Term, ...]:
        try:
            return super().terms()
        except ContentError as error:
            self.glossary_problems = error.problems
        return before.terms() if before else ()

    def terms(self) -> tuple[Term, ...]:
        """Return the glossary, sorted by term; as it was before, if it cannot be read."""
        return self._glossary

    def draft(self, id: str) -> LessonDraft:
        """Return the lesson with what is wrong with it; KeyError if there is none."""
        if id not in self._drafts:
            self._drafts[id] = draft_lesson(self.folder, self.entry(id), self._labs_of_requests)
        return self._drafts[id]

    def lesson(self, id: str) -> Lesson:
        """Return the lesson as far as it goes, with all of its questions; KeyError if there is none."""
        return self.draft(id).lesson

    whole_lesson = lesson

    def lesson_file(self, id: str) -> PurePosixPath:
        """Return the name of a lesson's file; KeyError if there is none."""
        return PurePosixPath(self.entry(id).document.path.as_posix())


def _nothing(root: Path) -> Outline:
    return Outline(id="", title=root.resolve().name, about="", parts=())
