"""How soon after one activity the next may follow (spec inference 1.6). Scheduled actions ignore all of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

DEFAULT_S = 300
"""Of variants, inference components and provisioned concurrency, and of step policies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooldowns:
    """What is left of earlier activities; times are seconds from the start of the run."""

    out_until: float = -math.inf
    added: int = 0
    """Capacity that was added since the scale-out cooldown began."""
    in_until: float = -math.inf

    def base(self, current: int, now: float) -> int:
        """Return the capacity that a scale-out adds to: in the cooldown that which was there before the last one, so
        that only a larger one acts, less what was added already.
        """
        return current - self.added if now < self.out_until else current

    def lets_in(self, now: float) -> bool:
        """May a scale-in begin?"""
        return now >= self.in_until

    def after(self, before: int, capacity: int, *, began: float, now: float, cooldown_s: float) -> Cooldowns:
        """Return the same after an activity that has succeeded: a scale-out ends the scale-in cooldown."""
        if capacity > before:
            added = capacity - before + (self.added if began < self.out_until else 0)
            return Cooldowns(out_until=now + cooldown_s, added=added)
        return replace(self, in_until=now + cooldown_s)
