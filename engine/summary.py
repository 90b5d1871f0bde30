"""From what was collected during a run to its metrics and totals."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from engine.metrics.asynchronous import EXPIRED_REQUESTS, FAILURES, IN_ALL, IN_BACKLOG, OLDEST, PROCESSED, SIZE
from engine.metrics.minute import SHOWN_PERCENTILES, MinuteTotals
from engine.metrics.published import METRICS, Metric
from engine.metrics.samples import MICROSECONDS, NONE, together
from engine.metrics.serverless import PROVISIONED_INVOCATIONS, PROVISIONED_USED, SETUP, SPILLED, USED
from engine.metrics.store import BY_VARIANT, MetricStore
from engine.requests.cloudwatch import Dimensions
from engine.run import InstanceCount, MetricSeries, Totals
from engine.serving.asynchronous.fleet import AsyncFleet
from engine.serving.latencies import Latencies
from engine.serving.ledger import Counts
from engine.serving.serverless.fleet import ServerlessFleet
from engine.statistics import Statistic, parse_statistic
from engine.world import World

SHOWN: tuple[tuple[str, str], ...] = (
    ("Invocations", "Sum"),
    ("Invocation4XXErrors", "Sum"),
    ("Invocation5XXErrors", "Sum"),
    ("ModelLatency", "Average"),
    ("OverheadLatency", "Average"),
    ("InvocationsPerInstance", "Sum"),
    ("CPUUtilization", "Average"),
    ("MemoryUtilization", "Average"),
)
"""Series of every run, besides the percentiles of ModelLatency."""
OF_SERVERLESS: tuple[tuple[str, str], ...] = (
    (SETUP, "SampleCount"),
    (SETUP, "Average"),
    (USED, "Maximum"),
    (PROVISIONED_USED, "Maximum"),
    (PROVISIONED_INVOCATIONS, "Sum"),
    (SPILLED, "Sum"),
)
"""More series where there is a serverless fleet; as many samples of the setup as there were cold starts."""
OF_ASYNCHRONOUS: tuple[tuple[str, str], ...] = (
    (SIZE, "Maximum"),
    (OLDEST, "Maximum"),
    (PROCESSED, "Sum"),
    (FAILURES, "Sum"),
    (EXPIRED_REQUESTS, "Sum"),
    (IN_BACKLOG, "Average"),
    (IN_ALL, "Average"),
)
"""More series where there is an asynchronous fleet."""
COLUMNS = (*SHOWN, *(("ModelLatency", f"p{percent:g}") for percent in SHOWN_PERCENTILES))
"""All series, as metric and statistic."""
NO_PERCENTILES = (None,) * len(SHOWN_PERCENTILES)
Row = tuple[float | None, ...]
"""The points of one minute, one per column."""
Shown = tuple[tuple[Metric, Statistic], ...]


def metric_series(store: MetricStore, minutes: int) -> tuple[MetricSeries, ...]:
    """Return a point per minute for each metric, by variant and by variant and configuration."""
    known: dict[tuple[int, ...], Row] = {}
    return tuple(
        MetricSeries(
            name=name,
            dimensions=dimensions,
            stat=stat,
            unit=METRICS[name].unit,
            period=60,
            points=points,
        )
        for dimensions in _dimension_sets(store)
        for (name, stat), points in _columns(store, dimensions, minutes, known)
    )


def _columns(
    store: MetricStore, dimensions: Dimensions, minutes: int, known: dict[tuple[int, ...], Row]
) -> Iterable[tuple[tuple[str, str], tuple[float | None, ...]]]:
    """Yield each column with a point per minute; `known` holds the rows that other dimensions have in common, by
    identity of their parts.
    """
    fleets, variant, rows = store.fleets_of(dimensions), dict(dimensions)["VariantName"], []
    idle: dict[frozenset[frozenset[str]], tuple[float | None, ...]] = {}
    publishes = frozenset().union(*(metrics.fleet.publishes for metrics in fleets))
    shown = SHOWN
    if "serverless" in publishes:
        shown += OF_SERVERLESS
    if "asynchronous" in publishes:
        shown += OF_ASYNCHRONOUS
    columns = (*shown, *COLUMNS[len(SHOWN) :])
    read = _read(shown)
    for minute in range(minutes):
        parts = [metrics.minutes[minute] for metrics in fleets if minute in metrics.minutes]
        key = (len(shown), *map(id, parts))
        if parts and key not in known:
            of_all = store.percentiles.get((variant, minute)) if len(parts) > 1 else parts[0].percentiles
            known[key] = _row(parts, read, of_all or next((p.percentiles for p in parts if p.percentiles), ()))
        if parts:
            rows.append(known[key])
            continue
        there = frozenset(each.fleet.publishes for each in fleets if each.stood_between(minute * 60, minute * 60 + 60))
        if there not in idle:
            idle[there] = tuple(_idle(METRICS[name], there, len(dimensions)) for name, _ in columns)
        rows.append(idle[there])
    yield from zip(columns, zip(*rows, strict=True) if rows else [()] * len(columns), strict=True)


def _idle(metric: Metric, there: Collection[Collection[str]], dimensions: int) -> float | None:
    """Return the point of a minute without traffic; `there` says what the fleets in service publish."""
    published = any(metric.only is None or metric.only in publishes for publishes in there)
    return 0.0 if metric.zero_without_traffic and published and dimensions == len(BY_VARIANT) else None


def _row(parts: Sequence[MinuteTotals], shown: Shown, percentiles: Sequence[float]) -> Row:
    points: list[float | None] = []
    for metric, statistic in shown:
        found = NONE
        for part in parts:
            if metric.only is None or metric.only in part.publishes:
                samples = metric.samples.totals(part)
                found = samples if found is NONE else together(found, samples)
        points.append(statistic.of_totals(*found) if found[0] else None)
    return (*points, *([p * MICROSECONDS for p in percentiles] if percentiles else NO_PERCENTILES))


@lru_cache(maxsize=4)
def _read(shown: tuple[tuple[str, str], ...]) -> Shown:
    return tuple((METRICS[name], parse_statistic(stat)) for name, stat in shown)


def _dimension_sets(store: MetricStore) -> Iterator[Dimensions]:
    endpoint = ("EndpointName", store.endpoint_name)
    seen: dict[Dimensions, None] = {}
    for metrics in store.fleets.values():
        variant = ("VariantName", metrics.fleet.variant.variant_name)
        seen[(endpoint, variant)] = None
    for metrics in store.fleets.values():
        variant = ("VariantName", metrics.fleet.variant.variant_name)
        seen[(("EndpointConfigName", metrics.fleet.config), endpoint, variant)] = None
    yield from seen


def totals(
    world: World, counts: Counts, instances: Sequence[InstanceCount], cost_usd: float | None, store: MetricStore
) -> Totals:
    """Return the sums over the counted time."""
    standing = sum(instances[0].counts.values()) if instances and instances[0].t == 0 else 0
    spans = tuple(_spans(world, instances))
    queues = [metrics.fleet for metrics in store.fleets.values() if isinstance(metrics.fleet, AsyncFleet)]
    tallies = [fleet.tally for fleet in queues]
    return Totals(
        requests=counts.requests,
        errors_4xx=counts.errors_4xx,
        errors_5xx=counts.errors_5xx + sum(tally.errors for tally in tallies),
        slo_missed=counts.slo_missed + sum(tally.late for tally in tallies),
        by_config=dict(counts.by_config),
        instance_minutes=sum(minutes * count for minutes, count in spans),
        extra_instance_minutes=sum(minutes * (count - standing) for minutes, count in spans),
        cost_usd=cost_usd,
        unanswered=sum(fleet.unanswered for fleet in queues),
        throttled=sum(fleet.throttled for fleet in _serverless(store)),
    )


def answered_within_s(of_ledger: Latencies, store: MetricStore) -> Mapping[float, float]:
    """Return the percentiles of how long good answers took: of asynchronous ones that of the answer, not that of being
    accepted."""
    tallies = [metrics.fleet.tally for metrics in store.fleets.values() if isinstance(metrics.fleet, AsyncFleet)]
    found = Latencies() if tallies else of_ledger
    for tally in tallies:
        found.merge(tally.latencies)
    within = {percent: found.within_s(percent) for percent in SHOWN_PERCENTILES}
    return {percent: seconds for percent, seconds in within.items() if seconds is not None}


def paid_by_use(store: MetricStore, minutes: int) -> tuple[float, ...]:
    """Return the USD of serverless fleets in each minute; empty where there are none."""
    fleets = tuple(_serverless(store))
    return tuple(sum(fleet.cost_in(minute) for fleet in fleets) for minute in range(minutes if fleets else 0))


def _serverless(store: MetricStore) -> Iterator[ServerlessFleet]:
    """Yield the fleets that are paid for by use."""
    return (metrics.fleet for metrics in store.fleets.values() if isinstance(metrics.fleet, ServerlessFleet))


def _spans(world: World, instances: Sequence[InstanceCount]) -> Iterator[tuple[float, int]]:
    """Yield for how many minutes of the counted time each number of instances holds."""
    for k, change in enumerate(instances):
        end = instances[k + 1].t if k + 1 < len(instances) else world.duration_s
        seconds = min(end, world.duration_s) - change.t
        if seconds > 0:
            yield seconds / 3600 * 60, sum(change.counts.values())
