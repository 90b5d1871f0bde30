"""Latency of each fleet in milliseconds: p50 inside p99, with the alarms that watch it and the SLO."""

from __future__ import annotations

from course.tui.drawing.signs import FLEETS
from course.tui.lab.run.charts.lane import Lane, last, named
from course.tui.lab.run.charts.lane_chart import Lanes
from labs.film.film import Film
from labs.film.fleets import Fleet
from labs.film.limits import Limit

IN_SIGHT = 2.0


def latency(film: Film, other: Film | None, t: float) -> Lanes:
    """Return ModelLatency, a faint bar for p99 and a full one inside for p50; what callers feel is some milliseconds
    more. Of another plan, p99 alone is laid over it."""
    limits = (*film.latency_limits, Limit("SLO", None, f"{film.slo_ms:g} ms", film.slo_ms, "ms", "p99"))
    return Lanes(
        heading="Latency, ms (p50 in p99)",
        limits=limits,
        lanes=tuple(_lane(fleet, other.fleet(fleet.config) if other else None, limits, t) for fleet in film.fleets),
        in_sight=IN_SIGHT,
    )


def _lane(fleet: Fleet, other: Fleet | None, limits: tuple[Limit, ...], t: float) -> Lane:
    return Lane(
        label=named(fleet),
        values=fleet.p99_ms,
        inner=fleet.p50_ms,
        other=other.p99_ms if other else (),
        style=FLEETS[fleet.name].style,
        limits=tuple(limit for limit in limits if limit.config in (None, fleet.config)),
        figures=_figures(fleet, t),
    )


def _figures(fleet: Fleet, t: float) -> tuple[str, ...]:
    p50, p99 = last(fleet.p50_ms, t), last(fleet.p99_ms, t)
    return () if p50 is None or p99 is None else (f"p99 {p99:.0f}", f"p50 {p50:.0f}")
