"""The endpoint's metrics, minute by minute, as an alarm may read them.

A request counts in the minute in which it was answered. A minute becomes visible some time after it has ended
(`Timing.metric_delay_s`). Requests in work are counted every ten seconds, and visible sooner (`concurrency`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from engine.metrics.concurrency import BUCKET_S, DELAY_S
from engine.metrics.minute import ascending, shown_percentiles
from engine.metrics.of_fleet import FleetMetrics
from engine.metrics.own import OwnCount, put_own
from engine.metrics.published import Metric, metrics_with, statistic_of
from engine.metrics.samples import statistic_of_values
from engine.requests.cloudwatch import Datapoint, Dimensions, MetricStat
from engine.serving.answers import Answers
from engine.serving.asynchronous.backlog import Over
from engine.serving.asynchronous.fleet import AsyncFleet
from engine.serving.fleet import Fleet
from engine.statistics import parse_statistic

Floats = npt.NDArray[np.float64]
NONE_KNOWN: Mapping[float, Datapoint | None] = {}
BY_VARIANT = frozenset({"EndpointName", "VariantName"})
BY_CONFIG = BY_VARIANT | {"EndpointConfigName"}
"""The two dimension sets; every set is a metric of its own (spec sagemaker 3)."""
BY_ENDPOINT = frozenset({"EndpointName"})
"""The dimensions of the metrics of a whole endpoint."""


Listener = Callable[[Fleet, Answers | Over], None]
"""Told of all answers, request by request, and of asynchronous ones also when they are over."""


class MetricStore:
    """All metrics of one endpoint; a `MetricSource`."""

    def __init__(
        self,
        endpoint_name: str,
        delay_s: float,
        *,
        shown: bool = True,
        own: Sequence[OwnCount] = (),
        listen: Listener | None = None,
    ) -> None:
        self.endpoint_name = endpoint_name
        self.advance: Callable[[float, float], None] = lambda until, at_most: None
        """Brings the data plane up to a time or beyond it; set when the two are put together."""
        self.fleets: dict[int, FleetMetrics] = {}
        """By identity of the fleet."""
        self.percentiles: dict[tuple[str, int], tuple[float, ...]] = {}
        """`SHOWN_PERCENTILES` by variant and minute where two fleets of it answered."""
        self._own = own
        self.metrics = metrics_with(each.of for each in own)
        """All that may be published, by name."""
        self._delay_s = delay_s
        self._shown = shown
        self._listen = listen
        self._closed = -1
        self._keep = 0
        """Minutes of which single values are kept."""
        self._kept: set[str] = set()
        self._concurrency = False
        self._chosen: dict[Dimensions, list[FleetMetrics]] = {}
        self._points: dict[MetricStat, dict[float, Datapoint | None]] = {}
        """Of periods that are over, by question and start: an alarm may ask for each of them ninety times."""

    def watch(self, fleet: Fleet, *, stands: bool = True) -> None:
        """Begin to keep the metrics of a fleet; `stands` says whether it is in service already."""
        self.fleets[id(fleet)] = metrics = FleetMetrics(fleet, stands=stands)
        if self._concurrency:
            metrics.in_work()
        self._chosen.clear()
        if self._listen is not None and isinstance(fleet, AsyncFleet):
            fleet.tell = partial(self._listen, fleet)

    def expect(self, query: MetricStat, periods: int) -> None:
        """Prepare to be asked this question about so many periods back."""
        if parse_statistic(query.stat).needs_values:
            self._kept.add(query.metric_name)
            lag = int(self._delay_s // 60) + 1
            self._keep = max(self._keep, periods * -(-query.period // 60) + lag)
        if query.metric_name == "ConcurrentRequestsPerModel":
            self._count_in_work()

    def expect_anything(self, back_s: float) -> None:
        """Prepare to be asked any question about the newest seconds."""
        self._kept.update(self.metrics)
        self._keep = max(self._keep, int(-(-back_s // 60)))
        self._count_in_work()

    def _count_in_work(self) -> None:
        self._concurrency = True
        for metrics in self.fleets.values():
            metrics.in_work()

    def record(self, fleet: Fleet, answers: Answers) -> None:
        """Take in answers of a fleet."""
        if self._listen is not None:
            self._listen(fleet, answers)
        self.fleets[id(fleet)].record(answers)

    def stand(self, since: float, fleets: Collection[Fleet]) -> None:
        """Know that from then on these fleets are in service, and no others: those publish nothing, not even a zero."""
        standing = {id(fleet) for fleet in fleets}
        for key, metrics in self.fleets.items():
            metrics.stand(since, stands=key in standing)

    def close(self, minute: int) -> None:
        """Work out the totals of every fleet for all minutes up to this one."""
        minutes = range(self._closed + 1, minute + 1)
        self._closed = minute
        by_variant: dict[tuple[str, int], list[Floats]] = {}
        for metrics in self.fleets.values():
            variant = metrics.fleet.variant.variant_name
            latencies = metrics.close(minutes, kept=self._kept, shown=self._shown)
            for each, column in latencies.items():
                by_variant.setdefault((variant, each), []).append(column)
            for counted in self._own:
                put_own(counted, metrics.fleet, metrics.minutes, minutes, self._kept)
            if self._kept:
                metrics.forget(range(minutes.start - self._keep, minutes.stop - self._keep))
        for key, columns in by_variant.items():
            if self._shown and len(columns) > 1:
                self.percentiles[key] = shown_percentiles(ascending(np.concatenate(columns)))

    def datapoints(self, query: MetricStat, starts: Sequence[float], now: float) -> list[Datapoint | None]:
        """Return for each start the statistic over [start, start + period) as visible at `now`; None without data."""
        known = self._points.get(query, NONE_KNOWN)
        return [known[start] if start in known else self.datapoint(query, start, now) for start in starts]

    def datapoint(self, query: MetricStat, start: float, now: float) -> Datapoint | None:
        """Return one of them."""
        if start + query.period <= 0:
            return None
        metric = self.metrics.get(query.metric_name)
        if metric is None or metric.namespace != query.namespace or query.unit not in (None, metric.unit):
            return None
        every, delay_s = metric.every_s, DELAY_S if metric.every_s == BUCKET_S else self._delay_s
        first = max(0, -int(-start // every))
        last = min(-int(-(start + query.period) // every), int((now - delay_s) // every))
        if last <= first:
            return None
        chosen = self.fleets_of(query.dimensions)
        if metric.of_endpoint != (len(query.dimensions) == len(BY_ENDPOINT)):
            return None
        if metric.own and len(query.dimensions) != len(BY_VARIANT):
            return None
        if metric.only is not None:
            chosen = [metrics for metrics in chosen if metric.only in metrics.fleet.publishes]
        if not chosen:
            return None
        if last * every > (self._closed + 1) * 60:
            self.advance(last * every, now // every * every)
        point = self._read(query, metric, chosen, range(first, last))
        if query.period <= (last - first) * every and _stays(metric, query.stat):
            self._points.setdefault(query, {})[start] = point
        return point

    def fleets_of(self, dimensions: Dimensions) -> list[FleetMetrics]:
        """Return the fleets whose answers these dimensions name."""
        if dimensions not in self._chosen:
            self._chosen[dimensions] = self._choose(dict(dimensions))
        return self._chosen[dimensions]

    def _choose(self, named: dict[str, str]) -> list[FleetMetrics]:
        if named.keys() not in (BY_VARIANT, BY_CONFIG, BY_ENDPOINT) or named["EndpointName"] != self.endpoint_name:
            return []
        if named.keys() == BY_ENDPOINT:
            return list(self.fleets.values())
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
            begin, end = (place * metric.every_s for place in (places.start, places.stop))
            return Datapoint(0.0, 1.0) if any(each.stood_between(begin, end) for each in chosen) else None
        return None


def _stays(metric: Metric, stat: str) -> bool:
    """Will the statistic of a period that is over be the same whenever somebody asks? Single values are forgotten, and
    what provisioned concurrency publishes is asked of variants that have some just then."""
    return metric.every_s == BUCKET_S or not (parse_statistic(stat).needs_values or metric.only == "provisioned")
