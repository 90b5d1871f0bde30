"""What PutMetricData publishes: metrics that a team measures itself (spec cloudwatch 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.requests.cloudwatch import Dimensions


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricDatum:
    """Samples of one metric at one time."""

    metric_name: str
    dimensions: Dimensions = ()
    totals: tuple[float, float, float, float]
    """SampleCount, Sum, Minimum, Maximum."""
    values: tuple[tuple[float, float], ...] = ()
    """Each value with how often it was seen; none where only totals are known."""
    unit: str = "None"
    storage_resolution: int = 60
    """Seconds: 60 or 1."""
    timestamp: datetime | None = None
    """With an offset; None: when the request comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutMetricData:
    """A PutMetricData request."""

    namespace: str
    metric_data: tuple[MetricDatum, ...]
