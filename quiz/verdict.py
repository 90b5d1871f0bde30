"""What is said about an answer: right, wrong or left to the learner, and why, for every part of the question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One option, item, pair or decoy, and what the learner did with it."""

    id: str
    text: str
    chosen: bool
    """Was it ticked? Items of an ordering and prompts of a matching always are."""
    right: bool
    """Was the decision about it right: ticked or left out, its place, its partner?"""
    correct: bool
    """Does it belong to the right answer?"""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How an answer was judged."""

    correct: bool
    valid: bool = True
    """False if it was no answer at all, such as an unknown id or a word for a number: it costs no attempt."""
    unsure: bool = False
    """Can nobody tell but the learner, beside the model answer? Then it is not right yet; see `settled`."""
    by_learner: bool = False
    """Has the learner said whether it is right?"""
    say: str
    """One sentence for the learner."""
    details: tuple[Detail, ...] = ()
    """Every option in the order shown; the items of an ordering in the order given; pairs, then decoys. Empty
    for numbers and words, and for answers that are not valid."""

    def __post_init__(self) -> None:
        if self.correct and not self.valid:
            raise ValueError(f"an answer that is not valid cannot be right: {self}")
        if self.unsure and (self.correct or not self.valid or self.by_learner):
            raise ValueError(f"a verdict that is unsure is neither right nor settled: {self}")


class Judge(Protocol):
    """Who says what holds of a text that no list of answers can judge."""

    def judge(self, text: str) -> Verdict:
        """Return the verdict; it may take seconds, and is the same for the same text."""


RIGHT = Verdict(correct=True, say="Right.")
"""The verdict over a right answer without parts."""


def wrong(say: str) -> Verdict:
    """Return the verdict over a wrong answer without parts."""
    return Verdict(correct=False, say=say)


def malformed(say: str) -> Verdict:
    """Return the verdict over something that is no answer; `say` tells what one would look like."""
    return Verdict(correct=False, valid=False, say=say)


def unsure() -> Verdict:
    """Return the verdict over an answer that may be right in words that nobody has thought of."""
    return Verdict(
        correct=False,
        unsure=True,
        say="This cannot be judged for certain. Compare it with the model answer, and judge.",
    )


def settled(verdict: Verdict, right: bool | None) -> Verdict:
    """Return an unsure verdict as the learner has judged it; any other, and without a judgement, as it is."""
    if right is None or not verdict.unsure:
        return verdict
    say = f"It counts as {'right' if right else 'wrong'}: you judged it."
    return replace(verdict, unsure=False, by_learner=True, correct=right, say=say)


def judged(details: tuple[Detail, ...], otherwise: str, *, aside: tuple[Detail, ...] = ()) -> Verdict:
    """Return the verdict over an answer with parts: right if all are; those `aside` are only told."""
    correct = all(detail.right for detail in details)
    return Verdict(correct=correct, say=RIGHT.say if correct else otherwise, details=details + aside)


def quoted(text: str) -> str:
    """Return what was typed, shortened and without control characters."""
    return repr(text if len(text) <= 20 else text[:20] + "…")
