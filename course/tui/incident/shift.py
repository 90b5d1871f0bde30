"""The clock of a shift as a value: it runs, it is held, it never goes back."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from labs.incidents.session import SPEEDS, Speed


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A moment of a session that ends at `end`; seconds of the run."""

    t: float = 0.0
    end: float = 0.0
    speed: Speed = 10
    running: bool = False

    def after(self, seconds: float) -> Shift:
        """Return it after so many seconds on the wall."""
        if not self.running or seconds <= 0:
            return self
        t = min(self.end, self.t + self.speed * seconds)
        return replace(self, t=t, running=t < self.end)

    def toggled(self) -> Shift:
        """Return it held or going on; nothing goes on after the end."""
        return replace(self, running=not self.running and not self.over)

    def with_speed(self, steps: int) -> Shift:
        """Return it some speeds faster, or slower for a negative number."""
        place = max(0, min(len(SPEEDS) - 1, SPEEDS.index(self.speed) + steps))
        return replace(self, speed=SPEEDS[place])

    @property
    def over(self) -> bool:
        """Is the counted time up?"""
        return self.t >= self.end

    @property
    def shown(self) -> float:
        """The moment that is drawn: whole seconds, so that slow clocks need no frames in between."""
        return float(math.floor(self.t))
