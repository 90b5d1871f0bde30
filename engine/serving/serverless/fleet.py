"""A serverless variant: a fleet without instances, whose environments come and go with the requests (spec inference 3).

To whatever moves fleets it is one unit: launched, given traffic, taken away. Faults see that unit where they would see
an instance, so a leak fills all environments together. A model's cold-start fault never strikes, as the setup of a new
environment stands in its place, and neither do its workers and its queue: an environment takes one request at a time.
That processors grow with the memory is known, but not how much (spec inference 3.1): here they do not.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from engine.requests.sagemaker import ProductionVariant, ServerlessConfig
from engine.serving.answers import Answers
from engine.serving.batch import CLIENT_ERROR, SERVER_ERROR, Batch
from engine.serving.fleet import Fleet
from engine.serving.model import Model
from engine.serving.serverless.environments import COLD, PROVISIONED, THROTTLED, Environments, Taken
from engine.serving.serverless.pay_per_use import MS_PER_S, Usage, cost_kept_warm
from engine.timing import Timing
from engine.traffic.arrivals import Slot
from engine.traffic.streams import Purpose
from engine.traffic.workload import Payload

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
MINUTE_S = 60
DECIMALS = 6
"""Of a millisecond: a whole number of them is not rounded up because of what floating point makes of it."""
BYTES_PER_KB = 1000
OF_SERVERLESS = frozenset({"serverless", "calls"})
OF_PROVISIONED = OF_SERVERLESS | {"provisioned"}


class ServerlessFleet(Fleet):
    """Environments that answer the requests of one variant under one endpoint configuration."""

    def __init__(
        self, variant: ProductionVariant, config: str, model: Model, timing: Timing, payload: Payload, counted_s: float
    ) -> None:
        """Its cost is that of the first `counted_s` seconds of the run."""
        super().__init__(variant, config, model, timing, payload)
        assert variant.serverless_config is not None, "a variant with instances has a Fleet"
        self.usage: dict[int, Usage] = {}
        """By minute in which the requests came."""
        self.throttled = 0
        """Requests of the counted time that were."""
        self._counted = Usage()
        self._environments = Environments(variant.serverless_config, timing.idle_release_s)
        self._setup_s = timing.cold_start_s if model.cold_start_s is None else model.cold_start_s
        self._counted_s = counted_s
        self._kept_warm: list[tuple[float, int]] = []
        """From when on how many environments are provisioned."""

    @property
    def publishes(self) -> frozenset[str]:
        """Which metrics it has, beside those that any fleet has."""
        return OF_PROVISIONED if self.serverless.provisioned else OF_SERVERLESS

    @property
    def publishes_throttles(self) -> bool:
        """Do throttled requests count in its metrics?"""
        return self._timing.throttles_published

    @property
    def serverless(self) -> ServerlessConfig:
        """Memory and concurrency as they are now."""
        return self._environments.config

    def configure(self, config: ServerlessConfig, now: float) -> None:
        """Take another concurrency from `now` on; what is in work is still answered."""
        self._environments.config = config
        self.variant = replace(self.variant, serverless_config=config)
        self._keep_warm(now)

    def enable(self, count: int, now: float) -> None:
        """Give traffic to the variant, or take it away with 0; environments are provisioned as long as it has some."""
        super().enable(count, now)
        self._keep_warm(now)

    def _keep_warm(self, now: float) -> None:
        slots = self.serverless.provisioned if self.enabled else 0
        self._kept_warm.append((max(now, 0.0), slots))

    def cost_usd(self) -> float:
        """Return what it has cost within the counted time."""
        memory = self.serverless.memory_size_in_mb
        return self._counted.cost(memory) + cost_kept_warm(memory, self._slot_seconds(0.0, self._counted_s))

    def cost_in(self, minute: int) -> float:
        """Return what it has cost in one minute, counted or not."""
        memory, begin = self.serverless.memory_size_in_mb, float(minute * MINUTE_S)
        slot_seconds = self._slot_seconds(begin, begin + MINUTE_S)
        return self.usage.get(minute, Usage()).cost(memory) + cost_kept_warm(memory, slot_seconds)

    def _slot_seconds(self, begin: float, end: float) -> float:
        """Return for how long environments were provisioned between two moments, all together."""
        spans = pairwise([*self._kept_warm, (end, 0)])
        return sum(max(0.0, min(until, end) - max(since, begin)) * slots for (since, slots), (until, _) in spans)

    def answer(self, slot: Slot, index: slice | Ints, dice: Floats) -> Answers:
        """Answer the requests at these places of a slot, one after the other.

        The time limit is the container's: answers came after 72 s of setup and work together (spec inference 3.1).
        """
        batch, limit_s = Batch(slot, index, dice * self.enabled, self._payload), self._timing.container_timeout_s
        self._prepare(batch)
        work = np.minimum(batch.service_s, limit_s)
        setup = batch.lognormal(Purpose.SETUP, self._setup_s, self._timing.cold_start_cv)
        taken = self._environments.take(
            zip(batch.arrival.tolist(), work.tolist(), setup.tolist(), strict=True),
        )
        place = taken.place
        status, throttled = batch.statuses(), place == THROTTLED
        status[batch.service_s > limit_s] = SERVER_ERROR
        status[throttled] = CLIENT_ERROR
        work[throttled] = 0.0
        setup = np.where(place == COLD, setup, 0.0)
        self._use(batch, work, setup, place)
        overhead = self._overhead(batch) + setup
        completion = batch.arrival + setup + work
        return Answers(status, batch.arrival, completion, work, overhead, work, self._columns(setup, taken))

    def _columns(self, setup: Floats, taken: Taken) -> tuple[Floats, ...]:
        """Return setup, place, the share of MaxConcurrency in use, and how many provisioned ones are, of how many."""
        config = self.serverless
        slots = np.full(len(taken.place), float(config.provisioned))
        share = taken.executions / config.max_concurrency
        return setup, taken.place.astype(np.float64), share, taken.provisioned.astype(np.float64), slots

    def _use(self, batch: Batch, work: Floats, setup: Floats, place: Ints) -> None:
        """Sum up what will be billed, in all and minute by minute."""
        billed_s = work + setup if self._timing.cold_start_billed else work
        ms = np.ceil(np.round(billed_s * MS_PER_S, DECIMALS))
        warm = place == PROVISIONED
        size = np.rint(np.where(place == THROTTLED, 0.0, batch.payload_kb) * BYTES_PER_KB)
        columns = (np.where(warm, 0.0, ms), ms * warm, size)
        n = int(batch.arrival.searchsorted(self._counted_s))
        self.throttled += int(np.count_nonzero(place[:n] == THROTTLED))
        self._counted = self._counted.plus(Usage(*(int(column[:n].sum()) for column in columns)))
        minute = (batch.arrival // MINUTE_S).astype(np.intp)
        first = int(minute[0])
        sums = [np.bincount(minute - first, column) for column in columns]
        for k, row in enumerate(zip(*sums, strict=True)):
            self.usage[first + k] = self.usage.get(first + k, Usage()).plus(Usage(*map(int, row)))
