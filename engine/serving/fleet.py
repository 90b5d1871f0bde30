"""A fleet: the instances of one variant under one endpoint configuration, with their backlog."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from engine.catalogue.hardware import hardware
from engine.requests.sagemaker import AsyncInferenceConfig, ProductionVariant
from engine.serving.answers import Answers
from engine.serving.batch import SERVER_ERROR, Batch
from engine.serving.faults import ColdStart, Leak, Saturation
from engine.serving.lanes import REFUSED, OutstandingCounter, SharedQueue, serve_lanes
from engine.serving.model import Model
from engine.ticks import whole_ticks
from engine.timing import Timing
from engine.traffic.arrivals import Slot
from engine.traffic.streams import Purpose
from engine.traffic.workload import Payload

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
ALWAYS = -1e9
"""The time of something that was so long before the run."""
NEVER = 1e18
"""The time of something that has not happened."""
OF_INSTANCES = frozenset({"instances", "calls", "answered at once"})


class Fleet:
    """Instances that answer requests; only the first `enabled` of them get traffic."""

    def __init__(self, variant: ProductionVariant, config: str, model: Model, timing: Timing, payload: Payload) -> None:
        self.variant = variant
        self.config = config
        self.model = model
        self.enabled = 0
        self._timing = timing
        self._payload = payload
        self._started: Floats = np.empty(0)
        self._free_at: Floats = np.empty(0)
        self._served: Ints = np.empty(0, dtype=np.intp)
        self._idle_memory: Floats = np.empty(0)
        """One array for all minutes without a leak: thousands of small ones would scatter over the freed memory."""
        self._queues: list[SharedQueue] = []
        self._outstanding = OutstandingCounter(0)
        self._warm_at = ALWAYS
        self.hardware = hardware(variant.instance_type)
        """What each instance has; whoever knows better says so before the first answer."""
        self._second: tuple[int, Ints] = (-1, np.empty(0, dtype=np.intp))
        self.leaks = any(isinstance(fault, Leak) for fault in model.faults)
        self._saturates = any(isinstance(fault, Saturation) for fault in model.faults)
        self._shares_limit = any(isinstance(fault, Saturation) and fault.of == "fleet" for fault in model.faults)
        self._ages = any(not isinstance(fault, Leak | Saturation | ColdStart) for fault in model.faults)
        self._cold_start = next((fault for fault in model.faults if isinstance(fault, ColdStart)), None)
        one_line = model.queue == "shared" or variant.routing_strategy == "LEAST_OUTSTANDING_REQUESTS"
        self._lines = 1 if one_line else model.workers
        """Lines per instance."""

    @property
    def instances(self) -> int:
        """Instances in service, with traffic or without."""
        return len(self._started)

    @property
    def publishes(self) -> frozenset[str]:
        """Which metrics it has, beside those that any fleet has."""
        return OF_INSTANCES

    @property
    def asynchronous(self) -> AsyncInferenceConfig | None:
        """What holds of requests that wait in a queue, also while there is no instance; None: they do not."""
        return None

    @property
    def answers_within_s(self) -> float:
        """After how long a caller is told that the container has not answered."""
        return self._timing.container_timeout_s

    def hand_over(self, to: Fleet, now: float) -> None:
        """Leave to another fleet of the variant, which has traffic, what nobody has taken up."""

    def let_go(self, now: float) -> None:
        """Give up what nobody has taken up: the endpoint is deleted."""

    def memory_percents(self) -> Floats:
        """Return MemoryUtilization of each instance now, ascending: what it uses idle, and what has leaked on top."""
        idle = self.model.memory_percent
        if not self.leaks:
            return self._idle_memory[: self.instances]
        filled = [fault.filled(self._served) for fault in self.model.faults if isinstance(fault, Leak)]
        return np.sort(idle + (100 - idle) * np.minimum(np.max(filled, axis=0), 1.0))

    def launch(self, count: int) -> None:
        """Add `count` instances; they are in service, without traffic."""
        self._started = np.concatenate((self._started, np.full(count, NEVER)))
        self._free_at = np.concatenate((self._free_at, np.zeros(count * self.model.workers)))
        self._served = np.concatenate((self._served, np.zeros(count, dtype=np.intp)))
        self._queues.extend(self._line() for _ in range(count * self._lines))
        self._outstanding.grow(len(self._started))
        self._idle_memory = np.full(len(self._started), self.model.memory_percent)

    def _line(self) -> SharedQueue:
        limit = self.model.queue_limit if self._lines == 1 else None
        return SharedQueue(self.model.workers // self._lines, limit, self._cold_start)

    def enable(self, count: int, now: float) -> None:
        """Give traffic to the first `count` instances; those that had none before are cold."""
        self.enabled = min(count, self.instances)
        started = self._started[: self.enabled]
        started[started == NEVER] = now
        self._warm_at = float(started.max(initial=ALWAYS)) + self._timing.warmup_s

    def terminate(self, count: int) -> None:
        """Take the last `count` instances away; what they are working on is still answered."""
        keep = max(0, self.instances - count)
        self._started = self._started[:keep]
        self._free_at = self._free_at[: keep * self.model.workers]
        self._served = self._served[:keep]
        del self._queues[keep * self._lines :]
        self.enabled = min(self.enabled, keep)

    def answer(self, slot: Slot, index: slice | Ints, dice: Floats) -> Answers:
        """Answer the requests at these places of a slot; `dice`, uniform in [0, 1), chooses instance and worker."""
        batch = Batch(slot, index, dice * self.enabled, self._payload)
        batch.warming = bool(batch.arrival[0] < self._warm_at)
        self._prepare(batch)
        if self.variant.routing_strategy == "LEAST_OUTSTANDING_REQUESTS":
            completion = self._follow_least_outstanding(batch, dice)
        elif self.model.queue == "shared" or self._cold_start is not None:
            completion = self._follow_lines(batch)
        else:
            workers = self.model.workers
            lane = (batch.place * workers).astype(np.uint16)
            completion = serve_lanes(batch.arrival, batch.service_s, lane, self._free_at[: self.enabled * workers])
        return self._outcome(batch, completion)

    def _prepare(self, batch: Batch) -> None:
        """Work out service times and failure probabilities."""
        model, timing = self.model, self._timing
        batch.service_s = _service(model, batch)
        batch.p4, batch.p5 = model.error_rate_4xx, model.error_rate_5xx
        if self._ages or batch.warming:
            batch.age_s = batch.arrival - self._started[batch.instance]
            if batch.warming:
                batch.slow(timing.warmup_model_factor, 0.0, batch.age_s < timing.warmup_s)
        if self.leaks:
            batch.served_before = _ranks(batch.instance, self._served)
            self._served += np.bincount(batch.instance, minlength=len(self._served))
        if self._saturates:
            batch.rank_in_second = self._rank_in_second(batch)
        for fault in model.faults:
            fault.apply(batch)
        batch.service_s = whole_ticks(batch.service_s)

    def _rank_in_second(self, batch: Batch) -> Ints:
        """Return each request's place among those of its instance in the same clock second."""
        second = batch.arrival.astype(np.intp)
        first, n = int(second[0]), 1 if self._shares_limit else self.instances
        carried = self._second[1] if self._second[0] == first else np.zeros(0, dtype=np.intp)
        group = (second - first) * n + (0 if self._shares_limit else batch.instance)
        before = np.zeros(int(group.max()) + 1, dtype=np.intp)
        before[: min(len(carried), len(before))] = carried[: len(before)]
        ranks = _ranks(group, before)
        last = int(second[-1])
        counts = np.bincount(group, minlength=len(before)) + before
        tail = counts[(last - first) * n :]
        self._second = (last, np.concatenate((tail, np.zeros(max(0, n - len(tail)), dtype=np.intp))))
        return ranks

    def _follow_lines(self, batch: Batch) -> Floats:
        lines, line = self._queues, (batch.place * self._lines).astype(np.intp)
        rows = zip(batch.arrival.tolist(), batch.service_s.tolist(), line.tolist(), strict=True)
        return np.array([lines[k].serve(arrival, service) for arrival, service, k in rows])

    def _follow_least_outstanding(self, batch: Batch, dice: Floats) -> Floats:
        """Choose instance by instance as each request comes; exact, and so request by request.

        Service times are worked out first: a fault that depends on the instance sees the instance that a random
        choice would have taken.
        """
        completion = np.empty_like(batch.arrival)
        counter, queues, enabled = self._outstanding, self._queues, self.enabled
        rows = zip(batch.arrival.tolist(), batch.service_s.tolist(), dice.tolist(), strict=True)
        for k, (arrival, service, die) in enumerate(rows):
            chosen = counter.least(arrival, enabled, die)
            done = queues[chosen].serve(arrival, service)
            completion[k] = done
            if done != REFUSED:
                counter.add(chosen, done)
        return completion

    def _outcome(self, batch: Batch, completion: Floats) -> Answers:
        timing = self._timing
        status = batch.statuses()
        work_s = batch.service_s
        if self.model.queue_limit is not None:
            refused = completion == REFUSED
            status[refused] = SERVER_ERROR
            completion = np.where(refused, batch.arrival, completion)
            work_s = np.where(refused, 0.0, work_s)
        model_s = completion - batch.arrival
        if np.maximum.reduce(model_s) > timing.container_timeout_s:
            status[model_s > timing.container_timeout_s] = SERVER_ERROR
            np.minimum(model_s, timing.container_timeout_s, out=model_s)
            completion = batch.arrival + model_s
        return Answers(status, batch.arrival, completion, model_s, self._overhead(batch), work_s)

    def _overhead(self, batch: Batch) -> Floats:
        timing = self._timing
        overhead = batch.lognormal(Purpose.OVERHEAD, timing.overhead_ms / 1000, timing.overhead_cv)
        if batch.warming:
            overhead = np.where(batch.age_s < timing.warmup_s, overhead * timing.warmup_overhead_factor, overhead)
        return overhead


def _service(model: Model, batch: Batch) -> Floats:
    mean_s, service = model.mean_ms / 1000, model.service
    match service.kind:
        case "lognormal":
            return batch.lognormal(Purpose.SERVICE_NORMAL, mean_s, service.cv)
        case "exponential":
            return mean_s * batch.draw(Purpose.SERVICE_EXPONENTIAL)
        case "constant":
            return np.full(len(batch.arrival), mean_s)


def _ranks(group: Ints, before: Ints) -> Ints:
    """Return for each element how many of its group came before it, beginning with `before[group]`."""
    order = np.argsort(group, kind="stable")
    ends = np.cumsum(np.bincount(group, minlength=len(before)))
    starts = np.concatenate(([0], ends[:-1]))
    ranks = np.empty(len(group), dtype=np.intp)
    ranks[order] = np.arange(len(group)) - starts[group[order]]
    return ranks + before[group]
