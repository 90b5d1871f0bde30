"""What one learner's own answers say: which questions trouble them, and what they took for right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from quiz.exams.score import Share
from quiz.items.drawn import wrong_ones
from quiz.items.response import Response
from quiz.questions import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnItem:
    """A question, as one learner met it."""

    item: str
    answers: Share
    """Right at the first try and without a hint, of all times."""
    first_right: bool
    """Was the first answer so?"""
    seconds: float | None
    """The median; None: not written down."""
    hints: float
    """Taken per answer."""
    sure_and_wrong: int
    """Wrong answers that the learner had been sure of."""
    guessed_and_right: int
    chosen: tuple[tuple[str, int], ...]
    """What was chosen wrongly, with how often."""


def own(responses: Iterable[Response], questions: Mapping[str, Question]) -> tuple[OwnItem, ...]:
    """Return the questions that were answered: first those answered wrong for sure, then those wrong most often."""
    by: dict[str, list[Response]] = {}
    for each in responses:
        if each.item in questions:
            by.setdefault(each.item, []).append(each)
    found = [_own(questions[id], sorted(those, key=lambda each: (each.at, each.tries))) for id, those in by.items()]
    return tuple(sorted(found, key=lambda each: (-each.sure_and_wrong, each.answers.share, each.item)))


def _own(question: Question, those: list[Response]) -> OwnItem:
    seconds = [each.seconds for each in those if each.seconds is not None]
    return OwnItem(
        item=question.id,
        answers=Share(sum(each.right for each in those), len(those)),
        first_right=those[0].right,
        seconds=median(seconds) if seconds else None,
        hints=sum(each.hints for each in those) / len(those),
        sure_and_wrong=sum(each.confidence == "sure" and not each.correct for each in those),
        guessed_and_right=sum(each.confidence == "guess" and each.correct for each in those),
        chosen=wrong_ones(question, those),
    )
