"""What can be wrong with a model, each kind in one class: when it strikes and what it does to a batch of requests.

To add a kind: write a frozen dataclass with a `kind` and an `apply`, and add it to `Fault`. Times are seconds
since the instance that answers came into service, unless a name says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from engine.bounds import Bounded, bounded
from engine.traffic.streams import Purpose

if TYPE_CHECKING:
    from engine.serving.batch import Batch, Bools, Floats, Ints

Status = Literal["4xx", "5xx"]
FOREVER_S = 1e9
"""Longer than any run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors(Bounded):
    """A share of the requests fails, all the time or between two ages of the instance."""

    kind: ClassVar[str] = "errors"
    rate: float = bounded(low=0, high=1)
    """Share of the requests that fail."""
    status: Status = "5xx"
    """Whose fault it looks like: `5xx` the model's, `4xx` the caller's."""
    after_s: float = bounded(0.0, low=0)
    """Age of the instance from which on it happens."""
    until_s: float = bounded(FOREVER_S, low=0)
    """Age of the instance up to which it happens."""

    def apply(self, batch: Batch) -> None:
        """Raise the probability of failing where the age fits."""
        batch.fail(self.status, self.rate, _aged(batch, self.after_s, self.until_s))


@dataclass(frozen=True, slots=True, kw_only=True)
class Slow(Bounded):
    """A share of the requests takes longer: a slow model, or a tail."""

    kind: ClassVar[str] = "slow"
    factor: float = bounded(1.0, above=0, high=10_000)
    """They take so many times as long."""
    add_ms: float = bounded(0.0, low=0, high=600_000)
    """They take so much longer."""
    share: float = bounded(1.0, low=0, high=1)
    """Of the requests."""
    after_s: float = bounded(0.0, low=0)
    """Age of the instance from which on it happens."""
    until_s: float = bounded(FOREVER_S, low=0)
    """Age of the instance up to which it happens."""

    def apply(self, batch: Batch) -> None:
        """Stretch the service time where the age fits and the dice say so."""
        where = _aged(batch, self.after_s, self.until_s)
        if self.share < 1:
            where = _both(where, batch.draw(Purpose.TAIL) < self.share)
        batch.slow(self.factor, self.add_ms / 1000, where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak(Bounded):
    """Each request leaks memory; after so many the instance fails everything until it has been restarted."""

    kind: ClassVar[str] = "leak"
    requests: int = bounded(low=1)
    """Requests that one instance survives."""
    restart_requests: int = bounded(1_000_000_000, low=1)
    """Requests that fail before the restarted container answers again; by default it never does."""
    status: Status = "5xx"
    """Whose fault it looks like: `5xx` the model's, `4xx` the caller's."""

    def apply(self, batch: Batch) -> None:
        """Fail the requests that find their instance out of memory."""
        batch.fail(self.status, 1.0, self.filled(batch.served_before) >= 1)

    def filled(self, served: Ints) -> Floats:
        """Return how full the memory is after so many requests, 1 or more being out of memory."""
        position = served % (self.requests + self.restart_requests)
        return position / self.requests


@dataclass(frozen=True, slots=True, kw_only=True)
class Saturation(Bounded):
    """Above a rate, requests of the same clock second fail.

    A canary gives each new instance as much traffic as it will have later, so a limit per instance shows in the canary;
    a limit of something that all instances share shows only when the whole fleet has traffic.
    """

    kind: ClassVar[str] = "saturation"
    requests_per_second: int = bounded(low=1)
    """Above which they fail."""
    of: Literal["instance", "fleet"] = "instance"
    """Whose rate: each instance's, or that of all together, as with a feature store behind them."""
    rate: float = bounded(1.0, low=0, high=1)
    """Share of those above it that fail."""
    status: Status = "5xx"
    """Whose fault it looks like: `5xx` the model's, `4xx` the caller's."""

    def apply(self, batch: Batch) -> None:
        """Fail a share of the requests beyond the limit of their second."""
        batch.fail(self.status, self.rate, batch.rank_in_second >= self.requests_per_second)


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmUp(Bounded):
    """Longer or harder warming than any new fleet's (that one is in Timing)."""

    kind: ClassVar[str] = "warm-up"
    lasts_s: float = bounded(above=0, high=7200)
    """Age of the instance up to which it is warming."""
    factor: float = bounded(2.0, above=0, high=10_000)
    """Requests take so many times as long meanwhile."""
    error_rate: float = bounded(0.0, low=0, high=1)
    """Share of the requests that fail meanwhile."""

    def apply(self, batch: Batch) -> None:
        """Slow down and fail while the instance is young."""
        young = batch.age_s < self.lasts_s
        batch.slow(self.factor, 0.0, young)
        batch.fail("5xx", self.error_rate, young)


@dataclass(frozen=True, slots=True, kw_only=True)
class LargePayload(Bounded):
    """Requests above a size fail or take longer."""

    kind: ClassVar[str] = "large-payload"
    above_kb: float = bounded(low=0)
    """The size."""
    rate: float = bounded(1.0, low=0, high=1)
    """Share of those above it that fail."""
    status: Status = "5xx"
    """Whose fault it looks like: `5xx` the model's, `4xx` the caller's."""
    factor: float = bounded(1.0, above=0, high=10_000)
    """They take so many times as long."""

    def apply(self, batch: Batch) -> None:
        """Fail and slow down what is too large."""
        large = batch.payload_kb > self.above_kb
        batch.slow(self.factor, 0.0, large)
        batch.fail(self.status, self.rate, large)


@dataclass(frozen=True, slots=True, kw_only=True)
class SomeUsers(Bounded):
    """The same share of the users meets errors every time."""

    kind: ClassVar[str] = "some-users"
    share: float = bounded(low=0, high=1)
    """Of the users."""
    rate: float = bounded(1.0, low=0, high=1)
    """Share of their requests that fail."""
    status: Status = "5xx"
    """Whose fault it looks like: `5xx` the model's, `4xx` the caller's."""
    factor: float = bounded(1.0, above=0, high=10_000)
    """Their requests take so many times as long."""

    def apply(self, batch: Batch) -> None:
        """Fail and slow down the requests of those users."""
        theirs = batch.draw(Purpose.USER) < self.share
        batch.slow(self.factor, 0.0, theirs)
        batch.fail(self.status, self.rate, theirs)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColdStart(Bounded):
    """A worker that had nothing to do for a while takes longer for its next request: it has to load the model again.

    Whether a worker was idle shows only in its line, so it is applied there (`lanes.SharedQueue`), request by request.
    Loading does not count as CPU time.
    """

    kind: ClassVar[str] = "cold-start"
    add_ms: float = bounded(above=0, high=600_000)
    """How much longer."""
    after_idle_s: float = bounded(0.0, low=0)
    """Idle time from which on a worker is cold; 0: whenever it was idle at all."""

    def apply(self, batch: Batch) -> None:
        """Leave the batch as it is."""


Fault = Errors | Slow | Leak | Saturation | WarmUp | LargePayload | SomeUsers | ColdStart


def _aged(batch: Batch, after_s: float, until_s: float) -> Bools | None:
    """Return where the instance's age lies in [after_s, until_s), None for everywhere."""
    if after_s <= 0 and until_s >= FOREVER_S:
        return None
    return (batch.age_s >= after_s) & (batch.age_s < until_s)


def _both(left: Bools | None, right: Bools) -> Bools:
    return right if left is None else np.logical_and(left, right)
