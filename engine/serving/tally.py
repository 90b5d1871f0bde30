"""Answers of one fleet counted by the minute, and those among them that were what one hopes for."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from engine.experiments.of_run import MinuteCount

Ints = npt.NDArray[np.intp]


@dataclass(slots=True)
class Tally:
    """Answers and outcomes, by the minute of the answer."""

    answers: dict[int, int] = field(default_factory=dict)
    outcomes: dict[int, int] = field(default_factory=dict)

    def add(self, minute: Ints, won: npt.NDArray[np.bool_]) -> None:
        """Count answers of these minutes, and which of them led to the outcome."""
        if not len(minute):
            return
        first = int(minute.min())
        for counts, found in ((self.answers, minute), (self.outcomes, minute[won])):
            for place, count in enumerate(np.bincount(found - first).tolist(), first):
                if count:
                    counts[place] = counts.get(place, 0) + count

    def at(self, minute: int) -> MinuteCount:
        """Return what was counted in one minute."""
        return MinuteCount(self.answers.get(minute, 0), self.outcomes.get(minute, 0))
