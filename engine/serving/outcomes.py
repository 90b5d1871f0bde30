"""What answers lead to, counted as the caller counts it (spec inference 8).

The caller learns from an answer which variant gave it. A request that failed, or whose answer came after the caller had
hung up, tells it nothing: it counts neither as an answer nor as an outcome. So a variant that loses requests shows a
share of the answers that is too small, which a test of the sample ratio finds. Of an asynchronous variant the caller
only hears that a request was accepted, and counts nothing; of a shadow it hears nothing at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
import numpy.typing as npt

from engine.experiments.of_run import NOTHING, MinuteCount, VariantOutcomes
from engine.serving.answers import Answers
from engine.serving.batch import OK
from engine.serving.fleet import Fleet
from engine.serving.tally import Tally
from engine.traffic.arrivals import Slot
from engine.traffic.streams import Purpose
from engine.traffic.workload import BusinessOutcome, Workload

Ints = npt.NDArray[np.intp]
MINUTE_S = 60


class Outcomes:
    """Counts what the answers of a run lead to, per fleet and minute; no request is remembered."""

    def __init__(self, outcome: BusinessOutcome, client_timeout_s: float, until_s: float) -> None:
        """Requests that come before `until_s` count in the sums of the run; the metric counts all."""
        self.of = outcome
        self._timeout_s, self._until_s = client_timeout_s, until_s
        self._fleets: dict[int, Fleet] = {}
        self._counted: dict[int, Tally] = {}
        self._after: dict[int, Tally] = {}

    @classmethod
    def asked_for(cls, workload: Workload, until_s: float) -> Outcomes | None:
        """Return the counter that the workload needs, None where nobody counts."""
        return None if workload.outcome is None else cls(workload.outcome, workload.client_timeout_s, until_s)

    def count(self, slot: Slot, fleet: Fleet, index: slice | Ints, answers: Answers) -> None:
        """Count what a fleet answered; `index` is the place of each request in the slot."""
        if fleet.asynchronous is not None:
            return
        rate = self.of.base_rate if fleet.model.converts is None else fleet.model.converts
        heard = (answers.status == OK) & (answers.model_s + answers.overhead_s <= self._timeout_s)
        won = (slot.draw(Purpose.OUTCOME)[index] < rate)[heard]
        minute = (answers.completion[heard] // MINUTE_S).astype(np.intp)
        n = int(np.count_nonzero(heard[: answers.arrival.searchsorted(self._until_s)]))
        self._fleets[id(fleet)] = fleet
        self._counted.setdefault(id(fleet), Tally()).add(minute[:n], won[:n])
        if n < len(minute):
            self._after.setdefault(id(fleet), Tally()).add(minute[n:], won[n:])

    def in_minute(self, fleet: Fleet, minute: int) -> MinuteCount:
        """Return what the caller counted of a fleet in one minute, up to whose end all requests have been answered."""
        found = [tallies[id(fleet)].at(minute) for tallies in (self._counted, self._after) if id(fleet) in tallies]
        return reduce(MinuteCount.plus, found, NOTHING)

    def result(self) -> tuple[VariantOutcomes, ...]:
        """Return the sums over the requests of the counted time, by variant and configuration, as they first came."""
        alike: dict[tuple[str, str, str], list[Tally]] = {}
        for place, tally in self._counted.items():
            fleet = self._fleets[place]
            key = fleet.variant.variant_name, fleet.config, fleet.variant.model_name
            alike.setdefault(key, []).append(tally)
        return tuple(_added_up(*key, tallies) for key, tallies in alike.items())


def _added_up(variant: str, config: str, model: str, tallies: Sequence[Tally]) -> VariantOutcomes:
    end = max((minute + 1 for tally in tallies for minute in tally.answers), default=0)
    counts = [[tally.at(minute) for tally in tallies] for minute in range(end)]
    per_minute = tuple(reduce(MinuteCount.plus, found) for found in counts)
    return VariantOutcomes(variant=variant, config=config, model=model, per_minute=per_minute)
