"""Where a learner is with a question. It outlives the widgets, so that going back and forth loses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from course.progress import QuestionProgress
from course.question_reports import answer_of, storable
from quiz.grading import grade, takes_long
from quiz.presentation import posed
from quiz.questions import Answer, Question
from quiz.verdict import RIGHT, Verdict, settled

__all__ = ["Asking", "Confidence", "QuestionState", "from_history", "recalled", "remembered", "storable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionState:
    """What was given so far, the hints that were taken, and the verdict if it was checked."""

    answer: Answer | None = None
    hints: int = 0
    verdict: Verdict | None = None
    recheck: bool = False
    """Is the verdict that of an earlier time, whose parts would take long to judge again?"""
    seed: int = 0
    """Decides the figures of a computed question, and the order in which options are shown: the number of answers
    before it was asked."""
    tries: int = 0
    """Answers that were checked since the question was asked."""
    first: tuple[Answer, Verdict] | None = None
    """A wrong first answer, while the learner tries once more."""
    confidence: Confidence | None = None
    """How sure the learner was, before anything was said; None: not asked."""


Confidence = Literal["guess", "unsure", "sure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How questions are asked somewhere."""

    second_try: bool = True
    """May a wrong answer be given once more, before all is told?"""
    confidence: bool = False
    """Is it asked how sure the learner is, before anything is told?"""


def recalled(question: Question, so_far: QuestionProgress | None, kept: QuestionState | None) -> QuestionState:
    """Return the state of a question: as it was left, else as history has it, else fresh."""
    if kept is not None:
        return kept
    return from_history(question, so_far) if so_far else QuestionState()


def from_history(question: Question, so_far: QuestionProgress) -> QuestionState:
    """Return the state in which a question was left in an earlier session.

    An answer that no longer fits, because the question was changed since, is as good as none. That to a computed
    question is judged by the figures that it was given to. Whoever left after a wrong first answer has the second try
    still before them, with the options in the order that they know: nothing is told that they were not shown.
    """
    fresh = QuestionState(seed=so_far.attempts)
    answer = answer_of(so_far.last_answer)
    seed = so_far.attempts if question.computed is None else so_far.last_seed
    if answer is None or seed is None:
        return fresh
    recheck = takes_long(question)
    graded = remembered(so_far.last_correct) if recheck else grade(posed(question, seed), answer)
    verdict = settled(graded, so_far.last_correct)
    if not verdict.valid:
        return fresh
    if so_far.last_tries == 1 and not (verdict.correct or verdict.by_learner):
        order = seed if so_far.last_seed is None else so_far.last_seed
        return QuestionState(answer=answer, seed=order, tries=1, first=(answer, verdict))
    tries = max(0, so_far.attempts - seed)
    return QuestionState(answer=answer, verdict=verdict, recheck=recheck, seed=seed, tries=tries)


def remembered(right: bool) -> Verdict:
    """Return a verdict of which nothing else is known any more."""
    return Verdict(correct=right, say=RIGHT.say if right else "It was not right.")
