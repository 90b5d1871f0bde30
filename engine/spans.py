"""The time between two moments such that both make exactly the second one, which floats do not promise."""

from __future__ import annotations

import math


def span(since: float, until: float) -> float:
    """Return how long after `since` it is `until`; added to `since`, which is a whole number, it gives just `until`."""
    found = until - since
    for near in (found, math.nextafter(found, math.inf), math.nextafter(found, -math.inf)):
        if since + near == until:
            return near
    return found
