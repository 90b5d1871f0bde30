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
Ints = npt.NDArray[np.int64]
BUCKET_S = 10
"""Bucket k covers the ten seconds from 10 k on."""
DELAY_S = 10.0
"""End of a bucket to its visibility: not published. Alarms with a Period of 10 look back 30 s when N = 1, and could
never see a point that takes as long as those of a minute."""
MICROSECONDS = 1e6
"""Two moments closer than a microsecond are one, whatever floating point makes of them."""
GOES, BEGINS, COMES = 0, 1, 2
"""What happens at a moment: one less in work, a bucket that begins, one more. In its last two bits, so that to bring
whole numbers in order is all that is to be sorted."""


class Level(NamedTuple):
    """Least and most requests in work in one bucket."""

    least: float
    most: float


NOBODY = Level(0.0, 0.0)
NO_MOMENTS = np.empty(0, dtype=np.int64)


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
        came, self._came = _parted(self._came, until * BUCKET_S)
        went, self._went = _parted(self._went, until * BUCKET_S)
        if not self._left and not len(came):
            self._levels += [NOBODY] * (until - first)
            return
        begins = np.arange(first, until + 1) * (BUCKET_S * int(MICROSECONDS))
        what = np.concatenate((4 * went + GOES, 4 * begins + BEGINS, 4 * came + COMES))
        what.sort()
        level = ((what & 3) - BEGINS).cumsum() + self._left
        self._left = int(level[-1])
        moments = what >> 2
        last = (moments[1:] != moments[:-1]).nonzero()[0]
        level, places = level[last], moments[last].searchsorted(begins[:-1])
        least, most = np.minimum.reduceat(level, places), np.maximum.reduceat(level, places)
        self._levels += map(Level, least.tolist(), most.tolist())


def _parted(columns: list[Floats], end: float) -> tuple[Ints, list[Floats]]:
    """Return the moments before `end` in microseconds, and what is left."""
    if not columns:
        return NO_MOMENTS, columns
    moments = np.concatenate(columns)
    whole = np.rint(moments * MICROSECONDS).astype(np.int64)
    before = whole < end * MICROSECONDS
    return whole[before], [moments[~before]]
