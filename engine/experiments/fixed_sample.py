"""Two proportions compared once, after a number of observations that was fixed beforehand (spec inference 8.1).

Formulas: Fleiss, Levin, Paik, *Statistical Methods for Rates and Proportions*, 3rd edition 2003, chapters 3 and 4;
arcsine: Cohen, *Statistical Power Analysis for the Behavioral Sciences*, 2nd edition 1988, section 6.2.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

Method = Literal["pooled", "unpooled", "arcsine", "continuity"]
NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Arm:
    """What was counted on one side of an experiment."""

    count: int
    """Of observations, such as requests or users; at least 1."""
    successes: int

    @property
    def rate(self) -> float:
        """The share of successes."""
        return self.successes / self.count


@dataclass(frozen=True, slots=True)
class Comparison:
    """The difference between two arms, second minus first."""

    difference: float
    z: float
    p_value: float
    """Two-sided."""
    low: float
    high: float
    """The interval that covers the true difference in 1 - alpha of all experiments."""


def sample_size(
    base: float,
    changed: float,
    *,
    alpha: float = 0.05,
    power: float = 0.8,
    two_sided: bool = True,
    method: Method = "pooled",
) -> int:
    """Return the observations per arm that find a change from `base` to `changed` with this power.

    ValueError for rates outside (0, 1) or equal ones: no number finds a difference of nothing.
    """
    if not (0 < base < 1 and 0 < changed < 1) or base == changed:
        raise ValueError(f"two different rates between 0 and 1 are needed, got {base} and {changed}")
    z_alpha = NORMAL.inv_cdf(1 - alpha / (2 if two_sided else 1))
    z_power, gap = NORMAL.inv_cdf(power), abs(changed - base)
    mean, apart = (base + changed) / 2, base * (1 - base) + changed * (1 - changed)
    if method == "arcsine":
        effect = 2 * (math.asin(math.sqrt(changed)) - math.asin(math.sqrt(base)))
        return math.ceil(2 * ((z_alpha + z_power) / effect) ** 2)
    if method == "unpooled":
        return math.ceil((z_alpha + z_power) ** 2 * apart / gap**2)
    pooled = (z_alpha * math.sqrt(2 * mean * (1 - mean)) + z_power * math.sqrt(apart)) ** 2 / gap**2
    if method == "continuity":
        pooled = pooled / 4 * (1 + math.sqrt(1 + 4 / (pooled * gap))) ** 2
    return math.ceil(pooled)


def rule_of_thumb(base: float, changed: float) -> int:
    """Return the observations per arm by 16 p (1 - p) / d^2, for a power of 0.8 (Lehr, *Statistics in Medicine* 11,
    1992)."""
    mean = (base + changed) / 2
    return round(16 * mean * (1 - mean) / (changed - base) ** 2)


def compare(first: Arm, second: Arm, *, alpha: float = 0.05) -> Comparison:
    """Return the difference with its z (pooled variance) and its interval (unpooled variance)."""
    pooled = (first.successes + second.successes) / (first.count + second.count)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / first.count + 1 / second.count))
    difference = second.rate - first.rate
    z = difference / spread if spread else 0.0
    error = math.sqrt(sum(arm.rate * (1 - arm.rate) / arm.count for arm in (first, second)))
    reach = NORMAL.inv_cdf(1 - alpha / 2) * error
    return Comparison(difference, z, math.erfc(abs(z) / math.sqrt(2)), difference - reach, difference + reach)
