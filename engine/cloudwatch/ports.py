"""What alarms need of whoever runs them: somewhere to read metrics, and somebody who writes down what happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from engine.requests.cloudwatch import AlarmState, Datapoint, MetricStat


class MetricSource(Protocol):
    """Where an alarm reads its metrics."""

    def datapoints(self, query: MetricStat, starts: Sequence[float], now: float) -> list[Datapoint | None]:
        """Return for each start the statistic over [start, start + period) as visible at `now`, or None without data.

        Times are seconds from the start of the run. Several at once, since an alarm may look at ninety of them, again
        and again.
        """


class AlarmLog(Protocol):
    """Who writes down what alarms do."""

    def alarm(
        self, t: float, alarm: str, old: AlarmState, new: AlarmState, reason: str, data: Mapping[str, Any]
    ) -> None:
        """Note that an alarm changed its state; `data` is StateReasonData."""

    def event(self, t: float, what: str, say: str, **detail: object) -> None:
        """Note that something else happened to an alarm."""
