"""The line over the charts: which run this is, whether it plays, how fast, and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.visual import Visual
from textual.widget import Widget

from course.tui.drawing.canvas import content, shortened
from course.tui.drawing.clock import clock
from course.tui.drawing.signs import RIGHT, WRONG, Sign
from course.tui.drawing.visuals import Spread
from course.tui.drawing.words import plain
from course.tui.lab.run.playback import Playback
from labs.film.film import Film

if TYPE_CHECKING:
    from engine.run import Totals

GAP = 2
FINE = ("promoted", "no-update")
OUTCOMES = {
    "promoted": "promoted",
    "rolled-back": "rolled back",
    "timed-out": "timed out and rolled back",
    "failed": "the new fleet never came into service",
    "rollback-failed": "the rollback failed",
    "refused": "refused by the service",
    "no-update": "nothing was updated",
}
"""How an update ended, in words."""


class PlaybackLine(Widget):
    """One line; the outcome is told when the play head has reached it, and the caption gives way to it. The clock is
    the scrubber's: a line that changed with every frame would have the whole screen drawn again, down to it."""

    film: reactive[Film | None] = reactive(None)
    playback: reactive[Playback] = reactive(Playback(), repaint=False)
    caption: reactive[str] = reactive("")

    def watch_playback(self, before: Playback, now: Playback) -> None:
        """Draw again when the line says something else."""
        if self.film and self._said(self.film, before) != self._said(self.film, now):
            self.refresh()

    def _said(self, film: Film, playback: Playback) -> tuple[bool, int, bool, bool]:
        return playback.playing, playback.speed, film.over(playback.t), playback.over

    def render(self) -> Visual:
        """What plays on the left, how fast on the right."""
        if self.film is None:
            return Content("")
        outcome = ended(self.film, self.playback.t)
        caption = plain(self.caption, "bold")
        line = Content.assemble(caption, "   ", outcome)
        if line.cell_length + GAP + self._pace().cell_length <= self.size.width:
            return Spread(line, self._pace())
        right = Content.assemble(outcome, "  ", self._pace()) if outcome else self._pace()
        room = max(0, self.size.width - right.cell_length - GAP)
        return Spread(content([shortened(self.caption, room)]).stylize("bold"), right)

    def _pace(self) -> Content:
        now = self.playback
        still = Content.styled("■" if now.over else "‖ paused", "$quiet")
        state = Content.styled("▶ playing", "$accent") if now.playing else still
        return Content.assemble(state, Content.styled(f"  ×{now.speed}", "$quiet"))


def _answered(totals: Totals) -> str:
    """Return what came of a day on which nothing was updated."""
    missed = totals.errors_5xx + totals.errors_4xx + totals.slo_missed + totals.unanswered
    return f"{missed:,} of {totals.requests:,} requests missed"


def ended(film: Film, t: float) -> Content:
    """Return how the update ended, or nothing as long as that is open."""
    if not film.over(t):
        return Content("")
    outcome = film.run.outcome
    at = film.run.update_ended_s
    if outcome == "no-update" and at is None and film.run.totals.requests:
        return plain(_answered(film.run.totals), "bold")
    sign: Sign = RIGHT if outcome in FINE else WRONG
    when = f" at {clock(at)}" if at is not None else ""
    return Content.styled(f"{sign.mark} {OUTCOMES[outcome]}{when}", f"bold {sign.style}")
