"""The play head as a value: where it is, whether it moves, how fast."""

from __future__ import annotations

from dataclasses import dataclass, replace

SPEEDS = (10, 30, 60, 120, 300)
"""Simulated seconds per second."""
STEP_S = 15.0
"""What an arrow key moves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Playback:
    """A place in a film that ends at `end`."""

    t: float = 0.0
    end: float = 0.0
    playing: bool = False
    speed: int = 60

    @property
    def over(self) -> bool:
        """Is it at the end?"""
        return self.t >= self.end

    def at(self, t: float) -> Playback:
        """Return it at `t`, which stays within the film; at the end it stands still."""
        t = max(0.0, min(self.end, t))
        return replace(self, t=t, playing=self.playing and t < self.end)

    def after(self, seconds: float) -> Playback:
        """Return it after so many seconds of the learner's time."""
        return self.at(self.t + self.speed * seconds) if self.playing else self

    def toggled(self) -> Playback:
        """Return it playing or paused; from the end it plays from the beginning."""
        if self.playing:
            return replace(self, playing=False)
        return replace(self, playing=self.end > 0, t=0.0 if self.over else self.t)

    def paused(self) -> Playback:
        """Return it standing still."""
        return replace(self, playing=False)

    def with_speed(self, steps: int) -> Playback:
        """Return it some speeds faster, or slower for a negative number."""
        place = max(0, min(len(SPEEDS) - 1, SPEEDS.index(self.speed) + steps))
        return replace(self, speed=SPEEDS[place])
