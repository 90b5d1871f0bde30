"""The data plane: answers all requests between two control events at once.

It lags behind the clock on purpose. Only two things move it: a change of the routing table, up to that very moment, and
somebody who reads a metric, up to the end of the minutes that are visible by then. How often it is moved changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from engine.cloudwatch.metric_store import MetricStore
from engine.cloudwatch.minute import Chunk
from engine.run import RequestLog
from engine.serving.batch import CLIENT_ERROR, SERVER_ERROR
from engine.serving.fleet import Answers, Fleet
from engine.serving.routing import Routes, Slice
from engine.traffic.arrivals import Arrivals, Slot
from engine.traffic.streams import Purpose

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Counts:
    """Sums over the requests of the counted time."""

    requests: int = 0
    errors_4xx: int = 0
    errors_5xx: int = 0
    slo_missed: int = 0
    by_config: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounting:
    """What counts as a bad answer, and until when answers are counted."""

    until_s: float
    slo_s: float
    client_timeout_s: float
    new_config: str | None
    """The configuration that the update brings; its answers are logged."""
    keep_requests: bool


class DataPlane:
    """Fleets behind a routing table, advanced in stretches."""

    def __init__(self, arrivals: Arrivals, store: MetricStore, routes: Routes, accounting: Accounting) -> None:
        self.counts = Counts()
        self._arrivals = arrivals
        self.store = store
        self._routes = routes
        self._accounting = accounting
        self._time = 0.0
        self._slot = arrivals.slot(0)
        self._next = 0
        self._targets = self._target_edges()
        self._bad: list[npt.NDArray[np.uint8]] = []
        self._new: list[npt.NDArray[np.uint8]] = []
        self._sizes: list[int] = []
        self._slot_flags = self._flags()

    def route(self, now: float, routes: Routes) -> None:
        """From `now` on, send requests along `routes`."""
        self.advance(now)
        self._routes = routes

    def advance(self, until: float) -> None:
        """Answer every request that arrives before `until`."""
        while self._time < until:
            slot_end = self._slot.start + self._slot.length
            reach = min(until, slot_end)
            end = int(np.searchsorted(self._slot.arrival, reach)) if reach < slot_end else len(self._slot.arrival)
            if end > self._next:
                self._stretch(self._next, end)
            self._next, self._time = end, reach
            if reach >= slot_end:
                self._close_slot()
                self._slot = self._arrivals.slot(self._slot.index + 1)
                self._next = 0
                self._slot_flags = self._flags()
                if self._slot.index % self._arrivals.slots_per_minute == 0:
                    self.store.close(round(self._slot.start / 60) - 1)

    def log(self) -> RequestLog:
        """Return which requests went wrong."""
        return RequestLog(tuple(self._bad), tuple(self._new), tuple(self._sizes), self._arrivals.slot_s)

    def _stretch(self, begin: int, end: int) -> None:
        slot, arrivals = self._slot, self._slot.arrival[begin:end]
        dice = slot.draw(Purpose.ROUTE)[begin:end]
        if self._targets:
            self._targeted(slot, begin, end, dice)
        elif len(self._routes.slices) == 1:
            self._answer(self._routes.slices[0], slot, None, arrivals, dice, begin)
        else:
            for part in self._routes.slices:
                where = np.flatnonzero((dice >= part.low) & (dice < part.high))
                if len(where):
                    scaled = _rescale(dice[where], part)
                    self._answer(part, slot, where + begin, arrivals[where], scaled, begin)

    def _targeted(self, slot: Slot, begin: int, end: int, dice: Floats) -> None:
        """Answer requests of which some name a TargetVariant, which overrides the weights (spec sagemaker 5)."""
        aim = slot.draw(Purpose.TARGET)[begin:end]
        arrivals = slot.arrival[begin:end]
        tables = [(low, high, self._routes.by_variant.get(name, ())) for name, low, high in self._targets]
        free = self._targets[-1][2]
        for low, high, slices in (*tables, (free, 1.0, self._routes.slices)):
            for part in slices:
                chosen = (aim >= low) & (aim < high) & (dice >= part.low) & (dice < part.high)
                where = np.flatnonzero(chosen)
                if len(where):
                    self._answer(part, slot, where + begin, arrivals[where], _rescale(dice[where], part), begin)

    def _answer(
        self, part: Slice, slot: Slot, where: Ints | None, arrivals: Floats, dice: Floats, begin: int
    ) -> None:
        fleet = part.fleet
        index = slice(begin, begin + len(arrivals)) if where is None else where
        answers = fleet.answer(arrivals, dice, lambda purpose: slot.draw(purpose)[index])
        chunk = Chunk(
            arrivals, answers.completion, answers.status, answers.model_s, answers.overhead_s, answers.busy_s
        )
        self.store.record(fleet, chunk)
        if slot.start < self._accounting.until_s:
            self._count(fleet, answers, arrivals, index)

    def _count(self, fleet: Fleet, answers: Answers, arrivals: Floats, index: slice | Ints) -> None:
        rules, counts = self._accounting, self.counts
        n = len(arrivals)
        if arrivals[-1] >= rules.until_s:
            n = int(np.searchsorted(arrivals, rules.until_s))
        total = answers.model_s[:n] + answers.overhead_s[:n]
        late = total > min(rules.slo_s, rules.client_timeout_s)
        failed = answers.status[:n] != 0
        bad = late | failed
        counts.requests += n
        counts.errors_4xx += int(np.count_nonzero(answers.status[:n] == CLIENT_ERROR))
        counts.errors_5xx += int(np.count_nonzero(answers.status[:n] == SERVER_ERROR))
        counts.slo_missed += int(np.count_nonzero(bad)) - int(np.count_nonzero(failed))
        counts.by_config[fleet.config] = counts.by_config.get(fleet.config, 0) + n
        if rules.keep_requests:
            flags_bad, flags_new = self._slot_flags
            flags_bad[index[:n] if not isinstance(index, slice) else slice(index.start, index.start + n)] = bad
            if fleet.config == rules.new_config:
                flags_new[index[:n] if not isinstance(index, slice) else slice(index.start, index.start + n)] = True

    def _flags(self) -> tuple[Bools, Bools]:
        n = len(self._slot.arrival) if self._accounting.keep_requests else 0
        return np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_)

    def _close_slot(self) -> None:
        if self._accounting.keep_requests and self._slot.start < self._accounting.until_s:
            bad, new = self._slot_flags
            self._bad.append(np.packbits(bad))
            self._new.append(np.packbits(new))
            self._sizes.append(len(bad))

    def _target_edges(self) -> list[tuple[str, float, float]]:
        edges, low = [], 0.0
        for name, share in self._arrivals.workload.target_variants:
            edges.append((name, low, low + share))
            low += share
        return edges


def _rescale(dice: Floats, part: Slice) -> Floats:
    """Stretch the dice of one slice over [0, 1), never reaching 1."""
    scaled = (dice - part.low) / (part.high - part.low)
    return np.minimum(scaled, 1 - 1e-12)
