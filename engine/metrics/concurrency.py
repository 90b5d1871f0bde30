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

Ints = npt.NDArray[np.int64]
BUCKET_S = 10
"""Bucket k covers the ten seconds from 10 k on."""
DELAY_S = 10.0
"""End of a bucket to its visibility: not published. Alarms with a Period of 10 look back 30 s when N = 1, and could
never see a point that takes as long as those of a minute."""
MICROSECONDS = 1e6
"""Two moments closer than a microsecond are one, whatever floating point makes of them."""
BUCKET_US = int(BUCKET_S * MICROSECONDS)
GOES, BEGINS, COMES = 0, 1, 2
"""What happens at a moment: one less in work, a bucket that begins, one more. It is written behind the moment, in the
last two bits of a whole number, so that there is one column to bring in order."""


class Level(NamedTuple):
    """Least and most requests in work in one bucket."""

    least: float
    most: float


NOBODY = Level(0.0, 0.0)


class InWork:
    """Counts the requests in work of one fleet, bucket after bucket, each request once."""

    __slots__ = ("_left", "_levels", "_what")

    def __init__(self, answers: Iterable[Answers]) -> None:
        """Begin with what is known."""
        self._what: list[Ints] = [_marks(range(1))]
        """What happens from the beginning of the next bucket on."""
        self._left = 0
        """Requests in work when the last counted bucket ends."""
        self._levels: list[Level] = []
        for each in answers:
            self.take(each)

    def take(self, answers: Answers) -> None:
        """Take in answers."""
        seconds = np.concatenate((answers.arrival, answers.completion))
        what = np.rint(seconds * MICROSECONDS).astype(np.int64) << 2
        what[: len(answers.arrival)] += COMES
        self._what.append(what)

    def level(self, bucket: int) -> Level:
        """Return the level over a bucket, given all answers to requests that came before its end."""
        self.count(bucket + 1)
        return self._levels[bucket]

    def count(self, until: int) -> None:
        """Count all buckets up to this one, without it, in one go."""
        buckets = range(len(self._levels), until)
        if not buckets:
            return
        marks = _marks(range(buckets.start + 1, until + 1))
        if not self._left and sum(map(len, self._what)) == 1:
            self._levels += [NOBODY] * len(buckets)
            self._what = [marks[-1:]]
            return
        what = np.concatenate((*self._what, marks))
        what.sort()
        end = int(what.searchsorted(marks[-1] - BEGINS))
        self._what = [what[end:].copy()]
        moments = what[: end + 1] >> 2
        level = ((what[:end] & 3) - BEGINS).cumsum() + self._left
        self._left = int(level[-1])
        last = (moments[1:] != moments[:-1]).nonzero()[0]
        places = moments[last].searchsorted([bucket * BUCKET_US for bucket in buckets])
        level = level[last]
        least, most = np.minimum.reduceat(level, places), np.maximum.reduceat(level, places)
        self._levels += map(Level, least.tolist(), most.tolist())


def _marks(buckets: range) -> Ints:
    return np.arange(buckets.start, buckets.stop) * (BUCKET_US << 2) + BEGINS
