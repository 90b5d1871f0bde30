"""Who asks: each request is one of so many users', and the caller keeps a user on one side (spec inference 8).

SageMaker routes request by request, so under weights a user meets both models sooner or later. The caller avoids it by
hashing the user to a TargetVariant.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from engine.run import MetVariants
from engine.traffic.arrivals import Slot
from engine.traffic.streams import Purpose, Streams
from engine.traffic.workload import Workload

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


class Users:
    """The users of a run: on which side each is, and which variants each has met."""

    def __init__(self, count: int, streams: Streams, until_s: float) -> None:
        """Only requests that come before `until_s` count."""
        self._side: Floats = streams.at(Purpose.SIDE, 0).random(count)
        self._met = np.zeros(count, dtype=np.uint64)
        """A bit for each variant: a plan does not bring as many names as there are bits."""
        self._bits: dict[str, int] = {}
        self._until_s = until_s

    @classmethod
    def asked_for(cls, workload: Workload, streams: Streams, until_s: float) -> Users | None:
        """Return the users of the workload, None where nobody knows them."""
        return None if workload.users is None else cls(workload.users, streams, until_s)

    def _who(self, slot: Slot) -> Ints:
        """Return which user each request of a slot is from; all of them ask equally often."""
        return (slot.draw(Purpose.CALLER) * len(self._side)).astype(np.intp)

    def aim(self, slot: Slot) -> Floats:
        """Return the hash of each request's user, uniform over [0, 1), which the caller chooses a TargetVariant by."""
        return self._side[self._who(slot)]

    def meet(self, slot: Slot, variant: str, index: slice | Ints) -> None:
        """Know that a variant answered these requests of a slot."""
        n = int(slot.arrival[index].searchsorted(self._until_s))
        bit = np.uint64(1 << self._bits.setdefault(variant, len(self._bits)) % 64)
        self._met[self._who(slot)[index][:n]] |= bit

    def result(self) -> MetVariants:
        """Return how many came, and how many of these met more than one variant."""
        variants = np.bitwise_count(self._met)
        return MetVariants(answered=int(np.count_nonzero(variants)), met_several=int(np.count_nonzero(variants > 1)))
