"""From what was collected during a run to its metrics and totals."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from engine.metrics.asynchronous import EXPIRED_REQUESTS, FAILURES, IN_ALL, IN_BACKLOG, OLDEST, PROCESSED, SIZE
from engine.metrics.minute import SHOWN_PERCENTILES, MinuteTotals
from engine.metrics.published import METRICS, MICROSECONDS, NONE, Metric, together
from engine.metrics.serverless import PROVISIONED_INVOCATIONS, PROVISIONED_USED, SETUP, SPILLED, USED
from engine.metrics.store import BY_VARIANT, MetricStore
from engine.requests.cloudwatch import Dimensions
from engine.run import InstanceCount, MetricSeries, Totals
from engine.serving.asynchronous import AsyncFleet
from engine.serving.ledger import Counts
from engine.serving.serverless import ServerlessFleet
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
    publishes = frozenset().union(*(metrics.fleet.publishes for metrics in fleets))
    shown = SHOWN
    if "serverless" in publishes:
        shown += OF_SERVERLESS
    if "asynchronous" in publishes:
        shown += OF_ASYNCHRONOUS
    columns = (*shown, *COLUMNS[len(SHOWN) :])
    nothing = tuple(_idle(METRICS[name], publishes, len(dimensions)) for name, _ in columns)
    for minute in range(minutes):
        parts = [metrics.minutes[minute] for metrics in fleets if minute in metrics.minutes]
        key = (len(shown), *map(id, parts))
        if parts and key not in known:
            of_all = store.percentiles.get((variant, minute)) if len(parts) > 1 else None
            known[key] = _row(parts, _read(shown), of_all or next((p.percentiles for p in parts if p.percentiles), ()))
        rows.append(known[key] if parts else nothing)
    yield from zip(columns, zip(*rows, strict=True) if rows else [()] * len(columns), strict=True)


def _idle(metric: Metric, publishes: Collection[str], dimensions: int) -> float | None:
    """Return the point of a minute without traffic."""
    published = metric.only is None or metric.only in publishes
    return 0.0 if metric.zero_without_traffic and published and dimensions == len(BY_VARIANT) else None


def _row(parts: Sequence[MinuteTotals], shown: Shown, percentiles: Sequence[float]) -> Row:
    points: list[float | None] = []
    for metric, statistic in shown:
        found = NONE
        for part in parts:
            if metric.only is None or metric.only in part.publishes:
                found = together(found, metric.samples.totals(part))
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


def totals(world: World, counts: Counts, instances: Sequence[InstanceCount], store: MetricStore) -> Totals:
    """Return the sums over the counted time."""
    bill = tuple(_bill(world, instances))
    standing = sum((instances[0].counts if instances else {}).values())
    tallies = [metrics.fleet.tally for metrics in store.fleets.values() if isinstance(metrics.fleet, AsyncFleet)]
    return Totals(
        requests=counts.requests,
        errors_4xx=counts.errors_4xx,
        errors_5xx=counts.errors_5xx + sum(tally.errors for tally in tallies),
        slo_missed=counts.slo_missed + sum(tally.late for tally in tallies),
        by_config=dict(counts.by_config),
        instance_minutes=sum(minutes * count for minutes, count, _ in bill),
        extra_instance_minutes=sum(minutes * (count - standing) for minutes, count, _ in bill),
        cost_usd=sum(minutes / 60 * price for minutes, _, price in bill)
        + sum(fleet.cost_usd() for fleet in _serverless(store)),
    )


def costs(world: World, instances: Sequence[InstanceCount], store: MetricStore) -> Mapping[str, float]:
    """Return the USD of each fleet within the counted time, by `configuration/variant`."""
    found: dict[str, float] = {}
    for hours, change in _spans(world, instances):
        for fleet, count in change.fleets.items():
            key = f"{fleet.config}/{fleet.variant}"
            found[key] = found.get(key, 0.0) + hours * count * world.price(fleet.instance_type)
    for serverless in _serverless(store):
        key = f"{serverless.config}/{serverless.variant.variant_name}"
        found[key] = found.get(key, 0.0) + serverless.cost_usd()
    return found


def _serverless(store: MetricStore) -> Iterator[ServerlessFleet]:
    """Yield the fleets that are paid for by use."""
    return (metrics.fleet for metrics in store.fleets.values() if isinstance(metrics.fleet, ServerlessFleet))


def _bill(world: World, instances: Sequence[InstanceCount]) -> Iterator[tuple[float, int, float]]:
    """Yield minutes within the counted time, the instances billed in them and their USD per hour.

    Billing is per second, each instance at the price of its type (spec sagemaker 8.2).
    """
    for hours, change in _spans(world, instances):
        price = sum(world.price(kind) * count for kind, count in change.types.items())
        yield hours * 60, sum(change.counts.values()), price


def _spans(world: World, instances: Sequence[InstanceCount]) -> Iterator[tuple[float, InstanceCount]]:
    """Yield for how many hours of the counted time each number of instances holds."""
    for k, change in enumerate(instances):
        end = instances[k + 1].t if k + 1 < len(instances) else world.duration_s
        seconds = min(end, world.duration_s) - change.t
        if seconds > 0:
            yield seconds / 3600, change
