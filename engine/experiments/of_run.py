"""What an experiment says that ran on two variants: the counts of a run, and the tests on them (spec inference 8.1).

The counts are by the minute, so that looking early can be replayed. Each test is handed the champion first and the
challenger second, and differences are second minus first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from engine.experiments.always_valid import likelihood_ratio
from engine.experiments.fixed_sample import Arm, Comparison, compare
from engine.experiments.sample_ratio import sample_ratio_p_value


class MinuteCount(NamedTuple):
    """What the caller counted in one minute."""

    answers: int
    outcomes: int

    def plus(self, other: MinuteCount) -> MinuteCount:
        """Return both together."""
        return MinuteCount(self.answers + other.answers, self.outcomes + other.outcomes)


NOTHING = MinuteCount(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantOutcomes:
    """What the answers of one variant under one configuration led to."""

    variant: str
    config: str
    model: str
    per_minute: tuple[MinuteCount, ...]
    """By the minute of the answer, from the start of the run; those of requests that came in the counted time."""

    @property
    def answers(self) -> int:
        """Requests that were answered without error before the caller hung up."""
        return sum(count.answers for count in self.per_minute)

    @property
    def outcomes(self) -> int:
        """Those of them that led to the outcome."""
        return sum(count.outcomes for count in self.per_minute)


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody sees who looks at the end of a minute."""

    minutes: int
    """How many are over."""
    first: Arm
    second: Arm

    @property
    def comparison(self) -> Comparison:
        """The two arms, compared as if nobody had looked before."""
        return compare(self.first, self.second)


def looks(first: VariantOutcomes, second: VariantOutcomes, every: int = 1) -> tuple[Look, ...]:
    """Return what looks see that are so many minutes apart, from when both arms have answers.

    ValueError for less than a minute: nothing is known of a part of one.
    """
    if every < 1:
        raise ValueError(f"looks are a minute apart or more, got {every}")
    minutes = max(len(first.per_minute), len(second.per_minute))
    pairs = enumerate(zip(_sums(first, minutes), _sums(second, minutes), strict=True), 1)
    return tuple(
        Look(k, Arm(*one), Arm(*other)) for k, (one, other) in pairs if k % every == 0 and one.answers and other.answers
    )


def _sums(of: VariantOutcomes, minutes: int) -> Iterator[MinuteCount]:
    filled = [*of.per_minute, *[NOTHING] * (minutes - len(of.per_minute))]
    return accumulate(filled, MinuteCount.plus)


def planned(first: VariantOutcomes, second: VariantOutcomes, per_arm: int) -> Look | None:
    """Return the one look of a test of fixed size: at the first minute with so many answers per arm; None if they never
    come, when the test has no result."""
    return next((look for look in looks(first, second) if min(look.first.count, look.second.count) >= per_arm), None)


def first_beyond(seen: Sequence[Look], bounds: Sequence[float]) -> Look | None:
    """Return the first look at which |z| is beyond its bound, where somebody would stop; None if that never happens.

    A bound for each look in its order, such as those of `repeated_looks`; 1.96 at each is peeking. ValueError for fewer
    bounds than looks, which were not planned then.
    """
    if len(bounds) < len(seen):
        raise ValueError(f"{len(seen)} looks need as many bounds, got {len(bounds)}")
    return next((look for look, bound in zip(seen, bounds, strict=False) if abs(look.comparison.z) >= bound), None)


def always_valid_p_values(seen: Sequence[Look], scale: float) -> tuple[float, ...]:
    """Return after each look a p-value that holds however often one has looked, and never rises; `scale` is that of
    `likelihood_ratio`."""
    ratios = (likelihood_ratio(look.first, look.second, scale) for look in seen)
    return tuple(accumulate((1 / max(1.0, ratio) for ratio in ratios), min))


def split_p_value(first: VariantOutcomes, second: VariantOutcomes, share_of_first: float = 0.5) -> float:
    """Return how likely a split of the answers at least as uneven is by chance; a small one says that the result is not
    to be read, since answers are missing or routing was changed meanwhile."""
    return sample_ratio_p_value(first.answers, second.answers, share_of_first)
