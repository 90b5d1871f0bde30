"""Predictions held against what came: the Brier score, and bins of like predictions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

BINS = 10
"""Each a tenth wide."""
SUREST = 0.99
"""Nobody is surer than that: FSRS gives 1 on the day of a review, and one wrong answer would refute it for ever."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of about the same probability."""

    low: float
    high: float
    count: int
    predicted: float
    """The mean of the predictions."""
    right: int
    """How many of these answers were right."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What was predicted and what came, added up."""

    counts: tuple[int, ...] = (0,) * BINS
    predicted: tuple[float, ...] = (0.0,) * BINS
    """The sums of the predictions."""
    right: tuple[int, ...] = (0,) * BINS
    squared: float = 0.0
    """The sum of the squared errors."""

    @property
    def bins(self) -> tuple[Bin, ...]:
        """The bins in which there are predictions."""
        return tuple(
            Bin(place / BINS, (place + 1) / BINS, count, self.predicted[place] / count, self.right[place])
            for place, count in enumerate(self.counts)
            if count
        )

    @property
    def brier(self) -> float | None:
        """The mean of squared errors: 0 is perfect, 0.25 is what a coin reaches; None while there are none."""
        count = sum(self.counts)
        return self.squared / count if count else None


def scored(before: Scores, answers: Iterable[tuple[float, bool]]) -> Scores:
    """Return the scores after more answers, each with the probability that was predicted for its being right."""
    counts, predicted, right, squared = list(before.counts), list(before.predicted), list(before.right), before.squared
    for probability, was_right in answers:
        said = min(max(probability, 1.0 - SUREST), SUREST)
        place = min(int(said * BINS), BINS - 1)
        counts[place] += 1
        predicted[place] += said
        right[place] += was_right
        squared += (said - was_right) ** 2
    return Scores(tuple(counts), tuple(predicted), tuple(right), squared)
