"""An asynchronous variant: instances that take requests from a queue, which nobody waits for (spec inference 4).

What a caller sees is that a request was accepted: that is the answer here, and whether the model will fail it, which is
decided as it comes. What became of it later is told minute by minute (`over`), and summed up in `tally`. Faults see a
request as it comes, too: at the age that an instance has then, a new one where there is none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from engine.requests.sagemaker import AsyncInferenceConfig, ProductionVariant
from engine.serving.answers import Answers
from engine.serving.asynchronous.backlog import EXPIRED, TIMED_OUT, Backlog, Limits, Over
from engine.serving.batch import OK, Batch
from engine.serving.fleet import Fleet
from engine.serving.latencies import Latencies
from engine.serving.model import Model
from engine.timing import Timing
from engine.traffic.arrivals import Slot
from engine.traffic.workload import Workload

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
OF_ASYNCHRONOUS = frozenset({"instances", "asynchronous"})


@dataclass(slots=True)
class Tally:
    """What became of accepted requests that came within the counted time and are over."""

    answered: int = 0
    failed: int = 0
    """Those whose model failed them, which count as errors since they came."""
    timed_out: int = 0
    expired: int = 0
    errors: int = 0
    """Those that timed out or expired although the model would not have failed them."""
    late: int = 0
    """Answered well, but too late for whoever wants the answer in time."""
    latencies: Latencies = field(default_factory=Latencies)
    """From a request to its good answer, the wait in the queue among it."""


class AsyncFleet(Fleet):
    """Instances that take the requests of one variant under one endpoint configuration from its queue."""

    def __init__(
        self,
        variant: ProductionVariant,
        config: str,
        model: Model,
        timing: Timing,
        workload: Workload,
        asynchronous: AsyncInferenceConfig,
        *,
        counted_s: float,
        slo_s: float | None = None,
    ) -> None:
        """`slo_s` is up to when an answer is wanted; None: nobody minds."""
        super().__init__(variant, config, model, timing, workload.payload)
        limits = Limits(
            ttl_s=workload.request_ttl_s,
            timeout_s=workload.invocation_timeout_s,
            warmup_s=timing.warmup_s,
            warmup_factor=timing.warmup_model_factor,
            **({"idle_s": cold.after_idle_s, "cold_s": cold.add_ms / 1000} if (cold := self._cold_start) else {}),
        )
        self.tally = Tally()
        self.tell: Callable[[Over], None] | None = None
        """Who wants to know what became of each request."""
        self.in_charge = False
        """Is it to this fleet that the queue of the variant belongs?"""
        self._asynchronous = asynchronous
        most = asynchronous.max_concurrent_invocations_per_instance
        self._backlog = Backlog(timing.async_concurrency if most is None else most, limits)
        self._counted_s, self._slo_s = counted_s, slo_s

    @property
    def publishes(self) -> frozenset[str]:
        """Which metrics it has, beside those that any fleet has."""
        return OF_ASYNCHRONOUS

    @property
    def asynchronous(self) -> AsyncInferenceConfig:
        """What holds of the queue."""
        return self._asynchronous

    @property
    def counts_work(self) -> bool:
        """Does the size of the backlog count what is in work?"""
        return self._timing.backlog_counts_work

    @property
    def backlog(self) -> Backlog:
        """The requests that wait or are in work."""
        return self._backlog

    @property
    def unanswered(self) -> int:
        """How many requests of the counted time are neither answered nor failed yet."""
        return self._backlog.undecided(self._counted_s)

    def enable(self, count: int, now: float) -> None:
        """Let the first `count` instances take requests from `now` on."""
        self._backlog.settle(now)
        super().enable(count, now)
        self.in_charge = True
        begun = self._started.tolist()
        self._backlog.resize(self.enabled, self.instances, self.model.workers, begun, now)

    def terminate(self, count: int) -> None:
        """Take the last `count` instances away; those with traffic take requests until `enable` says otherwise."""
        super().terminate(count)
        self._backlog.forget(self.instances)

    def hand_over(self, to: Fleet, now: float) -> None:
        """Leave the queue to another fleet; requests would be answered there as they would have been here.

        A fleet that answers at once has no queue: what waits then is taken by nobody, and expires when its time is up.
        What AWS does with it is not published (spec inference 4); nothing says that it would be answered.
        """
        self.in_charge = False
        if isinstance(to, AsyncFleet):
            for fleet in (self, to):
                fleet.backlog.settle(now)
            to.backlog.take_over(self.backlog)

    def let_go(self, now: float) -> None:
        """Let what waits in the queue expire, which is gone from now on."""
        self.in_charge = False
        self._backlog.give_up(now)

    def answer(self, slot: Slot, index: slice | Ints, dice: Floats) -> Answers:
        """Accept the requests at these places of a slot."""
        batch = Batch(slot, index, dice * self.enabled, self._payload)
        self._prepare(batch)
        status, none = batch.statuses(), np.zeros(len(batch))
        self._backlog.add(batch.arrival.tolist(), batch.service_s.tolist(), status.tolist())
        return Answers(status, batch.arrival, batch.arrival, none, self._overhead(batch), none)

    def _prepare(self, batch: Batch) -> None:
        if self.enabled:
            super()._prepare(batch)
            return
        kept = self._started, self._served
        self._started, self._served = batch.arrival[:1], np.zeros(1, dtype=np.intp)
        super()._prepare(batch)
        self._started, self._served = kept

    def over(self, until: float) -> Over:
        """Return and forget what was over before `until`, up to which all requests and instances are known."""
        self._backlog.settle(until)
        over = self._backlog.over(until)
        if len(over.arrival):
            self._count(over)
            if self.tell is not None:
                self.tell(over)
        return over

    def _count(self, over: Over) -> None:
        counted = over.arrival < self._counted_s
        status, took_s, tally = over.status[counted], (over.completion - over.arrival)[counted], self.tally
        well, expired, timed_out = status == OK, status & EXPIRED != 0, status & TIMED_OUT != 0
        tally.latencies.add(took_s[well])
        tally.answered += int(np.count_nonzero(well))
        tally.expired += int(np.count_nonzero(expired))
        tally.timed_out += int(np.count_nonzero(timed_out))
        tally.failed += int(np.count_nonzero(~well & ~expired & ~timed_out))
        tally.errors += int(np.count_nonzero((status == EXPIRED) | (status == TIMED_OUT)))
        if self._slo_s is not None:
            tally.late += int(np.count_nonzero(well & (took_s > self._slo_s)))
