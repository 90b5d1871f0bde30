"""What an endpoint has to do and what it costs: requests and instances of each fleet, and the bill so far."""

from __future__ import annotations

from course.tui.drawing.signs import FLEETS
from course.tui.lab.run.charts.lane import Lane, last, named
from course.tui.lab.run.charts.lane_chart import Lanes
from labs.film.film import Film
from labs.film.fleets import Fleet, Minutes

ENDPOINT = "Σ all"
"""The lane of what is not told fleet by fleet."""


def requests(film: Film, other: Film | None, t: float) -> Lanes:
    """Return the requests that reached each fleet, a bar per minute."""

    def lane(fleet: Fleet) -> Lane:
        there = other.fleet(fleet.config) if other else None
        came = last(fleet.requests, t)
        figures = () if came is None else (f"{came:,.0f}", f"{came / 60:.1f}/s")
        return _lane(fleet, fleet.requests, there.requests if there else (), figures)

    return Lanes(heading="Requests per minute", lanes=tuple(map(lane, film.fleets)))


def instances(film: Film, other: Film | None, t: float) -> Lanes:
    """Return the instances of each fleet: the most of each minute, since each of them is billed."""

    def lane(fleet: Fleet) -> Lane:
        there = other.fleet(fleet.config) if other else None
        number = last(fleet.instances, t)
        figures = () if number is None else (f"{number:.0f}",)
        return _lane(fleet, fleet.instances, there.instances if there else (), figures)

    return Lanes(heading="Instances billed (most in a minute)", lanes=tuple(map(lane, film.fleets)))


def cost(film: Film, other: Film | None, t: float) -> Lanes:
    """Return the bill of the whole endpoint so far, a faint bar, and inside it what there would be without an update.

    The scale has room for the whole run without one, which is known from the start; so it seldom changes.
    """
    spent, without = last(film.cost_usd, t), last(film.cost_without_usd, t)
    figures = () if spent is None or without is None else (f"{spent:.2f}", f"{spent - without:+.2f}")
    minutes = int(film.run.duration_s // 60)
    return Lanes(
        heading=f"Cost so far in USD{', other endpoints apart' if film.run.others else ''} (inside: without an update)",
        lanes=(
            Lane(
                label=ENDPOINT,
                values=film.cost_usd,
                inner=film.cost_without_usd,
                other=other.cost_usd if other else (),
                style="$foreground",
                figures=figures,
            ),
        ),
        room_for=max(film.cost_without_usd[:minutes], key=lambda usd: usd or 0.0, default=0.0) or 0.0,
    )


def _lane(fleet: Fleet, values: Minutes, other: Minutes, figures: tuple[str, ...]) -> Lane:
    return Lane(label=named(fleet), values=values, other=other, style=FLEETS[fleet.name].style, figures=figures)
