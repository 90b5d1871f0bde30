"""Moving the play head by hand; whatever moves it also pauses."""

from __future__ import annotations

from textual.containers import Vertical
from textual.reactive import reactive

from course.tui.lab.run.playback import STEP_S, Playback
from course.tui.widgets.same_in_focus import SameInFocus
from labs.film.film import Film


class Seeking(SameInFocus, Vertical, can_focus=True):
    """A film and a play head."""

    film: reactive[Film | None] = reactive(None)
    playback: reactive[Playback] = reactive(Playback(), repaint=False)
    t: reactive[float] = reactive(0.0, repaint=False)
    """The play head, for the views; it follows `playback`."""

    def go(self, t: float | None) -> None:
        """Stand still at `t`; None goes nowhere."""
        if t is not None:
            self.playback = self.playback.paused().at(t)

    def action_next_event(self) -> None:
        """Jump to where something happens, at last to the end."""
        if self.film is not None:
            stop = self.film.next_stop(self.t)
            self.go(self.playback.end if stop is None else stop)

    def action_previous_event(self) -> None:
        """Jump back to where something happened, at last to the start."""
        if self.film is not None:
            self.go(self.film.previous_stop(self.t) or 0.0)

    def action_step_on(self) -> None:
        """Move on a little."""
        self.go(self.t + STEP_S)

    def action_step_back(self) -> None:
        """Move back a little."""
        self.go(self.t - STEP_S)

    def action_to_start(self) -> None:
        """Go to the start."""
        self.go(0.0)

    def action_to_finish(self) -> None:
        """Go to the end."""
        self.go(self.playback.end)
