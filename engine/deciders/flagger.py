"""Flagger: a canary goes back after `threshold` failed checks, and a check without values has failed.

`advanceCanary` of `pkg/controller/scheduler.go` in github.com/fluxcd/flagger: each interval whose analysis is not ok
adds one to `FailedChecks`, a good one takes nothing away, and the next interval begins with
`cd.Status.FailedChecks >= cd.GetAnalysisThreshold()`, which rolls back. `runBuiltinMetricChecks` of
`pkg/controller/scheduler_metrics.go` returns false for `ErrNoValuesFound`, and guesses that nobody sends requests.
Read at commits 00168954 and 06d32049 on 2026-11-27.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.bounds import Bounded, bounded
from engine.deciders.verdict import Row, Verdict, counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagger(Bounded):
    """The analysis of a Canary."""

    threshold: int = bounded(low=1, high=100)


def decide(row: Row, settings: Flagger) -> Verdict:
    """Return which check is the last that may fail; the canary goes back when the next interval begins."""
    failed = 0
    cells: list[str] = []
    for place, bad in enumerate(row):
        failed += bad is not False
        cells.append(f"{failed}")
        if failed >= settings.threshold:
            checks = f"{failed} failed check{'' if failed == 1 else 's'}"
            say = f"With {counted(place)} there are {checks}, and threshold is {settings.threshold}."
            return Verdict(at=place, cells=tuple(cells), say=f"{say} A check without values has failed.")
    return Verdict(at=None, cells=tuple(cells), say=f"{failed} failed, and threshold is {settings.threshold}.")
