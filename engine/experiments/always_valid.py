"""Tests that may be stopped at any time (spec inference 8.1).

The mixture sequential probability ratio test: Robbins, *Annals of Mathematical Statistics* 41, 1970; for A/B tests
Johari, Koomen, Pekelis and Walsh, *Operations Research* 70, 2022. Wald's limits: *Sequential Analysis*, 1947.
"""

from __future__ import annotations

import math

from engine.experiments.fixed_sample import Arm


def likelihood_ratio(first: Arm, second: Arm, scale: float) -> float:
    """Return Lambda; the experiment may end once it reaches 1 / alpha.

    `scale` is the standard deviation of the differences that are thought possible before. Arms of different length tell
    as much as two whose length is their harmonic mean, which has the same variance of the difference.
    """
    n = 2 * first.count * second.count / (first.count + second.count)
    mean = (first.successes + second.successes) / (first.count + second.count)
    variance, prior = 2 * mean * (1 - mean), scale**2
    if variance == 0:
        return 1.0
    exponent = n**2 * prior * (second.rate - first.rate) ** 2 / (2 * variance * (variance + n * prior))
    return math.sqrt(variance / (variance + n * prior)) * math.exp(min(exponent, MOST_EXPONENT))


MOST_EXPONENT = 700.0
"""Beyond it a float overflows, and the experiment has been over for long."""


def wald_limits(alpha: float, beta: float) -> tuple[float, float]:
    """Return the likelihood ratios at which Wald's test accepts the change (above) and rejects it (below)."""
    return (1 - beta) / alpha, beta / (1 - alpha)
