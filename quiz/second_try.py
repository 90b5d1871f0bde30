"""What is said of a wrong answer before a second try: what is wrong with it, and nothing of what is right."""

from __future__ import annotations

from typing import assert_never

from quiz.questions import Matching, Multiple, Numeric, Ordering, Question, ShortText, Single
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
            first = next((place for place, detail in enumerate(verdict.details, 1) if not detail.right), None)
            where = () if first is None else (f"Up to place {first - 1} all is right; place {first} is not.",)
            return verdict.say, *(where if first != 1 else ("The first place is wrong already.",))
        case Matching():
            wrong = [detail for detail in verdict.details if detail.id in _prompts(question) and not detail.right]
            return verdict.say, *(f"Not that answer for: {detail.text}" for detail in wrong)
        case Numeric() | ShortText():
            return (verdict.say,)
        case _:
            assert_never(question)


def _prompts(question: Matching) -> frozenset[str]:
    return frozenset(pair.id for pair in question.pairs)
