"""What became of requests: one row each, in order of arrival."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class Answers(NamedTuple):
    """Answers of one fleet, from one stretch; times in seconds. A tuple, since thousands are made in a run."""

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
        arrival, completion, status, model_s, overhead_s, work_s = self
        return Answers(
            arrival[where], completion[where], status[where], model_s[where], overhead_s[where], work_s[where]
        )


def joined(parts: Sequence[Answers]) -> Answers:
    """Return all answers as one."""
    if len(parts) == 1:
        return parts[0]
    return Answers(*map(np.concatenate, zip(*parts, strict=True)))
