"""Kayenta: no line and no count, but a comparison with a fresh baseline, for which a handful of points is too few.

`NetflixACAJudge` in github.com/spinnaker/kayenta takes the values of the canary and those of a baseline of the old
version that was started beside it, and asks the Mann-Whitney U test at 98 % whether they differ by more than a quarter
of the estimated difference. Its code wants one value of each. Fifty points a metric are what Spinnaker's page on best
practices wants (spinnaker.io/docs/guides/user/canary/best-practices). What the test says of few or tied values is left
to the statistics program behind it, so that no verdict is made up here. Read at commit 39c1d8a3 on 2026-11-27.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.bounds import Bounded, bounded
from engine.deciders.verdict import Row, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Kayenta(Bounded):
    """How many points a metric should have before it is compared."""

    points: int = bounded(50, low=2, high=1000)


def decide(row: Row, settings: Kayenta) -> Verdict:
    """Return how many points there are to compare; a row without its baseline decides nothing."""
    cells, real = [], 0
    for bad in row:
        real += bad is not None
        cells.append(f"{real}")
    few = f"{real} of the {settings.points} points that a metric should have"
    say = (
        f"There are {few}." if real < settings.points else f"There are {real} points, to be compared with a baseline's."
    )
    told, so_far = f"{say} A row alone decides nothing.", f"{real} of {settings.points}"
    return Verdict(at=None, cells=tuple(cells), say=told, so_far=so_far)
