"""The fleets of a run, minute by minute: blue is what served first, green is what came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Literal

from engine.run import MetricSeries, Run
from labs.film.bill import most_instances

FleetName = Literal["blue", "green", "later"]
"""Blue served first, green came; later is whatever else comes, when a plan sends a second update."""
Minutes = tuple[float | None, ...]
"""A value per minute; None where nothing was measured."""

MICROSECONDS_PER_MS = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """All instances of one endpoint configuration."""

    name: FleetName
    config: str
    """The endpoint configuration's name."""
    errors_4xx: Minutes
    errors_5xx: Minutes
    requests: Minutes
    p50_ms: Minutes
    p99_ms: Minutes
    instances: Minutes
    """The most at once that existed and were billed; None before the first one."""

    @property
    def errors(self) -> Minutes:
        """All failed requests per minute."""
        return merged((self.errors_4xx, self.errors_5xx), sum)


PROCESSED = "InvocationsProcesssed"
"""What asynchronous fleets publish in place of Invocations; AWS writes it so (spec sagemaker 6.1)."""


def fleets_of(run: Run) -> tuple[Fleet, ...]:
    """Return the fleets in the order in which they appeared."""
    return tuple(_fleet(run, config, name) for config, name in zip(configs_of(run), _names(), strict=False))


def _names() -> Iterator[FleetName]:
    yield from ("blue", "green")
    yield from repeat("later")


def configs_of(run: Run) -> tuple[str, ...]:
    """Return the endpoint configurations in the order in which they had traffic or instances."""
    changes = sorted(
        [(each.t, 0, tuple(each.shares)) for each in run.traffic]
        + [(each.t, 1, tuple(each.counts)) for each in run.instances]
    )
    return tuple(dict.fromkeys(config for _, _, configs in changes for config in configs))


def _fleet(run: Run, config: str, name: FleetName) -> Fleet:
    def minutes(metric: str, stat: str, merge: Callable[[Iterable[float]], float], *others: str) -> Minutes:
        of_metric = (s for s in run.metrics if s.name in (metric, *others) and s.stat == stat)
        found = [s.points for s in of_metric if _belongs(s, config) and not is_of_shadow(s, run)]
        return merged(found, merge)

    return Fleet(
        name=name,
        config=config,
        errors_4xx=minutes("Invocation4XXErrors", "Sum", sum),
        errors_5xx=minutes("Invocation5XXErrors", "Sum", sum),
        requests=minutes("Invocations", "Sum", sum, PROCESSED),
        p50_ms=scaled(minutes("ModelLatency", "p50", max), 1 / MICROSECONDS_PER_MS),
        p99_ms=scaled(minutes("ModelLatency", "p99", max), 1 / MICROSECONDS_PER_MS),
        instances=most_instances(run, config),
    )


def _belongs(series: MetricSeries, config: str) -> bool:
    return dict(series.dimensions).get("EndpointConfigName") == config


def is_of_shadow(series: MetricSeries, run: Run) -> bool:
    """Is it of a shadow variant, whose answers nobody sees? By variant alone, of one that was never anything else."""
    named = dict(series.dimensions)
    variant, config = named.get("VariantName"), named.get("EndpointConfigName")
    if config is not None:
        return f"{config}/{variant}" in run.agreement
    fleets = {(each.config, each.variant) for change in run.instances for each in change.fleets}
    return all(f"{each}/{name}" in run.agreement for each, name in fleets if name == variant) and bool(run.agreement)


def merged(series: Iterable[Minutes], merge: Callable[[Iterable[float]], float]) -> Minutes:
    """Return one value per minute from several series; None only where all of them have none."""
    several = tuple(series)
    length = max((len(points) for points in several), default=0)
    minutes = [[p[i] for p in several if i < len(p)] for i in range(length)]
    known = [[value for value in values if value is not None] for values in minutes]
    return tuple(merge(values) if values else None for values in known)


def scaled(minutes: Minutes, factor: float) -> Minutes:
    """Return the values in another unit."""
    return tuple(None if value is None else value * factor for value in minutes)
