"""What lives by a clock: it runs by itself, and is held while something lies over the screen or is on its way."""

from __future__ import annotations

from textual.containers import Vertical
from textual.reactive import reactive, var

from course.tui.incident.shift import Shift
from course.tui.widgets.same_in_focus import SameInFocus

FRAME_S = 0.1
"""Seconds on the wall between two looks at the clock."""


class OnClock(SameInFocus, Vertical, can_focus=True):
    """Holds the shift, and the moment that is drawn. Subclasses say what happens when the time is up."""

    shift: reactive[Shift] = reactive(Shift())
    t: reactive[float] = reactive(0.0)
    """What the charts show; it follows `shift`."""
    waiting: reactive[bool] = reactive(False)
    """Is the learner looking at something else, such as a question? Then the clock is held."""
    sending: var[bool] = var(False)
    """Is a request on its way? Then nothing else can be done, and the clock is held."""

    def start(self, shift: Shift) -> None:
        """Let the clock run from here."""
        self.shift = shift
        self.set_interval(FRAME_S, self.tick)

    def tick(self) -> None:
        """Let the time of a frame pass, unless the learner is looking at something else."""
        self.waiting = not self.screen.is_active
        if not self.waiting:
            self.advance(FRAME_S)

    def advance(self, seconds: float) -> None:
        """Let so many seconds pass on the wall."""
        if self.sending:
            return
        before, self.shift = self.shift, self.shift.after(seconds)
        if self.shift.over and not before.over:
            self.time_up()

    def time_up(self) -> None:
        """Do what is to be done at the end of the counted time."""
        raise NotImplementedError

    def watch_shift(self, shift: Shift) -> None:
        """Move the charts along."""
        self.t = shift.shown

    def action_hold(self) -> None:
        """Hold the clock, or let it go on."""
        self.shift = self.shift.toggled()

    def action_faster(self) -> None:
        """Let time pass faster."""
        self.shift = self.shift.with_speed(1)

    def action_slower(self) -> None:
        """Let time pass slower."""
        self.shift = self.shift.with_speed(-1)
