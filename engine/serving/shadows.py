"""Shadow variants: copies of requests, answered for nobody (spec sagemaker 9, inference 7.3).

A copy is taken of what a production fleet answers. What becomes of it goes to the metrics of the shadow, to the
comparison of the two models, and nowhere else: the ledger of what callers saw never hears of it. Time-outs and queue
limits between production and shadow are not published (spec inference 7.3): here a copy is handed over at once, and the
shadow's own queue is the only one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.experiments.of_run import NOTHING, MinuteCount
from engine.run import Agreement
from engine.serving.answers import Answers
from engine.serving.batch import OK
from engine.serving.fleet import Fleet
from engine.serving.routing import Copies
from engine.serving.tally import Tally
from engine.traffic.arrivals import Slot
from engine.traffic.streams import Purpose
from engine.traffic.workload import AnswerComparison, Workload

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]
MINUTE_S = 60


@dataclass(slots=True)
class Comparison:
    """What production and shadow made of the same requests, added up."""

    copied: int = 0
    compared: int = 0
    agreed: int = 0
    right_production: int = 0
    right_shadow: int = 0

    def add(self, copied: int, production: Bools, shadow: Bools) -> None:
        """Count copies, and of those that both answered whether each was right."""
        self.copied += copied
        self.compared += len(production)
        self.agreed += int(np.count_nonzero(production == shadow))
        self.right_production += int(np.count_nonzero(production))
        self.right_shadow += int(np.count_nonzero(shadow))


@dataclass(frozen=True, slots=True)
class Hand:
    """What a production fleet answered in one stretch; `index` is the place of each request in the slot."""

    fleet: Fleet
    index: slice | Ints
    answers: Answers


@dataclass(frozen=True, slots=True)
class Copied:
    """Requests of a hand that go to a shadow."""

    to: Copies
    hand: Hand
    place: Ints
    """Where they are in the hand."""
    index: Ints
    """Where they are in the slot."""
    dice: Floats
    """Uniform in [0, 1): which instance answers."""


class Agreements:
    """Counts for a metric how often shadows answer as production does, per shadow fleet and minute."""

    def __init__(self, comparison: AnswerComparison) -> None:
        self.of = comparison
        self._tallies: dict[int, Tally] = {}

    @classmethod
    def asked_for(cls, workload: Workload) -> Agreements | None:
        """Return the counter that the workload needs, None where nobody compares."""
        return None if workload.comparison is None else cls(workload.comparison)

    def count(self, shadow: Fleet, completion: Floats, alike: Bools) -> None:
        """Count copies that both have answered, by the minute of the shadow's answer."""
        self._tallies.setdefault(id(shadow), Tally()).add((completion // MINUTE_S).astype(np.intp), alike)

    def in_minute(self, fleet: Fleet, minute: int) -> MinuteCount:
        """Return what was counted of a shadow in one minute."""
        return self._tallies[id(fleet)].at(minute) if id(fleet) in self._tallies else NOTHING


class Shadows:
    """Takes the copies of a run, and compares."""

    def __init__(self, until_s: float, agreements: Agreements | None = None) -> None:
        self._until_s, self._agreements = until_s, agreements
        self._comparisons: dict[str, Comparison] = {}

    def agreement(self) -> Mapping[str, Agreement]:
        """Return what came of it, by `configuration/variant` of the shadow."""
        return {
            name: Agreement(
                copied=each.copied,
                compared=each.compared,
                agreed=each.agreed,
                right_production=each.right_production,
                right_shadow=each.right_shadow,
            )
            for name, each in self._comparisons.items()
        }

    def expect(self, copies: Sequence[Copies]) -> None:
        """Know of these shadows, also if nothing is ever copied."""
        for each in copies:
            self._comparisons.setdefault(_name(each.shadow), Comparison())

    def copied(
        self, slot: Slot, copies: Sequence[Copies], hands: Sequence[Hand], begin: float, end: float
    ) -> Iterator[Copied]:
        """Yield which requests of these hands that came in [begin, end) are copied to which shadow.

        One uniform per request decides: below the share it is copied, and stretched over [0, 1) it chooses the
        instance. So what a small share copies, every larger one copies too.
        """
        for each in copies:
            for hand in hands:
                if hand.fleet is each.source:
                    dice = slot.draw(Purpose.SHADOW)[hand.index]
                    first, behind = hand.answers.arrival.searchsorted((begin, end))
                    place = np.flatnonzero(dice[first:behind] < each.share) + first
                    index = place + hand.index.start if isinstance(hand.index, slice) else hand.index[place]
                    if len(place):
                        yield Copied(each, hand, place, index, dice[place] / each.share)

    def answer(self, slot: Slot, copied: Copied) -> Answers:
        """Let the shadow answer its copies."""
        answers = copied.to.shadow.answer(slot, copied.index, copied.dice)
        self._compare(slot, copied, answers)
        return answers

    def _compare(self, slot: Slot, copied: Copied, answers: Answers) -> None:
        """Count what came in the counted time, and for the metric all; where one of the two failed there is nothing to
        compare."""
        production, shadow = copied.hand.fleet, copied.to.shadow
        n = int(np.searchsorted(answers.arrival, self._until_s))
        comparison, none = self._comparisons[_name(shadow)], np.zeros(0, dtype=np.bool_)
        if production.model.answers is None or shadow.model.answers is None:
            comparison.add(n, none, none)
            return
        both = (copied.hand.answers.status[copied.place] == OK) & (answers.status == OK)
        right = [_right(slot, fleet)[copied.index] for fleet in (production, shadow)]
        comparison.add(n, *(each[:n][both[:n]] for each in right))
        if self._agreements is not None:
            self._agreements.count(shadow, answers.completion[both], (right[0] == right[1])[both])


def _right(slot: Slot, fleet: Fleet) -> Bools:
    """Return which requests of a slot the fleet's model would answer rightly."""
    judgement = fleet.model.answers
    assert judgement is not None, "asked only where both models say how good they are"
    right: Bools = slot.draw(Purpose.TRUTH) < judgement.right
    if judgement.independent:
        dice = slot.uniform_of(Purpose.JUDGEMENT, fleet.variant.model_name)
        alone = dice < judgement.independent
        right = np.where(alone, dice < judgement.independent * judgement.right, right)
    return right


def _name(fleet: Fleet) -> str:
    return f"{fleet.config}/{fleet.variant.variant_name}"
