"""Latency of each fleet in milliseconds: p50 inside p99, with the alarms that watch it and the SLO."""

from __future__ import annotations

from course.tui.drawing.signs import FLEETS
from course.tui.lab.run.charts.errors import last
from course.tui.lab.run.charts.lane import Lane
from course.tui.lab.run.charts.lane_chart import LaneChart
from labs.film.film import Film
from labs.film.fleets import Fleet
from labs.film.limits import Limit


class LatencyChart(LaneChart):
    """ModelLatency; what callers feel is some milliseconds more."""

    IN_SIGHT = 2.0

    def lane(self, film: Film, fleet: Fleet) -> Lane:
        """A faint bar for p99 and a full one inside for p50."""
        limits = tuple(limit for limit in self.limits(film) if limit.config in (None, fleet.config))
        return Lane(values=fleet.p99_ms, inner=fleet.p50_ms, style=FLEETS[fleet.name].style, limits=limits)

    def limits(self, film: Film) -> tuple[Limit, ...]:
        """Alarms on ModelLatency, and what callers were promised."""
        return (*film.latency_limits, Limit("SLO", None, f"{film.slo_ms:g} ms", film.slo_ms, "ms", "p99"))

    def heading(self, film: Film) -> str:
        """What is drawn."""
        return "Latency in ms (p50 in p99)"

    def readout(self, film: Film, fleet: Fleet) -> tuple[str, ...]:
        """p99, then p50."""
        p50, p99 = last(fleet.p50_ms, self.t), last(fleet.p99_ms, self.t)
        if p50 is None or p99 is None:
            return ()
        return (f"p99 {p99:.0f}", f"p50 {p50:.0f}")
