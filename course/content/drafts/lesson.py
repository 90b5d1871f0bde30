"""A lesson that somebody is writing: what of it can be read, where each step stands, and what is wrong."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from course.content.files.course import LessonEntry, title_in
from course.content.files.folder import Folder
from course.content.files.lesson import put_together, read_lesson
from course.content.files.lesson_text import StepMark, draft_lesson_text
from course.content.files.predictions import read_predictions
from course.content.files.questions import sound_questions
from course.content.mending import Labs
from course.content.yaml.errors import ContentError, Problem
from course.syllabus import Checkpoint, Foretelling, Lesson, LessonStep, Prediction, Reading
from quiz.questions import Question

Marks = tuple[StepMark, ...]
Steps = tuple[LessonStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonDraft:
    """A lesson as far as it goes. A page with nothing on it stands for what cannot be read."""

    lesson: Lesson
    marks: Marks
    """Where each step stands in its text."""
    problems: tuple[Problem, ...]

    def step_at(self, line: int) -> int:
        """Return the step on whose lines of the text this one is."""
        return max(0, bisect_right([mark.line for mark in self.marks], line) - 1)

    def lines_of(self, step: int) -> tuple[int, int | None]:
        """Return the first line of a step, and that of the next one; None if there is none."""
        first = self.marks[step].line
        return first, next((mark.line for mark in self.marks if mark.line > first), None)

    def step_of(self, what: str, id: str) -> int | None:
        """Return the step that a line such as `{question: ID}` makes, of a case that of its part or its first one; None
        if it is placed nowhere."""
        for step, (mark, made) in enumerate(zip(self.marks, self.lesson.steps, strict=True)):
            if mark.what == what and id in (mark.id, _id(made)):
                return step
        return None


def draft_lesson(folder: Folder, entry: LessonEntry, labs: Labs) -> LessonDraft:
    """Return the lesson with all of its questions, whatever is wrong with its files; `labs` are those of the pack."""
    try:
        lesson = read_lesson(folder, entry, labs, practice=True)
    except ContentError as error:
        return _as_far_as_it_goes(folder, entry, labs, error.problems)
    steps = [step for step in lesson.steps if isinstance(step, Foretelling)]
    _, marks = _steps(folder, entry, lesson.questions, tuple(step.prediction for step in steps))
    return LessonDraft(lesson=lesson, marks=marks, problems=())


def _as_far_as_it_goes(folder: Folder, entry: LessonEntry, labs: Labs, problems: tuple[Problem, ...]) -> LessonDraft:
    file = entry.file
    steps, marks = _steps(
        folder,
        entry,
        tuple(_questions(folder, entry, file.questions, labs)),
        tuple(_predictions(folder, entry)),
    )
    lesson = put_together(file, steps, _questions(folder, entry, file.practice, labs))
    return LessonDraft(lesson=lesson, marks=marks, problems=problems)


def _steps(
    folder: Folder, entry: LessonEntry, questions: tuple[Question, ...], predictions: tuple[Prediction, ...]
) -> tuple[Steps, Marks]:
    """Return the steps of the text, one at least, and where they stand."""
    steps: Steps = ()
    marks: Marks = ()
    body = entry.folder / entry.file.body
    with suppress(ContentError):  # said of the lesson as a whole
        steps, marks = draft_lesson_text(
            folder.text(body),
            Path(body),
            {each.id: each for each in questions},
            _titles(folder, entry, entry.file.labs),
            _titles(folder, entry, entry.file.incidents),
            {each.id: each for each in predictions},
        )
    return (steps, marks) if steps else ((Reading(title=entry.file.title, blocks=()),), (StepMark(1),))


def _questions(folder: Folder, entry: LessonEntry, names: tuple[str, ...], labs: Labs) -> Iterator[Question]:
    for name in names:
        with suppress(ContentError):
            yield from (each for each, _ in sound_questions(folder.document(entry.folder / name), labs))


def _predictions(folder: Folder, entry: LessonEntry) -> Iterator[Prediction]:
    for name in entry.file.predictions:
        with suppress(ContentError):
            yield from read_predictions(folder, entry.folder / name, entry.folder)


def _titles(folder: Folder, entry: LessonEntry, names: tuple[str, ...]) -> dict[str, str]:
    """Return the titles of labs or incidents by id."""
    titles: dict[str, str] = {}
    for path in (entry.folder / name for name in names):
        id = path.parent.name
        titles[id] = id
        with suppress(ContentError):
            titles[id] = title_in(folder.document(path), id)
    return titles


def _id(step: LessonStep) -> str:
    match step:
        case Checkpoint(question=question):
            return question.id
        case Foretelling(prediction=prediction):
            return prediction.id
        case _:
            return ""
