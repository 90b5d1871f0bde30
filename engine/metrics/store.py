"""The endpoint's metrics, minute by minute, as an alarm may read them.

A request counts in the minute in which it was answered. A minute becomes visible some time after it has ended
(`Timing.metric_delay_s`). Requests in work are counted every ten seconds, and visible sooner (`concurrency`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np
import numpy.typing as npt

from engine.metrics.concurrency import BUCKET_S, DELAY_S, Level, buckets_of, in_work
from engine.metrics.minute import SHOWN_PERCENTILES, MinuteTotals, total
from engine.metrics.published import METRICS, Metric, statistic_of, statistic_of_values
from engine.metrics.ranks import percentiles
from engine.requests.cloudwatch import Datapoint, Dimensions, MetricStat
from engine.serving.answers import Answers, joined
from engine.serving.fleet import Fleet
from engine.statistics import parse_statistic

Floats = npt.NDArray[np.float64]
BY_VARIANT = frozenset({"EndpointName", "VariantName"})
BY_CONFIG = BY_VARIANT | {"EndpointConfigName"}
"""The two dimension sets; every set is a metric of its own (spec sagemaker 3)."""


class FleetMetrics:
    """The minutes of one fleet."""

    __slots__ = ("_levels", "_pending", "fleet", "minutes")

    def __init__(self, fleet: Fleet) -> None:
        self.fleet = fleet
        self.minutes: dict[int, MinuteTotals] = {}
        self._pending: dict[int, list[Answers]] = {}
        self._levels: dict[int, Level] = {}

    def record(self, answers: Answers) -> None:
        """Take in answers, each into the minute of its completion."""
        begin, count = 0, len(answers.arrival)
        minute = int(answers.arrival[0] // 60)
        while begin < count:
            end = int(answers.arrival.searchsorted((minute + 1) * 60.0))
            self._file(minute, answers.part(slice(begin, end)))
            begin, minute = end, minute + 1

    def _file(self, minute: int, answers: Answers) -> None:
        """Put answers to requests of a minute away; what is answered after its end goes to a later one."""
        if not len(answers.arrival):
            return
        late = answers.completion >= (minute + 1) * 60.0
        first = int(late.argmax())
        if not late[first]:
            self._pend(minute, answers)
            return
        self._pend(minute, answers.part(slice(0, first)))
        tail, late = answers.part(slice(first, None)), late[first:]
        self._pend(minute, tail.part(~late))
        self._file(minute + 1, tail.part(late))

    def _pend(self, minute: int, answers: Answers) -> None:
        if len(answers.arrival):
            self._pending.setdefault(minute, []).append(answers)

    def close(self, minute: int, *, kept: Collection[str], shown: bool, concurrency: bool) -> Floats | None:
        """Work out the totals of a minute to which nothing will be added; return its latencies, if it has any."""
        if concurrency:
            for bucket in buckets_of(minute):
                self.level(bucket)
        parts = self._pending.pop(minute, None)
        if parts is None:
            return None
        outcomes = joined(parts)
        self.minutes[minute] = total(outcomes, self.fleet, kept=kept, shown=shown)
        return outcomes.model_s

    def level(self, bucket: int) -> Level:
        """Return the requests in work in ten seconds up to whose end all answers are known.

        Only `close` with `concurrency` keeps what is asked about a minute that is closed.
        """
        if bucket not in self._levels:
            parts = [part for parts in self._pending.values() for part in parts]
            self._levels[bucket] = in_work(parts, bucket)
        return self._levels[bucket]


class MetricStore:
    """All metrics of one endpoint; a `MetricSource`."""

    def __init__(self, endpoint_name: str, delay_s: float, *, shown: bool = True) -> None:
        self.endpoint_name = endpoint_name
        self.advance: Callable[[float, float], None] = lambda until, at_most: None
        """Brings the data plane up to a time or beyond it; set when the two are put together."""
        self.fleets: dict[int, FleetMetrics] = {}
        """By identity of the fleet."""
        self.percentiles: dict[tuple[str, int], tuple[float, ...]] = {}
        """`SHOWN_PERCENTILES` by variant and minute where two fleets of it answered."""
        self._delay_s = delay_s
        self._shown = shown
        self._closed = -1
        self._keep = 1
        self._kept: set[str] = set()
        self._concurrency = False
        self._chosen: dict[Dimensions, list[FleetMetrics]] = {}

    def watch(self, fleet: Fleet) -> None:
        """Begin to keep the metrics of a fleet."""
        self.fleets[id(fleet)] = FleetMetrics(fleet)
        self._chosen.clear()

    def expect(self, query: MetricStat, periods: int) -> None:
        """Prepare to be asked this question about so many periods back."""
        if parse_statistic(query.stat).needs_values:
            self._kept.add(query.metric_name)
            lag = int(self._delay_s // 60) + 2
            self._keep = max(self._keep, periods * -(-query.period // 60) + lag)
        self._concurrency = self._concurrency or query.metric_name == "ConcurrentRequestsPerModel"

    def record(self, fleet: Fleet, answers: Answers) -> None:
        """Take in answers of a fleet."""
        self.fleets[id(fleet)].record(answers)

    def close(self, minute: int) -> None:
        """Work out the totals of `minute` for every fleet."""
        self._closed = minute
        by_variant: dict[str, list[Floats]] = {}
        for metrics in self.fleets.values():
            latencies = metrics.close(minute, kept=self._kept, shown=self._shown, concurrency=self._concurrency)
            if latencies is not None:
                by_variant.setdefault(metrics.fleet.variant.variant_name, []).append(latencies)
            old = metrics.minutes.get(minute - self._keep + 1)
            if self._kept and old is not None:
                old.forget()
        for variant, columns in by_variant.items():
            if self._shown and len(columns) > 1:
                self.percentiles[variant, minute] = percentiles(np.concatenate(columns), SHOWN_PERCENTILES)

    def datapoint(self, query: MetricStat, start: float, now: float) -> Datapoint | None:
        """Return the statistic over [start, start + period) as visible at `now`, or None without data."""
        metric = METRICS.get(query.metric_name)
        if metric is None or metric.namespace != query.namespace or query.unit not in (None, metric.unit):
            return None
        every, delay_s = metric.every_s, DELAY_S if metric.every_s == BUCKET_S else self._delay_s
        first = max(0, -int(-start // every))
        last = min(-int(-(start + query.period) // every), int((now - delay_s) // every))
        if last <= first:
            return None
        chosen = self.fleets_of(query.dimensions)
        if not chosen:
            return None
        if last * every > (self._closed + 1) * 60:
            self.advance(last * every, now // every * every)
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

    def _read(self, query: MetricStat, metric: Metric, chosen: list[FleetMetrics], places: range) -> Datapoint | None:
        statistic = parse_statistic(query.stat)
        if metric.every_s == BUCKET_S:
            levels = [level for m in chosen for bucket in places if (level := m.level(bucket)).most]
            found = statistic_of_values([np.array(level) for level in levels], statistic)
        else:
            parts = [m.minutes[minute] for m in chosen for minute in places if minute in m.minutes]
            found = statistic_of(metric, statistic, parts)
        if found is not None:
            return Datapoint(*found)
        if metric.zero_without_traffic and len(query.dimensions) == len(BY_VARIANT):
            return Datapoint(0.0, 1.0)
        return None
