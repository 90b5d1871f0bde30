"""What is said of a wrong answer before a second try: what is wrong with it, and nothing of what is right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from quiz.questions import Fix, Matching, Multiple, Numeric, Ordering, Question, ShortText, Single
from quiz.verdict import Verdict


def told(question: Question, verdict: Verdict) -> tuple[str, ...]:
    """Return sentences about a wrong answer, the verdict's first; none gives the right one away.

    A reason is told only of what was chosen and does not belong there: whoever has to try again must not read why
    something else is right.
    """
    match question:
        case Single() | Multiple():
            taken = [detail for detail in verdict.details if detail.chosen and not detail.correct]
            return verdict.say, *(f"{detail.text}: {detail.why}" for detail in taken)
        case Ordering():
            return verdict.say, *_places(verdict)
        case Matching():
            wrong = [detail for detail in verdict.details if detail.id in _prompts(question) and not detail.right]
            return verdict.say, *(f"Not that answer for: {detail.text}" for detail in wrong)
        case Numeric() | ShortText():
            return (verdict.say,)
        case Fix():
            return verdict.say, *(f"Not yet: {detail.text}" for detail in verdict.details if not detail.right)
        case _:
            assert_never(question)


def _places(verdict: Verdict) -> Iterator[str]:
    """Yield up to where an order is right, and then what stands in it and belongs to no place."""
    given = [detail for detail in verdict.details if detail.chosen]
    first = next((place for place, detail in enumerate(given, 1) if not detail.right), None)
    if first is not None:
        before = f"Up to place {first - 1} all is right; place {first} is not."
        yield before if first > 1 else "The first place is wrong already."
    yield from (f"{detail.text}: {detail.why}" for detail in given if not detail.correct)


def _prompts(question: Matching) -> frozenset[str]:
    return frozenset(pair.id for pair in question.pairs)
