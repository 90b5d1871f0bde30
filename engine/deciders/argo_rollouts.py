"""Argo Rollouts: an analysis fails with one bad measurement more than `failureLimit`.

`assessMetricStatus` of `analysis/analysis.go` in github.com/argoproj/argo-rollouts: a metric is Failed when
`result.Failed > metric.FailureLimit`, and Error when `result.ConsecutiveError > consecutiveErrorLimit`, which is
`DefaultConsecutiveErrorLimit`, 4, unless given. Failed measurements are added up and never forgiven; a measurement that
could not be taken is an Error, counts for nothing else, and is forgotten with the next one that could
(`runMeasurements`). Read at commit 045c1cf0 on 2026-11-27.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.bounds import Bounded, bounded
from engine.deciders.verdict import Row, Verdict, counted


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgoRollouts(Bounded):
    """A metric of an AnalysisTemplate."""

    failure_limit: int = bounded(0, low=0, high=100)
    consecutive_error_limit: int = bounded(4, low=0, high=100)


def decide(row: Row, settings: ArgoRollouts) -> Verdict:
    """Return at which measurement the analysis fails, so that the rollout is aborted.

    A point that did not come is taken as a measurement with an error, which is what a query without a result is unless
    its condition provides for it.
    """
    failed = errors = 0
    cells: list[str] = []
    for place, bad in enumerate(row):
        failed += bad is True
        errors = errors + 1 if bad is None else 0
        cells.append(f"{failed}")
        if failed > settings.failure_limit:
            say = f"With {counted(place)} there are {failed} failed measurements, and failureLimit allows"
            return Verdict(at=place, cells=tuple(cells), say=f"{say} {settings.failure_limit}.")
        if errors > settings.consecutive_error_limit:
            say = f"With {counted(place)} there are {errors} errors in a row, and consecutiveErrorLimit allows"
            return Verdict(at=place, cells=tuple(cells), say=f"{say} {settings.consecutive_error_limit}.")
    return Verdict(
        at=None, cells=tuple(cells), say=f"{failed} failed, and failureLimit allows {settings.failure_limit}."
    )
