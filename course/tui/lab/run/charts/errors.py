"""Errors per minute of each fleet, with the alarms that count them."""

from __future__ import annotations

from course.tui.drawing.signs import FLEETS
from course.tui.lab.run.charts.lane import Lane, last, named, seen
from course.tui.lab.run.charts.lane_chart import Lanes
from labs.film.film import Film
from labs.film.fleets import Fleet

IN_SIGHT = 20.0


def errors(film: Film, other: Film | None, t: float) -> Lanes:
    """Return 4xx and 5xx together, a bar per minute; the heading says which of them there were."""
    kinds = [
        kind
        for kind, minutes in (
            ("4xx", [fleet.errors_4xx for fleet in film.fleets]),
            ("5xx", [fleet.errors_5xx for fleet in film.fleets]),
        )
        if any(any(seen(each, t)) for each in minutes)
    ]
    return Lanes(
        heading="Errors per minute" + (f" ({' and '.join(kinds)})" if kinds else ""),
        limits=film.error_limits,
        lanes=tuple(_lane(film, fleet, other.fleet(fleet.config) if other else None, t) for fleet in film.fleets),
        in_sight=IN_SIGHT,
    )


def _lane(film: Film, fleet: Fleet, other: Fleet | None, t: float) -> Lane:
    return Lane(
        label=named(fleet),
        values=fleet.errors,
        style=FLEETS[fleet.name].style,
        limits=tuple(limit for limit in film.error_limits if limit.config in (None, fleet.config)),
        other=other.errors if other else (),
        figures=_figures(fleet, t),
    )


def _figures(fleet: Fleet, t: float) -> tuple[str, ...]:
    """Return the last minute's count, then its share of the requests."""
    failed, of = last(fleet.errors, t), last(fleet.requests, t)
    if failed is None:
        return ()
    share = (f"{failed / of * 100:.1f} %",) if of else ()
    return (f"{failed:.0f}", *share)
