"""What a run costs, fleet by fleet: billing is per second, each instance at the price of its type (spec sagemaker 8.2).

A cost that nobody can know, since the price of a type is unknown, is None; so is every sum with it in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from engine.metrics.asynchronous import PROCESSED, SIZE
from engine.run import JOB, BilledJob, FleetName, InstanceCount, MetricSeries, Run
from engine.serving.serverless.fleet import ServerlessFleet
from engine.world import World

SECONDS_PER_HOUR, MINUTE_S = 3600, 60
WORK = ("Invocations", PROCESSED, SIZE)
"""Metrics above zero in the minutes in which a fleet has something to do."""
Costs = Mapping[str, float | None]
"""USD by what was paid for: `configuration/variant` for a fleet's instances, `job/name` for those of a job."""


def costs(
    world: World, instances: Sequence[InstanceCount], since_s: float = 0.0, until_s: float | None = None
) -> Costs:
    """Return the USD of each fleet within the counted time, or within a part of it."""
    last_s = world.duration_s if until_s is None else min(until_s, world.duration_s)
    stays = _stays(instances, since_s, last_s)
    return _priced(world, ((fleet, count, end - start) for start, end, fleet, count in stays))


def job_costs(world: World, jobs: Iterable[BilledJob]) -> Costs:
    """Return the USD of each job within the counted time: all its instances, from its start to its end (spec inference
    5)."""
    found: dict[str, float | None] = {}
    for job in jobs:
        hours = max(0.0, min(job.end, world.duration_s) - job.start) / SECONDS_PER_HOUR
        price = world.price(job.instance_type)
        found[f"{JOB}{job.name}"] = None if price is None else hours * job.instances * price
    return found


def serverless_costs(fleets: Iterable[ServerlessFleet]) -> Costs:
    """Return the USD of fleets that are paid for by use."""
    found: dict[str, float | None] = {}
    for fleet in fleets:
        key = f"{fleet.config}/{fleet.variant.variant_name}"
        found[key] = (found.get(key) or 0.0) + fleet.cost_usd()
    return found


def idle_costs(world: World, instances: Sequence[InstanceCount], metrics: Iterable[MetricSeries]) -> Costs:
    """Return the USD of idle instances."""
    return _priced(world, _idle(instances, metrics, world.duration_s))


def idle_hours(world: World, run: Run) -> Mapping[str, float]:
    """Return how many hours of instances were idle, by `configuration/variant`."""
    found: dict[str, float] = {}
    for fleet, count, seconds in _idle(run.instances, run.metrics, world.duration_s):
        key = f"{fleet.config}/{fleet.variant}"
        found[key] = found.get(key, 0.0) + count * seconds / SECONDS_PER_HOUR
    return found


def _idle(
    instances: Sequence[InstanceCount], metrics: Iterable[MetricSeries], until_s: float
) -> Iterator[tuple[FleetName, int, float]]:
    """Yield instances and seconds of minutes in which their fleet had nothing to do; nothing without metrics."""
    asked = _asked(metrics)
    for start, end, fleet, count in _stays(instances, 0.0, until_s) if asked else ():
        yield fleet, count, sum(_quiet(asked.get((fleet.config, fleet.variant), ()), start, end))


def _asked(metrics: Iterable[MetricSeries]) -> Mapping[tuple[str, str], Sequence[float]]:
    """Return how much each fleet had to do minute by minute, by configuration and variant: its calls, or, of a queue,
    which publishes none, what ended and what there still was (spec sagemaker 6.1)."""
    found: dict[tuple[str, str], Sequence[float]] = {}
    for each in metrics:
        if each.name in WORK and _has_config(each):
            fleet, more = _fleet_of(each), [point or 0.0 for point in each.points]
            found[fleet] = [a + b for a, b in zip(found.get(fleet, [0.0] * len(more)), more, strict=True)]
    return found


def total(found: Costs) -> float | None:
    """Return all costs together."""
    known = [usd for usd in found.values() if usd is not None]
    return sum(known) if len(known) == len(found) else None


def _priced(world: World, stays: Iterable[tuple[FleetName, int, float]]) -> Costs:
    """Return the USD of fleets, each with its number of instances and for how many seconds they were there."""
    found: dict[str, float | None] = {}
    for fleet, count, seconds in stays:
        key, price = f"{fleet.config}/{fleet.variant}", world.price(fleet.instance_type)
        before = found.get(key, 0.0)
        found[key] = None if price is None or before is None else before + seconds / SECONDS_PER_HOUR * count * price
    return found


def _stays(
    instances: Sequence[InstanceCount], since_s: float, until_s: float
) -> Iterator[tuple[float, float, FleetName, int]]:
    """Yield from when till when, within these times, how many instances of each fleet there are."""
    for k, change in enumerate(instances):
        end = min(instances[k + 1].t if k + 1 < len(instances) else until_s, until_s)
        start = max(change.t, since_s)
        if end > start:
            yield from ((start, end, fleet, count) for fleet, count in change.fleets.items())


def _quiet(points: Sequence[float], start: float, end: float) -> Iterator[float]:
    """Yield the seconds of each minute without a request; a minute that the run did not see whole is not judged."""
    for minute in range(int(start // MINUTE_S), min(len(points), int(-(-end // MINUTE_S)))):
        if not points[minute]:
            yield min(end, (minute + 1) * MINUTE_S) - max(start, minute * MINUTE_S)


def _has_config(series: MetricSeries) -> bool:
    return "EndpointConfigName" in dict(series.dimensions)


def _fleet_of(series: MetricSeries) -> tuple[str, str]:
    named = dict(series.dimensions)
    return named["EndpointConfigName"], named["VariantName"]
