"""A pack that somebody is writing: whatever is wrong with one of its files, the others can be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from course.content.drafts.lesson import LessonDraft, draft_lesson
from course.content.files.course import COURSE_FILE
from course.content.files.outline import Course, read_course_as_far_as_it_goes
from course.content.mending import Labs
from course.content.pack import Pack
from course.content.yaml.errors import ContentError, Problem
from course.outline import Outline, Part, Topic
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
        earlier = before.course if before else Course(_nothing(self.root), {}, None, {})
        try:
            course, problems = read_course_as_far_as_it_goes(self.folder)
        except ContentError as error:
            self.outline_problems = error.problems
            return earlier
        self.outline_problems = ContentError(problems).problems
        return _completed(course, earlier, {problem.path.as_posix() for problem in problems})

    @property
    def homeless_problems(self) -> tuple[Problem, ...]:
        """Those of the outline that belong to no lesson that is there."""
        files = {entry.document.path for entry in self.course.lessons.values()}
        return tuple(problem for problem in self.outline_problems if problem.path not in files)

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


def _completed(course: Course, earlier: Course, broken: set[str]) -> Course:
    """Return the outline with what it had before and only cannot be read now: its title, and lessons with their
    lines."""
    lost = {id: entry for id, entry in earlier.lessons.items() if entry.document.path.as_posix() in broken}
    lost = {id: entry for id, entry in lost.items() if id not in course.lessons}
    kept = {entry.document.path for entry in course.lessons.values()}
    lost = {id: entry for id, entry in lost.items() if entry.document.path not in kept}
    title = course.outline.title or earlier.outline.title
    parts = course.outline.parts
    if lost:
        parts = tuple(_with(part, earlier.outline, lost) for part in parts)
    glossary = course.glossary or (earlier.glossary if COURSE_FILE.as_posix() in broken else None)
    outline = replace(course.outline, title=title, parts=parts)
    return replace(course, outline=outline, lessons={**course.lessons, **lost}, glossary=glossary)


def _with(part: Part, earlier: Outline, lost: Mapping[str, object]) -> Part:
    """Return the part with the lines that it had of these lessons, where they stood."""
    topics: list[Topic] = list(part.topics)
    before = next((each.topics for each in earlier.parts if each.id == part.id), ())
    for at, topic in enumerate(before):
        if topic.id in lost:
            topics.insert(at, topic)
    return replace(part, topics=tuple(topics))


def _nothing(root: Path) -> Outline:
    return Outline(id="", title=root.resolve().name, about="", parts=())
