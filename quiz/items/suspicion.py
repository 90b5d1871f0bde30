"""Reasons to suspect an item. A new one is a function here, named in `SUSPICIONS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from statistics import median

from quiz.items.drawn import Drawn
from quiz.items.found import LEARNERS
from quiz.items.item import ItemStatistics, Reason
from quiz.questions import Question, Single

EASY, HARD = 0.95, 0.2
"""Shares of right first answers beyond which an item tells little about anybody."""
LITTLE = 0.1
"""A discrimination below which an item hardly tells anything (Ebel, *Measuring Educational Achievement*, 1965, would
revise below 0.2; a class is small, so half of that)."""
BEYOND_CHANCE = 1.645
"""Standard errors below 0 that one item in twenty without any discrimination reaches; one is about 1 / sqrt(n - 1)."""
DEAD_AFTER = 20
"""First answers without one for an option, until nobody is taken to choose it."""
FAR = 3.0
"""How many times as long as the others."""
ALWAYS = 0.8
"""The share of answers before which a hint is taken, from which the stem is taken not to be enough."""
TWO = 2
"""One alone may have slipped."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An item among the others."""

    item: ItemStatistics
    question: Question
    typical_s: float | None
    """The median over the items of their median times; None if too few have one."""

    @property
    def enough(self) -> bool:
        """Are there enough learners?"""
        return self.item.first.of >= LEARNERS


Suspicion = Callable[[Seen], Iterator[Reason]]


def suspected(items: Sequence[tuple[ItemStatistics, Question]]) -> tuple[ItemStatistics, ...]:
    """Return the items with the reasons to suspect them: the most suspicious first, then in the order of their ids."""
    times = [item.times.median for item, _ in items if item.times is not None]
    typical = median(times) if len(times) >= TWO + 1 else None
    found = [_with_reasons(Seen(item, question, typical)) for item, question in items]
    return tuple(sorted(found, key=lambda each: (*(-reason.severity for reason in each.reasons), 0, each.item)))


def _with_reasons(seen: Seen) -> ItemStatistics:
    reasons = [reason for suspicion in SUSPICIONS for reason in suspicion(seen)]
    return replace(seen.item, reasons=tuple(sorted(reasons, key=lambda reason: -reason.severity)))


def _key(seen: Seen) -> Iterator[Reason]:
    """Is the key another option, as the best learners think?"""
    if not isinstance(seen.question, Single):
        return
    key = next((each for each in seen.item.drawn if each.key), None)
    for each in seen.item.drawn:
        if key and not each.key and each.count >= TWO and (each.upper or 0.0) > (key.upper or 0.0):
            yield Reason(
                "key",
                3,
                f"the key may be wrong: of the stronger third {_percent(each.upper)} chose {_named(each)}, and "
                f"{_percent(key.upper)} the key",
            )


def _negative(seen: Seen) -> Iterator[Reason]:
    value = seen.item.discrimination.value
    if value is None:
        return
    if value * sqrt(seen.item.first.of - 1) < -BEYOND_CHANCE:
        yield Reason("negative", 3, f"those who know more answer it wrong more often (discrimination {value:.2f})")
    elif value < LITTLE and HARD < seen.item.first.share < EASY:
        yield Reason(
            "little", 1, f"it hardly tells who knows more (discrimination {value:.2f}), as far as a class tells"
        )


def _draws_the_strong(seen: Seen) -> Iterator[Reason]:
    """Does a wrong option draw at least two more of the stronger third than of the weaker?"""
    for each in seen.item.drawn if isinstance(seen.question, Single) else ():
        more = (each.upper or 0.0) - (each.lower or 0.0)
        if not each.key and more * seen.item.first.of / 3 >= TWO:
            yield Reason(
                "draws-the-strong",
                2,
                f"{_named(each)} draws more of the stronger third ({_percent(each.upper)}) than of the weaker "
                f"({_percent(each.lower)})",
            )


def _reported(seen: Seen) -> Iterator[Reason]:
    if seen.item.reported:
        yield Reason("reported", 2, f"learners reported it: {seen.item.reported}")


def _hard_or_easy(seen: Seen) -> Iterator[Reason]:
    share = seen.item.first.share
    guessed = 1 / len(seen.question.options) if isinstance(seen.question, Single) else 0.0
    if seen.enough and share >= EASY:
        yield Reason("easy", 1, f"{_percent(share)} answer it right: it asks what everybody knows")
    elif seen.enough and share <= max(HARD, guessed):
        below = f", and guessing gives {_percent(guessed)}" if guessed >= share else ""
        yield Reason("hard", 2, f"only {_percent(share)} answer it right{below}")


def _dead(seen: Seen) -> Iterator[Reason]:
    if isinstance(seen.question, Single) and seen.item.first.of >= DEAD_AFTER:
        for each in seen.item.drawn:
            if not each.key and each.count == 0:
                yield Reason("dead-option", 1, f"nobody chooses {_named(each)}")


def _time(seen: Seen) -> Iterator[Reason]:
    times, typical = seen.item.times, seen.typical_s
    if times is None or not typical or times.count < LEARNERS:
        return
    if times.median > FAR * typical:
        yield Reason("slow", 1, f"it takes {times.median:.0f} s, {times.median / typical:.1f} times as long as others")
    elif times.median * FAR < typical:
        yield Reason("fast", 1, f"it takes {times.median:.0f} s, and others {typical:.0f} s: is it read at all?")


def _hints(seen: Seen) -> Iterator[Reason]:
    if seen.enough and seen.item.hinted >= ALWAYS:
        yield Reason("hints", 1, f"{_percent(seen.item.hinted)} take a hint first: the stem does not say enough")


def _named(each: Drawn) -> str:
    return f"option {each.id}"


def _percent(share: float | None) -> str:
    return f"{100 * (share or 0.0):.0f} %"


SUSPICIONS: tuple[Suspicion, ...] = (_key, _negative, _draws_the_strong, _reported, _hard_or_easy, _dead, _time, _hints)
"""In the order in which those of one severity are told."""
