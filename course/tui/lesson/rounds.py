"""A round of questions that was interrupted, as the history has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from course.history import QuestionProgress
from course.tui.widgets.question.state import QuestionState, from_history

if TYPE_CHECKING:
    from course.history import Event
    from course.syllabus import Lesson
    from quiz.questions import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Where a learner is in it."""

    questions: tuple[Question, ...]
    step: int = 0
    """Index of the question that is asked; as many as there are questions: the end."""
    states: Mapping[str, QuestionState] = field(default_factory=dict)
    """By question, those that were answered."""
    first_tries: Mapping[str, bool] = field(default_factory=dict)
    """By question: was the first answer right?"""


def interrupted(events: Iterable[Event], lesson: Lesson) -> Round | None:
    """Return the last round of a lesson's questions, if it was not gone through to its end and can be gone on with."""
    known = {question.id: question for question in lesson.questions}
    asked: list[str] = []
    answers: list[Event] = []
    step = 0
    for event in events:
        if event.kind == "quiz-begun" and event.subject == lesson.id:
            of = event.data.get("questions")
            asked, step, answers = [str(id) for id in of] if isinstance(of, list | tuple) else [], 0, []
        elif event.kind == "quiz-step" and event.subject == lesson.id:
            step = event.whole("step")
        elif event.kind == "answered" and event.data.get("quiz") == lesson.id and event.subject in asked:
            answers.append(event)
    if step >= len(asked) or any(id not in known for id in asked):
        return None
    states: dict[str, QuestionState] = {}
    first_tries: dict[str, bool] = {}
    for attempt, event in enumerate(answers):
        first_tries.setdefault(event.subject, event.data.get("correct") is True)
        so_far = QuestionProgress(attempts=attempt, last_answer=event.data.get("answer"))
        states[event.subject] = from_history(known[event.subject], so_far)
    return Round(questions=tuple(known[id] for id in asked), step=step, states=states, first_tries=first_tries)
