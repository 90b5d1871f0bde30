"""The ways to serve a workload, and what one may say of each (spec sagemaker 8).

To add one: a class here, named in `Option`; the type checker names the modules that must know it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from engine.bounds import Among, Bounded, bounded
from engine.catalogue.instances import no_types
from engine.errors import Wrong
from engine.requests.sagemaker import MEMORY_MB, MOST_CONCURRENCY, MOST_INSTANCES, RoutingStrategy

MOST_OF_A_JOB = 100
"""Instances of a transform job (spec inference 5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RealTime(Bounded):
    """Instances that answer at once."""

    kind: ClassVar[str] = "real-time"

    model: str
    """One of `models`."""
    instance_type: str = bounded(rule=no_types)
    """Such as `ml.m5.large`."""
    count: int | None = bounded(None, low=1, high=MOST_INSTANCES)
    """None: the fewest that stay below the comparison's utilisation at its peak."""
    routing_strategy: RoutingStrategy = "RANDOM"
    """Which instance a request goes to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asynchronous(Bounded):
    """Instances that take requests from a queue: a peak waits there, so the mean rate decides how many."""

    kind: ClassVar[str] = "asynchronous"

    model: str
    """One of `models`."""
    instance_type: str = bounded(rule=no_types)
    """Such as `ml.m5.large`."""
    count: int | None = bounded(None, low=1, high=MOST_INSTANCES)
    """None: the fewest that stay below the comparison's utilisation on average."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serverless(Bounded):
    """Environments that come and go with the requests."""

    kind: ClassVar[str] = "serverless"

    model: str
    """One of `models`."""
    memory_mb: int | None = bounded(None, rule=Among(MEMORY_MB))
    """None: the smallest size that holds the model."""
    max_concurrency: int = bounded(MOST_CONCURRENCY, low=1, high=MOST_CONCURRENCY)
    """Requests that may be in work at once."""
    provisioned_concurrency: int | None = bounded(None, low=1, high=MOST_CONCURRENCY)
    """Environments that are always warm."""

    def wrongs(self) -> Iterator[Wrong]:
        """Yield also more environments that are always warm than may work at once."""
        yield from super(Serverless, self).wrongs()
        if (self.provisioned_concurrency or 0) > self.max_concurrency:
            say = f"must not be above max_concurrency {self.max_concurrency}, got {self.provisioned_concurrency}"
            yield Wrong("provisioned_concurrency", say)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch(Bounded):
    """One transform job over all requests of the time, once they are there, a record each."""

    kind: ClassVar[str] = "batch"

    model: str
    """One of `models`."""
    instance_type: str = bounded(rule=no_types)
    """Such as `ml.m5.large`."""
    count: int | None = bounded(None, low=1, high=MOST_OF_A_JOB)
    """None: the fewest that are done before the deadline."""
    objects: int | None = bounded(None, low=1, high=10_000)
    """Files that the records lie in, of which each is one instance's; None: one for each worker."""


Option = RealTime | Asynchronous | Serverless | Batch
