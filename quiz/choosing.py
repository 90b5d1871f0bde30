"""Choosing from options: feedback for every one of them, also for the right one that was not ticked.

Ids are the author's and may tell what is right: whoever has not answered yet is told none.
"""

from __future__ import annotations

from collections.abc import Set

from quiz.questions import Multiple, Option, Single
from quiz.verdict import Detail, Verdict, judged, malformed, quoted


def grade_single(question: Single, chosen: tuple[str, ...]) -> Verdict:
    """Judge the one option chosen; none or several are no answer."""
    if len(chosen) != 1:
        return malformed(f"Choose one of the {len(question.options)} options.")
    return _grade_choice(question.options, frozenset(chosen), "Not this one.")


def grade_multiple(question: Multiple, chosen: tuple[str, ...]) -> Verdict:
    """Judge the options chosen, in any order; none is no answer."""
    if not chosen:
        return malformed(f"Choose at least one of the {len(question.options)} options.")
    key = {option.id for option in question.options if option.correct}
    ticked = frozenset(chosen)
    say = f"{len(key & ticked)} right, {len(ticked - key)} wrong, {len(key - ticked)} missing."
    return _grade_choice(question.options, ticked, say)


def decision(option: Option, chosen: bool) -> Detail:
    """Say whether it was right to tick this option, or to leave it out."""
    return Detail(
        id=option.id,
        text=option.text,
        chosen=chosen,
        right=chosen == option.correct,
        correct=option.correct,
        why=option.why,
    )


def _grade_choice(options: tuple[Option, ...], chosen: Set[str], otherwise: str) -> Verdict:
    unknown = chosen - {option.id for option in options}
    if unknown:
        return malformed(f"There is no option {quoted(min(unknown))} among the {len(options)}.")
    return judged(tuple(decision(option, option.id in chosen) for option in options), otherwise)
