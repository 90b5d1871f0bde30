"""What became of requests: one row each, in order of arrival."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class Answers(NamedTuple):
    """Answers of one fleet, from one stretch; times in seconds. A tuple, since thousands are made in a run."""

    status: npt.NDArray[np.uint8]
    arrival: Floats
    completion: Floats
    """When the caller had the answer, without the overhead."""
    model_s: Floats
    """ModelLatency in seconds."""
    overhead_s: Floats
    """OverheadLatency in seconds."""
    work_s: Floats
    """Time for which each keeps a worker busy; 0 for a refused request."""
    more: tuple[Floats, ...] = ()
    """Columns that only one kind of fleet has, which says what they are."""
