"""What an update does, step by step, as a value: one pure function of policy, fleets and timing (spec sagemaker 2).

The processes carry it out; advice, forms and what-if read it. Nothing here knows whether an alarm will fire.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, assert_never

from engine.requests.sagemaker import BlueGreenUpdatePolicy, RollingUpdatePolicy, UpdatePolicy
from engine.sagemaker.capacity import counterpart, instances_of, steps
from engine.sagemaker.updates.terms import CANARY_SIZE, MAXIMUM_BATCH_SIZE, Strategy, step_size, strategy_of
from engine.timing import Timing

Status = Literal["Creating", "ActivatingTraffic", "Baking", "Deleting"]
"""VariantStatus (spec sagemaker 3.2)."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """One variant's fleets: the old one and the new one, either of which may be empty."""

    old: int
    """DesiredInstanceCount."""
    new: int
    standing: int | None = None
    """Old instances that are there, where they are not as many as they should be."""
    old_serverless: bool = False
    new_serverless: bool = False
    """Whether there are no instances, but one serverless variant that counts as 1."""

    @property
    def there(self) -> int:
        """Old instances that are there."""
        return self.old if self.standing is None else self.standing


Fleets = Mapping[str, Replacement]
"""By name of the new variant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One part of an update."""

    status: Status
    lasts_s: float
    """As expected; only the launch of instances varies."""
    say: str
    """AWS's StatusMessage, or our wording where AWS's was never seen."""
    watched: bool = False
    """Is an alarm heeded meanwhile?"""
    timed: bool = True
    """Does MaximumExecutionTimeoutInSeconds end it?"""
    launched: Mapping[str, int] | None = None
    """New instances that it launches, by variant."""
    enabled: Mapping[str, int] | None = None
    """New instances that have traffic once it is over, by variant."""
    kept: Mapping[str, int] | None = None
    """Old instances that are left once it is over, by variant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """An update in which nothing goes wrong."""

    strategy: Strategy
    fleets: Fleets
    steps: tuple[Step, ...]

    @property
    def total_s(self) -> float:
        """From UpdateEndpoint until the endpoint is InService again."""
        return sum(step.lasts_s for step in self.steps)

    @property
    def timed_s(self) -> float:
        """What MaximumExecutionTimeoutInSeconds has to leave room for."""
        return sum(step.lasts_s for step in self.steps if step.timed)

    @property
    def start_s(self) -> float:
        """From UpdateEndpoint to the new fleet's first request."""
        return sum(step.lasts_s for step in self.steps[: self._first + 1])

    @property
    def bakes_s(self) -> float:
        """All bakes together."""
        return sum(step.lasts_s for step in self.steps if step.status == "Baking")

    @property
    def first_share(self) -> float:
        """The new fleet's share of the traffic after the first shift."""
        enabled = self.steps[self._first].enabled or {}
        return sum(enabled.values()) / sum(each.new for each in self.fleets.values())

    @property
    def first_bake_s(self) -> float:
        """From the new fleet's first request until more traffic comes, or until all is over."""
        later = self.steps[self._first + 1 :]
        until = next((place for place, step in enumerate(later) if step.status != "Baking"), len(later))
        return sum(step.lasts_s for step in later[:until])

    @property
    def watched_s(self) -> float:
        """From the new fleet's first request to the last look at the alarms; 0 where nobody ever looks."""
        later = self.steps[self._first + 1 :]
        last = max((place for place, step in enumerate(later) if step.watched), default=-1)
        return sum(step.lasts_s for step in later[: last + 1])

    @property
    def _first(self) -> int:
        """The place of the first shift."""
        return next(place for place, step in enumerate(self.steps) if step.status == "ActivatingTraffic")


def schedule(policy: UpdatePolicy, fleets: Fleets, timing: Timing) -> Schedule:
    """Return what the policy does with these fleets; a rolling policy takes one variant only."""
    match policy:
        case BlueGreenUpdatePolicy():
            found = _blue_green(policy, fleets, timing)
        case RollingUpdatePolicy():
            found = _rolling(policy, fleets, timing)
        case _:
            assert_never(policy)
    return Schedule(strategy=strategy_of(policy), fleets=fleets, steps=tuple(found))


def _blue_green(policy: BlueGreenUpdatePolicy, fleets: Fleets, timing: Timing) -> Iterator[Step]:
    """Two whole fleets side by side.

    Alarms are heeded in bakes (spec sagemaker 3), and while a linear update shifts on: "at any point" (2.3). For a
    canary's second shift no source says so; there the next bake finds the alarm, if there is one.
    """
    routing, whole = policy.traffic_routing_configuration, {name: each.new for name, each in fleets.items()}
    shifts, linear = _shifts(policy, fleets, timing), routing.type == "LINEAR"
    newcomers = _what(sum(whole.values()), serverless=any(each.new_serverless for each in fleets.values()))
    yield _launch(whole, timing, newcomers)
    for k, shift in enumerate(shifts):
        last, enabled = k == len(shifts) - 1, sum(shift.values())
        capacity = "full" if last else "canary"
        what = newcomers if last else _what(enabled)
        say = f"Activating traffic on {capacity} capacity of {what}."
        yield _shift(shift, say, timing, watched=linear and k > 0)
        if not last or (linear and timing.linear_waits_after_last_step):
            yield from _bake(routing.wait_interval_in_seconds, _traffic(capacity, enabled))
    yield from _bake(policy.termination_wait_in_seconds, _traffic("full", sum(whole.values())))
    old_serverless = any(each.old_serverless for each in fleets.values())
    yield Step(
        status="Deleting",
        lasts_s=timing.terminate_s,
        say=f"Terminating {_what(sum(each.there for each in fleets.values()), serverless=old_serverless)}.",
        timed=False,
        kept=dict.fromkeys(fleets, 0),
    )


def _shifts(policy: BlueGreenUpdatePolicy, fleets: Fleets, timing: Timing) -> list[Mapping[str, int]]:
    """Return how many new instances of each variant have traffic after each shift."""
    rows = {name: _row(policy, each.new, timing) for name, each in fleets.items()}
    longest = max(len(row) for row in rows.values())
    return [{name: row[min(k, len(row) - 1)] for name, row in rows.items()} for k in range(longest)]


def _row(policy: BlueGreenUpdatePolicy, fleet: int, timing: Timing) -> tuple[int, ...]:
    """Return how many instances of one new fleet have traffic after each shift."""
    found = step_size(policy)
    if found is None or not fleet:
        return (fleet,)
    value, size = found
    first = instances_of(value, fleet, timing, size)
    return (first, fleet) if size is CANARY_SIZE else steps(first, fleet)


def _rolling(policy: RollingUpdatePolicy, fleets: Fleets, timing: Timing) -> Iterator[Step]:
    """Batch by batch, with about one batch of extra instances; AWS's messages were never seen (spec 13.13)."""
    ((name, fleet),) = fleets.items()
    batch, before, standing = (
        instances_of(policy.maximum_batch_size, fleet.new, timing, MAXIMUM_BATCH_SIZE),
        0,
        fleet.there,
    )
    for done in steps(batch, fleet.new):
        yield _launch({name: done - before}, timing, _what(done - before))
        yield _shift({name: done}, f"Activating traffic on capacity of {done} instance(s).", timing)
        yield from _bake(policy.wait_interval_in_seconds, f"with traffic enabled on {done} instance(s).")
        kept = min(standing, counterpart(fleet.old, fleet.new, done))
        if kept < standing:
            say = f"Terminating {standing - kept} instance(s)."
            yield Step(status="Deleting", lasts_s=timing.terminate_s, say=say, kept={name: kept})
        before, standing = done, kept


def _launch(counts: Mapping[str, int], timing: Timing, what: str) -> Step:
    return Step(status="Creating", lasts_s=timing.provision_s, say=f"Launching {what}.", launched=counts)


def _what(count: int, *, serverless: bool = False) -> str:
    """Return in words what is launched; AWS's for serverless variants were never seen."""
    return "a serverless variant" if serverless else f"{count} instance(s)"


def _shift(enabled: Mapping[str, int], say: str, timing: Timing, *, watched: bool = False) -> Step:
    return Step(status="ActivatingTraffic", lasts_s=timing.activate_s, say=say, watched=watched, enabled=enabled)


def _bake(seconds: float, traffic: str) -> Iterator[Step]:
    """Yield a bake, if there is one."""
    if seconds > 0:
        yield Step(status="Baking", lasts_s=seconds, say=f"Baking for {seconds:g} seconds {traffic}", watched=True)


def _traffic(capacity: str, instances: int) -> str:
    """Return the rest of a bake's message; AWS prints this field's name for the canary's bake too (spec 2.5)."""
    return f"(TerminationWaitInSeconds) with traffic enabled on {capacity} capacity of {instances} instance(s)."
