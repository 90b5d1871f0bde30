"""Errors per minute of each fleet, with the alarms that count them."""

from __future__ import annotations

from course.tui.drawing.signs import FLEETS
from course.tui.lab.run.charts.lane import Lane, seen
from course.tui.lab.run.charts.lane_chart import LaneChart
from labs.film.film import Film
from labs.film.fleets import Fleet, Minutes
from labs.film.limits import Limit


class ErrorsChart(LaneChart):
    """4xx and 5xx together; the title says which of them there were."""

    IN_SIGHT = 20.0

    def lane(self, film: Film, fleet: Fleet) -> Lane:
        """A bar per minute."""
        limits = tuple(limit for limit in film.error_limits if limit.config in (None, fleet.config))
        other = self.other.fleet(fleet.config) if self.other else None
        style = FLEETS[fleet.name].style
        return Lane(values=fleet.errors, style=style, limits=limits, other=other.errors if other else ())

    def limits(self, film: Film) -> tuple[Limit, ...]:
        """Alarms on error metrics."""
        return film.error_limits

    def heading(self, film: Film) -> str:
        """Name the kinds of error that have occurred."""
        kinds = [kind for kind, any_yet in self._kinds(film).items() if any_yet]
        return "Errors per minute" + (f" ({' and '.join(kinds)})" if kinds else "")

    def _kinds(self, film: Film) -> dict[str, bool]:
        return {
            "4xx": any(self._some(fleet.errors_4xx) for fleet in film.fleets),
            "5xx": any(self._some(fleet.errors_5xx) for fleet in film.fleets),
        }

    def _some(self, minutes: Minutes) -> bool:
        return any(seen(minutes, self.t))

    def readout(self, film: Film, fleet: Fleet) -> tuple[str, ...]:
        """The last minute's count, then its share of the requests."""
        failed, of = last(fleet.errors, self.t), last(fleet.requests, self.t)
        if failed is None:
            return ()
        share = (f"{failed / of * 100:.1f} %",) if of else ()
        return (f"{failed:.0f}", *share)


def last(minutes: Minutes, t: float) -> float | None:
    """Return the value of the last minute that was over at `t`; None if nothing was measured in it."""
    over = int(t // 60)
    return minutes[over - 1] if 0 < over <= len(minutes) else None
