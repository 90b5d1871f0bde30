"""What answers cost: prices that are not per instance, and the arithmetic of price, rate and load."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from engine.catalogue.file import whole_file

SECONDS_PER_HOUR = 3600


@cache
def rates() -> Mapping[str, float]:
    """Return USD by what they are asked for, such as `serverless-second-2048` (spec inference 3.4, 4)."""
    return {row["name"]: row["usd"] for row in whole_file()["rates"]}


def usd_per_million(usd_per_hour: float, per_second: float) -> float:
    """Return what a million answers cost on an instance that is busy all the time (spec inference 6.2)."""
    return usd_per_hour / (per_second * SECONDS_PER_HOUR) * 1_000_000


def utilisation(rate: float, per_second: float, instances: int = 1) -> float:
    """Return which share of the time instances are busy that could answer `per_second` each, and are asked `rate` a
    second together; above 1 they cannot keep up."""
    return rate / (per_second * instances)
