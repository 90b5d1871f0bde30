"""A run that can be played, paused, stepped and scrubbed. One value, `playback`, moves everything."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.reactive import reactive
from textual.timer import Timer

from course.tui.commands import bindings
from course.tui.lab.run.charts.time_chart import Scrubbed
from course.tui.lab.run.commands import NEXT_VIEW, PLAYER
from course.tui.lab.run.endpoint_line import EndpointLine
from course.tui.lab.run.playback import STEP_S, Playback
from course.tui.lab.run.playback_line import PlaybackLine
from course.tui.lab.run.views import RunViews, scroll_views
from course.tui.widgets.same_in_focus import SameInFocus
from labs.film.film import Film

FRAME_S = 0.1
"""Between two frames while playing; at the usual speed a second shows a minute."""


class Player(SameInFocus, Vertical, can_focus=True):
    """Everything about one run at one moment. Moving the play head by hand pauses."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLAYER, NEXT_VIEW)

    film: reactive[Film | None] = reactive(None)
    playback: reactive[Playback] = reactive(Playback(), repaint=False)
    t: reactive[float] = reactive(0.0, repaint=False)
    """The play head, for the views; it follows `playback`."""
    caption: reactive[str] = reactive("")
    other: reactive[Film | None] = reactive(None)
    """Another plan's film, drawn over this one's charts."""

    def compose(self) -> ComposeResult:
        """The transport, the endpoint, the views."""
        yield PlaybackLine().data_bind(Player.film, Player.playback, Player.caption)
        yield EndpointLine().data_bind(Player.film, Player.t)
        yield RunViews().data_bind(Player.film, Player.other, Player.t)

    def on_mount(self) -> None:
        """Have a clock ready, standing still."""
        self._clock: Timer = self.set_interval(FRAME_S, self._tick, pause=True)

    def show(self, film: Film, caption: str, t: float | None = None) -> None:
        """Put a film in, at its opening or at `t`."""
        self.caption = caption
        self.film, self.other = film, None
        start = film.opening_s if t is None else t
        self.playback = Playback(end=film.run.ended_s, speed=self.playback.speed).at(start)

    def watch_playback(self, before: Playback, playback: Playback) -> None:
        """Move the play head, and run the clock only while playing."""
        self.t = playback.t
        if self.is_mounted:
            (self._clock.resume if playback.playing else self._clock.pause)()
        if before.playing != playback.playing:
            self.refresh_bindings()

    def _tick(self) -> None:
        self.playback = self.playback.after(FRAME_S)

    def on_hide(self) -> None:
        """Do not play to nobody."""
        self.playback = self.playback.paused()

    @on(Scrubbed)
    def scrub(self, event: Scrubbed) -> None:
        """Go where the learner points."""
        event.stop()
        self.go(event.t)

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

    def start(self) -> None:
        """Play what has just been put in, unless nothing shall move by itself."""
        if self.app.animation_level != "none":
            self.action_play()

    def action_play(self) -> None:
        """Play; without animations, jump."""
        if self.app.animation_level == "none":
            self.action_next_event()
        else:
            self.playback = self.playback.toggled()

    def action_pause(self) -> None:
        """Stand still."""
        self.playback = self.playback.paused()

    def action_faster(self) -> None:
        """Play faster."""
        self.playback = self.playback.with_speed(1)

    def action_slower(self) -> None:
        """Play slower."""
        self.playback = self.playback.with_speed(-1)

    def action_look_down(self) -> None:
        """Scroll what is beside the charts."""
        scroll_views(self, 1)

    def action_look_up(self) -> None:
        """Scroll it back."""
        scroll_views(self, -1)

    def action_next_view(self) -> None:
        """Show the next view."""
        self.query_one(RunViews).next_view()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What plays can be paused, what stands can be played."""
        match action:
            case "play":
                return not self.playback.playing
            case "pause":
                return self.playback.playing
        return True
