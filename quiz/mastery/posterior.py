"""How likely a learner answers a new question of some topic right: what is believed after some first answers.

Only first answers tell: a question seen before is remembered, and an exam asks new ones. Before any, every share of
right answers is as likely as every other (Bayes's own prior, Beta(1, 1)): it favours nobody, a single answer moves it
far, and its intervals cover about as often as they say, also near 0 and 1 (Brown, Cai and DasGupta, "Interval
Estimation for a Binomial Proportion", 2001). After k right ones of n, Beta(1 + k, 1 + n - k) is believed.

What was known then is known now as far as it is remembered, so all of this is multiplied by the mean probability of
remembering what was last answered right.
"""

from __future__ import annotations

from dataclasses import dataclass

from quiz.mastery.beta import quantile

SURE = 0.9
"""How much of what is likely lies in an interval: of ten intervals one misses."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """First answers, and what has become of them."""

    right: int = 0
    of: int = 0
    kept: float = 1.0
    """The share that is remembered of what was right."""

    def __post_init__(self) -> None:
        if not (0 <= self.right <= self.of and 0.0 < self.kept <= 1.0):
            raise ValueError(f"of so many answers so many cannot be right, or remembered: {self}")

    @property
    def then(self) -> tuple[float, float]:
        """The two numbers of the Beta distribution that was believed when the answers were given."""
        return 1.0 + self.right, 1.0 + self.of - self.right

    @property
    def mean(self) -> float:
        """The probability that a new question is answered right."""
        a, b = self.then
        return self.kept * a / (a + b)

    @property
    def variance(self) -> float:
        """Of that probability."""
        a, b = self.then
        return self.kept**2 * a * b / ((a + b) ** 2 * (a + b + 1.0))

    @property
    def interval(self) -> tuple[float, float]:
        """Where the share of right answers lies with a probability of 90 %, and beyond either end with 5 %."""
        a, b = self.then
        return self.kept * quantile((1.0 - SURE) / 2.0, a, b), self.kept * quantile((1.0 + SURE) / 2.0, a, b)
