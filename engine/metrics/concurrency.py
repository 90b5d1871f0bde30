"""How many requests a fleet has in work: ConcurrentRequestsPerModel, published every ten seconds (spec sagemaker 6.1).

AWS lists its Min and Max and says no more. Here the two are the least and the most at any moment of the ten seconds
over the instances of a fleet, from the arrival of a request to its answer, waiting included: as many as there are for
each instance, since a policy that tracks the metric adds instances to bring it down (spec inference 1.4).
"""

from __future__ import annotations

from collections.abc import Iterable
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


class InWork:
    """Counts the requests in work of one fleet, bucket after bucket, each request once."""

    __slots__ = ("_came", "_left", "_levels", "_went")

    def __init__(self, answers: Iterable[Answers]) -> None:
        """Begin with what is known."""
        self._came: list[Floats] = []
        self._went: list[Floats] = []
        self._left = 0
        """Requests in work when the last counted bucket ends."""
        self._levels: list[Level] = []
        for each in answers:
            self.take(each)

    def take(self, answers: Answers) -> None:
        """Take in answers, to later requests than those before."""
        self._came.append(answers.arrival)
        self._went.append(answers.completion)

    def level(self, bucket: int) -> Level:
        """Return the level over a bucket, given all answers to requests that came before its end."""
        self.count(bucket + 1)
        return self._levels[bucket]

    def count(self, until: int) -> None:
        """Count all buckets up to this one, without it, in one go."""
        first = len(self._levels)
        if first >= until:
            return
        begins = np.arange(first, until) * float(BUCKET_S)
        came, self._came = _parted(self._came, until * BUCKET_S)
        went, self._went = _parted(self._went, until * BUCKET_S)
        went.sort()
        moments = np.concatenate((begins, came, went))
        order = moments.argsort(kind="stable")  # three ascending columns are merged faster than anything is sorted
        moments = moments.take(order)
        level = _STEPS.repeat((len(begins), len(came), len(went))).take(order).cumsum()
        level += self._left
        self._left = int(level[-1])
        last = np.append(moments[1:] != moments[:-1], True).nonzero()[0]
        level, places = level.take(last), moments.take(last).searchsorted(begins)
        least, most = np.minimum.reduceat(level, places), np.maximum.reduceat(level, places)
        self._levels += map(Level, least.tolist(), most.tolist())


_STEPS = np.array([0, 1, -1])
"""What a bucket that begins, a request that comes and one that goes do to the level."""


def _parted(columns: list[Floats], end: float) -> tuple[Floats, list[Floats]]:
    """Return the moments before `end`, and what is left."""
    moments = np.concatenate(columns).round(DECIMALS) if columns else np.empty(0)
    before = moments < end
    return moments[before], [moments[~before]]
