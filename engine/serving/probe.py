"""One request more than the workload's, answered as a fleet would answer it.

Where there is a workload it leaves no trace. A copy of the fleet answers, and the random numbers are of a seed of their
own: fleets, metrics and the workload's requests are as if nobody had asked. So probes do not queue behind each other,
and nobody waits for them: a hundred of them at once say how a hundred single ones would fare, not what a load of a
hundred does. An endpoint that nobody else calls answers and counts them itself.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import NamedTuple

import numpy as np

from engine.serving.answers import Answers
from engine.serving.fleet import Fleet
from engine.serving.routing import Routes
from engine.ticks import whole_ticks
from engine.traffic.arrivals import Slot
from engine.traffic.streams import Purpose, Streams


class Probe(NamedTuple):
    """What becomes of the request."""

    fleet: Fleet
    """That has it."""
    answers: Answers
    """One row."""


def request_at(now: float, seed: int, number: int) -> Slot:
    """Return the probe of that number in a run of that seed, which comes now."""
    own = int(Streams(seed).at(Purpose.PROBE, 0).integers(1 << 62))
    return Slot(number, now, 1.0, whole_ticks(np.array([now])), Streams(own))


def probe(
    routes: Routes, slot: Slot, variant: str | None = None, count: Callable[[Fleet, Answers], None] | None = None
) -> Probe | None:
    """Answer the request of a slot, by the named variant or one chosen by the weights; None if nobody takes it.

    The fleets must have answered everything that came before it. One that has no instance to answer, as an
    asynchronous one, is not to be asked. With `count` the fleet itself answers, and that is told.
    """
    dice = slot.draw(Purpose.ROUTE)
    slices = routes.slices if variant is None else routes.by_variant.get(variant, ())
    part = next((each for each in slices if len(each.picks(dice))), None)
    if part is None:
        return None
    fleet = part.fleet if count is not None else deepcopy(part.fleet)
    answers = fleet.answer(slot, slice(0, 1), part.stretched(dice))
    if count is not None:
        count(fleet, answers)
    return Probe(part.fleet, answers)
