"""How simulated time follows the wall's: not at all, or so many times as fast."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

FASTEST = 120
"""Simulated seconds per second of the wall, at most: a minute of metrics then passes in half a second."""


ABSENT = "Absent"
"""Of an endpoint that is not there."""
STATUSES = (
    *("InService", "Updating", "RollingBack", "Creating", "SystemUpdating", "Deleting", "Failed", "OutOfService"),
    *("UpdateRollbackFailed", ABSENT),
)
"""Of an endpoint that somebody may wait for; `Absent` is ours."""


class Clock(Protocol):
    """Says how late it is in the run; both times are seconds, of the run and of any clock that never goes back."""

    def due_s(self, now_s: float, wall_s: float) -> float:
        """Return up to when the run should have come."""

    def moved(self, to_s: float, wall_s: float) -> Clock:
        """Return the clock that goes on from this time of the run."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Time stands still except when somebody moves it."""

    def due_s(self, now_s: float, wall_s: float) -> float:
        """Return the time that it is."""
        return now_s

    def moved(self, to_s: float, wall_s: float) -> Standing:
        """Return the same clock: it keeps nothing."""
        return self


@dataclass(frozen=True, slots=True)
class Warped:
    """Time passes by itself, faster than the wall's or as fast."""

    speed: float
    """Simulated seconds per second of the wall."""
    since_s: float
    since_wall_s: float

    def due_s(self, now_s: float, wall_s: float) -> float:
        """Return what the clock shows, which never goes back."""
        return max(now_s, self.since_s + self.speed * (wall_s - self.since_wall_s))

    def moved(self, to_s: float, wall_s: float) -> Warped:
        """Return the clock that shows this time at this moment of the wall's."""
        return Warped(self.speed, to_s, wall_s)


_PART = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)(ms|s|m|h|d|)")
_SECONDS = {"ms": 0.001, "s": 1.0, "": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}


def duration_s(text: str) -> float | None:
    """Return the seconds of a duration such as `30`, `5m` or `1h30m`; None if it is none."""
    parts = _PART.findall(text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        return None
    return float(sum(float(number) * _SECONDS[unit] for number, unit in parts))
