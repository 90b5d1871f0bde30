"""What stays when a lesson is shown as it is by now: the step, and what was answered."""

from __future__ import annotations

from dataclasses import replace

from course.steps import marks, moved
from course.syllabus import Lesson
from course.tui.widgets.question.state import QuestionState
from quiz.grading import grade, takes_long
from quiz.presentation import posed
from quiz.questions import Fix, Numeric, Question, ShortText
from quiz.verdict import settled


def same_step(before: Lesson, after: Lesson, at: int) -> int:
    """Return the number of the same step in the lesson as it is now; the end stays the end.

    A step that is gone, or that cannot be read now, leaves its number to what stands there.
    """
    if at >= len(before.steps):
        return len(after.steps)
    to = moved(marks(before), marks(after))
    known = next((step for step in range(at, -1, -1) if step in to), None)
    here = at if known is None else to[known] + at - known
    return min(here, max(0, len(after.steps) - 1))


def carried(before: Question, after: Question, state: QuestionState) -> QuestionState:
    """Return the state of a question that was rewritten: an answer that still is one stays, and is judged anew."""
    if before == after:
        return state
    fresh = QuestionState(hints=min(state.hints, len(after.hints)), seed=state.seed)
    if type(before) is not type(after) or state.answer is None:
        return fresh
    typed = isinstance(after, Fix | Numeric | ShortText)
    if takes_long(after) or (typed and state.verdict is None):
        return replace(fresh, answer=state.answer)
    verdict = grade(posed(after, state.seed), state.answer)
    if not verdict.valid:
        return fresh
    if state.verdict is None:
        return replace(fresh, answer=state.answer)
    right = state.verdict.correct if state.verdict.by_learner else None
    judged = settled(verdict, right)
    return fresh if judged.unsure else replace(fresh, answer=state.answer, verdict=judged, tries=state.tries)
