"""The data plane: answers all requests between two control events at once.

It lags behind the clock on purpose. Only two things move it: a change of the fleets or of the routing table, up to that
very moment, and somebody who reads a metric, up to the last whole minute at most, or the last whole ten seconds for
requests in work. How often it is moved changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from typing import Protocol

import numpy as np
import numpy.typing as npt

from engine.serving.answers import Answers
from engine.serving.fleet import Fleet
from engine.serving.ledger import Accounting, Ledger
from engine.serving.outcomes import Outcomes
from engine.serving.routing import Copies, Routes
from engine.serving.shadows import Agreements, Hand, Shadows
from engine.serving.users import Users
from engine.traffic.arrivals import Arrivals
from engine.traffic.streams import Purpose

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


class Sink(Protocol):
    """Where answers go: the metrics, or whoever else wants to know them."""

    def watch(self, fleet: Fleet, *, stands: bool = True) -> None:
        """Expect answers of this fleet from now on; `stands` says whether it is in service already."""

    def record(self, fleet: Fleet, answers: Answers) -> None:
        """Take in answers of one stretch."""

    def stand(self, since: float, fleets: Collection[Fleet]) -> None:
        """Know that from then on these fleets are in service, and no others."""

    def close(self, minute: int) -> None:
        """Know that every request that came up to the end of this minute has been recorded."""


class DataPlane:
    """Fleets behind a routing table, advanced in stretches."""

    def __init__(
        self,
        arrivals: Arrivals,
        sink: Sink,
        routes: Routes,
        accounting: Accounting,
        outcomes: Outcomes | None = None,
        users: Users | None = None,
        agreements: Agreements | None = None,
    ) -> None:
        self.ledger = Ledger(accounting, arrivals.slot_s)
        self.sink = sink
        self.shadows = Shadows(accounting.until_s, agreements)
        self.outcomes, self.users = outcomes, users
        """What answers lead to and who asks, where somebody wants to know."""
        self._arrivals = arrivals
        self._routes = routes
        self._time = 0.0
        self._minute = 0
        self._slot = arrivals.slot(0)
        self._next = 0
        self._targets = arrivals.workload.target_variants
        self._copies = [(0.0, routes.copies)]
        """Since when which copies are made of the requests that are not answered yet."""
        self._hands: list[Hand] = []
        """What may be copied of the running stretch; empty where there is no shadow."""
        self.shadows.expect(routes.copies)
        self.ledger.open(self._slot)

    def route(self, now: float, routes: Routes) -> None:
        """From `now` on, send requests along `routes`; a table that says the same as before changes nothing.

        Copies that begin or end leave the stretches of production as they are.
        """
        if routes != self._routes:
            self.advance(now)
            self._routes = routes
        if routes.copies != self._copies[-1][1]:
            self._copies.append((now, routes.copies))
            self.shadows.expect(routes.copies)

    def bring(self, now: float, config: str) -> None:
        """Know that an update brings this configuration; that of the first one is new from now on."""
        if self.ledger.new_config is None:
            self.advance(now)
            self.ledger.new_config = config

    def advance(self, until: float, at_most: float | None = None) -> None:
        """Answer every request that arrives before `until`, and more of its slot up to `at_most` in the same go."""
        at_most = until if at_most is None else at_most
        while self._time < until:
            if self._time >= self._slot.start + self._slot.length:
                self._turn_over()
            slot = self._slot
            slot_end = slot.start + slot.length
            reach = min(at_most, slot_end, self._longest_reach())
            end = int(slot.arrival.searchsorted(reach)) if reach < slot_end else len(slot.arrival)
            if end > self._next:
                self._stretch(self._next, end)
            if self._copies[0][1] or len(self._copies) > 1:
                self._serve_shadows(reach)
            self._next, self._time = end, reach
            self._close_minutes()

    def count(self, fleet: Fleet, answers: Answers) -> None:
        """Count what a fleet has answered to somebody who is not of the workload."""
        self.sink.record(fleet, answers)
        self.ledger.count(fleet.config, answers, slice(0, len(answers.arrival)))

    def _longest_reach(self) -> float:
        """Return the end of the minute where the memory of an instance is to be read then, and else no bound."""
        leaks = any(part.fleet.leaks for part in self._routes.slices)
        return (self._minute + 1) * 60.0 if leaks else math.inf

    def _close_minutes(self) -> None:
        minute = int(self._time // 60)
        if minute > self._minute:
            self.sink.close(minute - 1)
            self._minute = minute

    def _turn_over(self) -> None:
        self.ledger.close()
        self._slot = self._arrivals.slot(self._slot.index + 1)
        self._next = 0
        self.ledger.open(self._slot)

    def _stretch(self, begin: int, end: int) -> None:
        slot = self._slot
        if not self._routes.slices:
            self._refuse(np.arange(begin, end))
            return
        dice = slot.draw(Purpose.ROUTE)[begin:end]
        if not self._targets:
            for fleet, where, scaled in self._routes.deal(dice):
                self._answer(fleet, slice(begin, end) if where is None else where + begin, scaled)
            return
        aim = (slot.draw(Purpose.TARGET) if self.users is None else self.users.aim(slot))[begin:end]
        taken = np.zeros(end - begin, dtype=np.bool_)
        for fleet, where, scaled in self._routes.deal_targeted(dice, aim, self._targets):
            taken[where] = True
            self._answer(fleet, where + begin, scaled)
        nobodys = np.flatnonzero(~taken) + begin
        if len(nobodys):
            self._refuse(nobodys)

    def _refuse(self, index: Ints) -> None:
        """Count requests that find no fleet: AWS says that the endpoint, or the variant, is not found (ValidationError,
        400; spec sagemaker 5, inference 8)."""
        self.ledger.refuse(self._slot.arrival[index], index)

    def _answer(self, fleet: Fleet, index: slice | Ints, dice: Floats) -> None:
        """Let one fleet answer the requests at these places of the slot."""
        answers = fleet.answer(self._slot, index, dice)
        self.sink.record(fleet, answers)
        self.ledger.count(fleet.config, answers, index)
        if self.outcomes is not None:
            self.outcomes.count(self._slot, fleet, index, answers)
        if self.users is not None:
            self.users.meet(self._slot, fleet.variant.variant_name, index)
        if any(copies for _, copies in self._copies):
            self._hands.append(Hand(fleet, index, answers))

    def _serve_shadows(self, reach: float) -> None:
        """Let the shadows answer their copies of the stretch up to `reach`, cut where copies began or ended."""
        hands, self._hands = self._hands, []
        for until, copies in list(self._pieces(reach)):
            for copied in self.shadows.copied(self._slot, copies, hands, self._time, until):
                self.sink.record(copied.to.shadow, self.shadows.answer(self._slot, copied))
            self._time = until
            self._close_minutes()
        self._forget_copies(reach)

    def _pieces(self, reach: float) -> Iterator[tuple[float, tuple[Copies, ...]]]:
        """Yield until when which copies are made.

        A shadow whose memory is to be read at the end of each minute answers minute by minute. Production does not, so
        that its stretches are the same with a shadow and without.
        """
        leaks = any(each.shadow.leaks for _, copies in self._copies for each in copies)
        minutes = range(self._minute + 1, int(reach // 60) + 1) if leaks else range(0)
        cuts = {since for since, _ in self._copies} | {60.0 * minute for minute in minutes}
        begin = self._time
        for until in (*sorted(cut for cut in cuts if begin < cut < reach), reach):
            yield until, [copies for since, copies in self._copies if since <= begin][-1]
            begin = until

    def _forget_copies(self, reach: float) -> None:
        """Let go of copies that ended before `reach`."""
        while len(self._copies) > 1 and self._copies[1][0] <= reach:
            del self._copies[0]
