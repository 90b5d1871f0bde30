"""What became of requests: one row each, in order of arrival."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers of one fleet, from one stretch; times in seconds."""

    arrival: Floats
    completion: Floats
    """When the caller had the answer, without the overhead."""
    status: npt.NDArray[np.uint8]
    model_s: Floats
    """ModelLatency in seconds."""
    overhead_s: Floats
    """OverheadLatency in seconds."""
    work_s: Floats
    """Time for which each keeps a worker busy; 0 for a refused request."""

    def part(self, where: slice | npt.NDArray[np.bool_]) -> Answers:
        """Return some of the answers."""
        return Answers(
            self.arrival[where],
            self.completion[where],
            self.status[where],
            self.model_s[where],
            self.overhead_s[where],
            self.work_s[where],
        )


def joined(parts: Sequence[Answers]) -> Answers:
    """Return all answers as one."""
    return Answers(
        np.concatenate([part.arrival for part in parts]),
        np.concatenate([part.completion for part in parts]),
        np.concatenate([part.status for part in parts]),
        np.concatenate([part.model_s for part in parts]),
        np.concatenate([part.overhead_s for part in parts]),
        np.concatenate([part.work_s for part in parts]),
    )
