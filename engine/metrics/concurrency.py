"""How many requests a fleet has in work: ConcurrentRequestsPerModel, published every ten seconds (spec sagemaker 6.1).

AWS lists its Min and Max and says no more. Here the two are the least and the most at any moment of the ten seconds
over the instances of a fleet, from the arrival of a request to its answer, waiting included: as many as there are for
each instance, since a policy that tracks the metric adds instances to bring it down (spec inference 1.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.serving.answers import Answers

Floats = npt.NDArray[np.float64]
BUCKET_S = 10
"""Bucket k covers the ten seconds from 10 k on."""
DELAY_S = 10.0
"""End of a bucket to its visibility: not published. Alarms with a Period of 10 look back 30 s when N = 1, and could
never see a point that takes as long as those of a minute."""
DECIMALS = 6
"""Of a second: two moments closer than a microsecond are one, whatever floating point makes of them."""


class Level(NamedTuple):
    """Least and most requests in work in one bucket."""

    least: float
    most: float


def buckets_of(minutes: range) -> range:
    """Return the buckets that make up some minutes."""
    each = 60 // BUCKET_S
    return range(minutes.start * each, minutes.stop * each)


def levels(parts: Sequence[Answers], buckets: range) -> dict[int, Level]:
    """Return the level over each bucket, given at least all answers to requests that came before its end and were not
    answered before its beginning.
    """
    if not parts:
        return dict.fromkeys(buckets, Level(0.0, 0.0))
    came = _moments([part.arrival for part in parts])
    went = _moments([part.completion for part in parts])
    return {bucket: _level(came, went, bucket * BUCKET_S, (bucket + 1) * BUCKET_S) for bucket in buckets}


def _level(came: Floats, went: Floats, begin: float, end: float) -> Level:
    inside = [column[column.searchsorted(begin) : column.searchsorted(end)] for column in (came, went)]
    moments = np.concatenate([[begin], *inside])
    level = came.searchsorted(moments, "right") - went.searchsorted(moments, "right")
    return Level(float(level.min()), float(level.max()))


def _moments(columns: Sequence[Floats]) -> Floats:
    return np.sort(np.concatenate(columns).round(DECIMALS))
