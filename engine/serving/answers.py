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


class Outcomes(NamedTuple):
    """What the metrics of a minute are made of, in the columns of `Answers`."""

    status: npt.NDArray[np.uint8]
    model_s: Floats
    overhead_s: Floats
    work_s: Floats


def joined(parts: Sequence[Answers]) -> Outcomes:
    """Return the outcomes of all parts, one after the other."""
    return Outcomes(
        np.concatenate([part.status for part in parts]),
        np.concatenate([part.model_s for part in parts]),
        np.concatenate([part.overhead_s for part in parts]),
        np.concatenate([part.work_s for part in parts]),
    )
