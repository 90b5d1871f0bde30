"""What stays when a lesson is shown as it is by now: the step, and what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from course.syllabus import Checkpoint, Foretelling, LessonStep, OnCall, Practice, Reading
from course.tui.widgets.question.state import QuestionState
from quiz.grading import grade, takes_long
from quiz.presentation import posed
from quiz.questions import Fix, Numeric, Question, ShortText
from quiz.verdict import settled


def same_step(before: Sequence[LessonStep], after: Sequence[LessonStep], at: int) -> int:
    """Return the number of the same step in the lesson as it is now; the end stays the end."""
    if at >= len(before):
        return len(after)
    names = [name(step) for step in after]
    which = sum(name(step) == name(before[at]) for step in before[:at])
    found = [step for step, each in enumerate(names) if each == name(before[at])]
    if found:
        return found[min(which, len(found) - 1)]
    return min(at, max(0, len(after) - 1))


def name(step: LessonStep) -> str:
    """Return what tells a step from others; a page that stands for what cannot be read has the id of that."""
    match step:
        case Reading(title=title):
            return title
        case Checkpoint(question=question):
            return question.id
        case Foretelling(prediction=prediction):
            return prediction.id
        case Practice(lab=id) | OnCall(incident=id):
            return id
        case _:
            assert_never(step)


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
