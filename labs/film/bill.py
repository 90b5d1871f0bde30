"""How many instances there were, and what they cost: minute by minute, for whoever draws a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from engine.run import InstanceCount, Run

if TYPE_CHECKING:  # the world brings numpy along, as in `film`
    from engine.world import World
    from labs.film.fleets import Minutes

MINUTE_S, HOUR_S = 60.0, 3600.0


def most_instances(run: Run, config: str) -> Minutes:
    """Return the most instances that a configuration had at once in each minute; None before it had any."""
    stretches = [(start, end, change.counts.get(config, 0)) for start, end, change in _stretches(run)]
    came = next((start for start, _, number in stretches if number), run.ended_s)
    return tuple(
        max((float(number) for start, end, number in stretches if start < until and end > since), default=0.0)
        if until > came
        else None
        for since, until in _minutes(run.ended_s)
    )


def cost_so_far(run: Run, world: World) -> Minutes:
    """Return the USD that the endpoint has cost by the end of each minute; None where a price is not known.

    Billing is per second, each instance at the price of its type (spec sagemaker 8.2), and by use where there are none;
    at the end of the counted time this is the `cost_usd` of the run's totals, jobs and other endpoints apart.
    """
    bill = [(start, end, _per_second(change, world)) for start, end, change in _stretches(run)]
    return tuple(
        _sum((*_shares(bill, until), *run.paid_by_use[: int(until // MINUTE_S)])) for _, until in _minutes(run.ended_s)
    )


def _shares(bill: Iterable[tuple[float, float, float | None]], until: float) -> Iterator[float | None]:
    """Yield the USD of each stretch as far as it lies before `until`."""
    for start, end, price in bill:
        if start < until:
            yield None if price is None else price * (min(end, until) - start)


def cost_without(run: Run, world: World) -> Minutes:
    """Return the same for an endpoint that is left as it was at the start, for all of the counted time, however far the
    run has got; what is paid by use goes on as it was before the update.
    """
    price = _per_second(run.instances[0], world) if run.instances else 0.0
    before = run.paid_by_use[: int((run.update_started_s or run.ended_s) // MINUTE_S)]
    if price is not None and before:
        price += sum(before) / len(before) / MINUTE_S
    return tuple(None if price is None else price * until for _, until in _minutes(max(run.ended_s, run.duration_s)))


def _per_second(change: InstanceCount, world: World) -> float | None:
    prices = ((world.price(kind), number) for kind, number in change.types.items())
    hourly = _sum(None if price is None else price * number for price, number in prices)
    return None if hourly is None else hourly / HOUR_S


def _sum(usd: Iterable[float | None]) -> float | None:
    """Return the sum; None if one of them is not known."""
    each = tuple(usd)
    known = [value for value in each if value is not None]
    return sum(known) if len(known) == len(each) else None


def _stretches(run: Run) -> Iterator[tuple[float, float, InstanceCount]]:
    """Yield the times between which nothing changed."""
    times = [*(change.t for change in run.instances), run.ended_s]
    for (start, end), change in zip(pairwise(times), run.instances, strict=True):
        yield start, end, change


def _minutes(ended_s: float) -> Iterator[tuple[float, float]]:
    """Yield the whole minutes of a run: what is not over is not known."""
    for minute in range(int(ended_s // MINUTE_S)):
        yield minute * MINUTE_S, (minute + 1) * MINUTE_S
