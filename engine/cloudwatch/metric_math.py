"""Metric math: expressions over metrics (spec cloudwatch 7)."""

from __future__ import annotations

from collections.abc import Sequence

from engine.cloudwatch.alarm import Datapoint, MetricDataQuery, MetricSource


def datapoints(
    queries: tuple[MetricDataQuery, ...], source: MetricSource, starts: Sequence[float], now: float
) -> list[Datapoint | None]:
    """Return the points of the query that returns data, one per start of a period."""
    raise NotImplementedError
