"""From what was collected during a run to its metrics and totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from engine.metrics.minute import SHOWN_PERCENTILES, MinuteTotals
from engine.metrics.published import METRICS, MICROSECONDS, Samples, together
from engine.metrics.store import MetricStore
from engine.requests.cloudwatch import Dimensions
from engine.run import InstanceCount, MetricSeries, Totals
from engine.serving.ledger import Counts
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
COLUMNS = (*SHOWN, *(("ModelLatency", f"p{percent:g}") for percent in SHOWN_PERCENTILES))
"""All series, as metric and statistic."""
Row = tuple[float | None, ...]
"""The points of one minute, one per column."""


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
        for points, (name, stat) in zip(_columns(store, dimensions, minutes, known), COLUMNS, strict=True)
    )


def _columns(
    store: MetricStore, dimensions: Dimensions, minutes: int, known: dict[tuple[int, ...], Row]
) -> Iterable[tuple[float | None, ...]]:
    """Return a point per minute for each column; `known` holds the rows that other dimensions have in common, by
    identity of their parts.
    """
    fleets, variant, rows = store.fleets_of(dimensions), dict(dimensions)["VariantName"], []
    nothing = tuple(0.0 if METRICS[name].zero_without_traffic and len(dimensions) == 2 else None for name, _ in COLUMNS)
    for minute in range(minutes):
        parts = [metrics.minutes[minute] for metrics in fleets if minute in metrics.minutes]
        key = tuple(map(id, parts))
        if parts and key not in known:
            known[key] = _row(parts, store.percentiles[variant, minute] if len(parts) > 1 else parts[0].percentiles)
        rows.append(known[key] if parts else nothing)
    return zip(*rows, strict=True) if rows else [()] * len(COLUMNS)


def _row(parts: Sequence[MinuteTotals], percentiles: Sequence[float]) -> Row:
    first, *others = parts
    points: list[float | None] = []
    for samples, statistic in _shown():
        found = samples.totals(first)
        for part in others:
            found = together(found, samples.totals(part))
        points.append(statistic.of_totals(*found) if found[0] else None)
    return (*points, *[p * MICROSECONDS for p in percentiles])


@lru_cache(maxsize=1)
def _shown() -> tuple[tuple[Samples, Statistic], ...]:
    return tuple((METRICS[name].samples, parse_statistic(stat)) for name, stat in SHOWN)


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


def totals(world: World, counts: Counts, instances: Sequence[InstanceCount], cost_usd: float | None) -> Totals:
    """Return the sums over the counted time."""
    standing = sum((instances[0].counts if instances else {}).values())
    spans = tuple(_spans(world, instances))
    return Totals(
        requests=counts.requests,
        errors_4xx=counts.errors_4xx,
        errors_5xx=counts.errors_5xx,
        slo_missed=counts.slo_missed,
        by_config=dict(counts.by_config),
        instance_minutes=sum(minutes * count for minutes, count in spans),
        extra_instance_minutes=sum(minutes * (count - standing) for minutes, count in spans),
        cost_usd=cost_usd,
    )


def _spans(world: World, instances: Sequence[InstanceCount]) -> Iterator[tuple[float, int]]:
    """Yield for how many minutes of the counted time each number of instances holds."""
    for k, change in enumerate(instances):
        end = instances[k + 1].t if k + 1 < len(instances) else world.duration_s
        seconds = min(end, world.duration_s) - change.t
        if seconds > 0:
            yield seconds / 3600 * 60, sum(change.counts.values())
