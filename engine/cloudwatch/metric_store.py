"""The endpoint's metrics, minute by minute, as an alarm may read them.

A request counts in the minute in which it was answered. A minute becomes visible some time after it has ended
(`Timing.metric_delay_s`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.cloudwatch.alarm import Datapoint, Dimensions, MetricStat
from engine.cloudwatch.minute import SHOWN_PERCENTILES, MinuteTotals, quantile, total
from engine.cloudwatch.published import METRICS, Metric, statistic_of
from engine.cloudwatch.statistics import parse_statistic
from engine.serving.answers import Answers
from engine.serving.fleet import Fleet

BY_VARIANT = frozenset({"EndpointName", "VariantName"})
BY_CONFIG = BY_VARIANT | {"EndpointConfigName"}
"""The two dimension sets; every set is a metric of its own (spec sagemaker 3)."""


class FleetMetrics:
    """The minutes of one fleet."""

    __slots__ = ("_busy", "_pending", "fleet", "minutes")

    def __init__(self, fleet: Fleet) -> None:
        self.fleet = fleet
        self.minutes: dict[int, MinuteTotals] = {}
        self._pending: dict[int, list[Answers]] = {}
        self._busy: dict[int, float] = {}

    def record(self, answers: Answers) -> None:
        """Take in answers, each into the minute of its completion, and the work into the minute of the requests."""
        first = int(answers.arrival[0] // 60)
        self._busy[first] = self._busy.get(first, 0.0) + answers.busy_s
        early = answers.completion < (first + 1) * 60
        if early.all():
            self._pending.setdefault(first, []).append(answers)
            return
        if early.any():
            self._pending.setdefault(first, []).append(answers.part(early))
        late = answers.part(~early)
        minutes = (late.completion // 60).astype(np.intp)
        for minute in sorted(set(minutes.tolist())):
            self._pending.setdefault(minute, []).append(late.part(minutes == minute))

    def close(self, minute: int, *, values: bool, concurrency: bool) -> None:
        """Work out the totals of a minute to which nothing will be added."""
        parts, busy_s = self._pending.pop(minute, None), self._busy.pop(minute, 0.0)
        if parts:
            self.minutes[minute] = total(parts, busy_s, self.fleet, minute, values=values, concurrency=concurrency)


class MetricStore:
    """All metrics of one endpoint; a `MetricSource`."""

    def __init__(self, endpoint_name: str, delay_s: float) -> None:
        self.endpoint_name = endpoint_name
        self.advance: Callable[[float], None] = lambda until: None
        """Brings the data plane up to a time; set when the two are put together."""
        self.fleets: dict[int, FleetMetrics] = {}
        """By identity of the fleet."""
        self.percentiles: dict[tuple[str, int], tuple[float, ...]] = {}
        """`SHOWN_PERCENTILES` by variant and minute where two fleets of it answered."""
        self._delay_s = delay_s
        self._closed = -1
        self._keep = 1
        self._concurrency = False
        self._chosen: dict[Dimensions, list[FleetMetrics]] = {}

    def watch(self, fleet: Fleet) -> None:
        """Begin to keep the metrics of a fleet."""
        self.fleets[id(fleet)] = FleetMetrics(fleet)
        self._chosen.clear()

    def expect(self, query: MetricStat, periods: int) -> None:
        """Prepare to be asked this question about so many periods back."""
        if parse_statistic(query.stat).needs_values:
            lag = int(self._delay_s // 60) + 2
            self._keep = max(self._keep, periods * -(-query.period // 60) + lag)
        self._concurrency = self._concurrency or query.metric_name == "ConcurrentRequestsPerModel"

    def record(self, fleet: Fleet, answers: Answers) -> None:
        """Take in answers of a fleet."""
        self.fleets[id(fleet)].record(answers)

    def close(self, minute: int) -> None:
        """Work out the totals of `minute` for every fleet."""
        self._closed = minute
        by_variant: dict[str, list[MinuteTotals]] = {}
        for metrics in self.fleets.values():
            metrics.close(minute, values=self._keep > 1, concurrency=self._concurrency)
            if minute in metrics.minutes:
                by_variant.setdefault(metrics.fleet.variant.variant_name, []).append(metrics.minutes[minute])
        for variant, parts in by_variant.items():
            ordered = [part.model.ordered for part in parts if part.model.ordered is not None]
            if len(ordered) > 1:
                both = np.sort(np.concatenate(ordered))
                self.percentiles[variant, minute] = tuple(quantile(both, share) for share in SHOWN_PERCENTILES)
        for metrics in self.fleets.values():
            old = metrics.minutes.get(minute - self._keep + 1)
            if old is not None:
                old.forget()

    def datapoint(self, query: MetricStat, start: float, now: float) -> Datapoint | None:
        """Return the statistic over [start, start + period) as visible at `now`, or None without data."""
        first = max(0, -int(-start // 60))
        last = min(-int(-(start + query.period) // 60), int((now - self._delay_s) // 60))
        metric = METRICS.get(query.metric_name)
        if last <= first or metric is None or metric.namespace != query.namespace:
            return None
        if query.unit not in (None, metric.unit):
            return None
        chosen = self.fleets_of(query.dimensions)
        if not chosen:
            return None
        if last - 1 > self._closed:
            self.advance(last * 60.0)
        return self._read(query, metric, chosen, range(first, last))

    def fleets_of(self, dimensions: Dimensions) -> list[FleetMetrics]:
        """Return the fleets whose answers these dimensions name."""
        if dimensions not in self._chosen:
            self._chosen[dimensions] = self._choose(dict(dimensions))
        return self._chosen[dimensions]

    def _choose(self, named: dict[str, str]) -> list[FleetMetrics]:
        if named.keys() not in (BY_VARIANT, BY_CONFIG) or named["EndpointName"] != self.endpoint_name:
            return []
        config = named.get("EndpointConfigName")
        return [
            metrics
            for metrics in self.fleets.values()
            if metrics.fleet.variant.variant_name == named["VariantName"] and config in (None, metrics.fleet.config)
        ]

    def _read(self, query: MetricStat, metric: Metric, chosen: list[FleetMetrics], minutes: range) -> Datapoint | None:
        parts = [m.minutes[minute] for m in chosen for minute in minutes if minute in m.minutes]
        found = statistic_of(metric, parse_statistic(query.stat), parts)
        if found is not None:
            return Datapoint(*found)
        if metric.zero_without_traffic and len(query.dimensions) == len(BY_VARIANT):
            return Datapoint(0.0, 1.0)
        return None
