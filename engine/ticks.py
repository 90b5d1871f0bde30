"""Times as whole numbers of a very short time, so that it does not matter in which order they are added up.

Sums of binary fractions of one size are exact as long as they stay below 2**27 seconds, four years. Queues are worked
out piece by piece, and where the pieces end depends on who has looked: with any fractions the last digits would tell.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
TICKS_PER_S = float(1 << 26)
"""A tick is 15 nanoseconds; CloudWatch counts latencies in microseconds."""


def whole_ticks(seconds: Floats) -> Floats:
    """Return the nearest whole number of ticks for each time, in seconds."""
    ticks = seconds * TICKS_PER_S
    np.rint(ticks, out=ticks)
    ticks /= TICKS_PER_S
    return ticks
