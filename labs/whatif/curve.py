"""What if? One knob of a plan turned, and what that does: to harm, false rollbacks and duration where it is about a
guard, to waits, failures and the bill where it is about a load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from engine.simulate import simulate
from labs.baseline import logs_without_update, requests_met
from labs.lab import Lab
from labs.measures.one_run import Measured, measure
from labs.measures.registry import DURATION, HARMED
from labs.whatif.knobs import Knob
from labs.whatif.load import Load


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What one value of the knob leads to, over the seeds so far."""

    value: float
    harmed: float | None = None
    """Requests harmed by the releases that should be rolled back, mean; None if the lab has none."""
    missed: float | None = None
    """Share of those releases that were let through."""
    false_rollback: float | None = None
    """Share of the releases that should be promoted and were not; None if the lab has none."""
    duration_s: float | None = None
    """Length of the update on them, mean."""
    load: Load | None = None
    """Means over all releases; None of a knob that is about a guard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A curve over one knob's values; it gets better with every seed."""

    knob: str
    current: float
    seeds: int
    points: tuple[Point, ...]


Runs = dict[float, dict[str, list[Measured]]]
"""What was measured, by the knob's value and release."""
Trend = Literal["up", "down", "stays"]
LEVEL = 0.1
"""A difference below this share of the most harm counts as none."""


def trend(curve: Curve) -> Trend:
    """Return where harm, or what is paid, goes from the knob's least value to its greatest."""
    figures = [point.load.cost_usd if point.load else point.harmed for point in curve.points]
    known = [figure for figure in figures if figure is not None]
    if not known or abs(known[-1] - known[0]) <= LEVEL * max(known):
        return "stays"
    return "up" if known[-1] > known[0] else "down"


def curve(lab: Lab, knob: Knob, seeds: Iterable[int]) -> Iterator[Curve]:
    """Yield the curve after each seed: the first estimate at once, then better ones. Stop iterating to cancel."""
    runs: Runs = {v: {r.id: [] for r in lab.releases} for v in knob.values}
    loads: dict[float, list[Load]] = {v: [] for v in knob.values if knob.of != "guard"}
    for done, seed in enumerate(seeds, start=1):
        arrivals = requests_met(lab, seed)
        without = logs_without_update(lab, arrivals)
        for value in knob.values:
            plan = knob.turned(value)
            for release in lab.releases:
                world = lab.world_with(release)
                met = arrivals[release.id]
                run = simulate(world, plan, seed, arrivals=met, series=False, keep_latencies=value in loads)
                if value in loads:
                    loads[value].append(Load.of(run))
                runs[value][release.id].append(measure(world, run, without[release.id]))
        points = tuple(_point(lab, value, runs[value], loads.get(value)) for value in knob.values)
        yield Curve(knob=knob.id, current=knob.current, seeds=done, points=points)


def _point(lab: Lab, value: float, runs: Mapping[str, Sequence[Measured]], loads: Sequence[Load] | None) -> Point:
    if loads is not None:
        return Point(value=value, load=Load.mean(loads))
    bad = [run for release in lab.releases if release.expect == "rolled-back" for run in runs[release.id]]
    good = [run for release in lab.releases if release.expect == "promoted" for run in runs[release.id]]
    return Point(
        value=value,
        harmed=fmean(run[HARMED] for run in bad) if bad else None,
        missed=fmean(run.outcome == "promoted" for run in bad) if bad else None,
        false_rollback=fmean(run.outcome != "promoted" for run in good) if good else None,
        duration_s=fmean(run[DURATION] for run in good) if good else None,
    )
