"""What one fleet publishes, minute by minute: its answers come in, and their totals stay."""

from __future__ import annotations

import math
from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from engine.metrics.asynchronous import async_total
from engine.metrics.concurrency import BUCKET_S, InWork, Level
from engine.metrics.minute import MinuteTotals, total
from engine.metrics.serverless import reached, serverless_total
from engine.metrics.waiting import Waiting
from engine.serving.answers import Answers
from engine.serving.asynchronous.fleet import AsyncFleet
from engine.serving.fleet import Fleet
from engine.serving.serverless.fleet import ServerlessFleet

Floats = npt.NDArray[np.float64]


class FleetMetrics:
    """The minutes of one fleet."""

    __slots__ = ("_in_work", "_instances", "_stands", "_waiting", "fleet", "minutes")

    def __init__(self, fleet: Fleet, *, stands: bool = True) -> None:
        """`stands` says whether it is in service already, as one is that a run begins with."""
        self.fleet = fleet
        self.minutes: dict[int, MinuteTotals] = {}
        self._waiting = Waiting()
        self._in_work: InWork | None = None
        """None as long as nobody has asked."""
        self._instances: list[tuple[float, int]] = []
        """From when on how many answer."""
        self._stands: list[tuple[float, float]] = [(-math.inf, math.inf)] if stands else []
        """When it is in service, with traffic or without."""

    def stand(self, since: float, *, stands: bool) -> None:
        """Know whether it is in service from then on."""
        stood = bool(self._stands) and self._stands[-1][1] == math.inf
        if stands and not stood:
            self._stands.append((since, math.inf))
        elif stood and not stands:
            self._stands[-1] = (self._stands[-1][0], since)

    def stood_between(self, begin: float, end: float) -> bool:
        """Was it in service in any part of this time?"""
        return any(since < end and until > begin for since, until in self._stands)

    def record(self, answers: Answers) -> None:
        """Take in answers, later ones than those before."""
        if isinstance(self.fleet, AsyncFleet):
            return  # what became of a request, the fleet tells later
        self._waiting.parts.append(answers)
        if self._in_work is not None:
            self._in_work.take(answers)
        count = max(1, self.fleet.enabled)
        if not self._instances or self._instances[-1][1] != count:
            self._instances.append((float(answers.arrival[0]), count))

    def close(self, minutes: range, *, kept: Collection[str], shown: bool) -> dict[int, Floats]:
        """Work out the totals of minutes to which nothing will be added; return the latencies of those with answers."""
        if self._in_work is not None:
            self._in_work.count(minutes.stop * 60 // BUCKET_S)
        latencies = {}
        fleet = self.fleet
        if isinstance(fleet, AsyncFleet):
            for minute in minutes:
                self.minutes[minute], latency = async_total(fleet, minute, kept, shown)
                if len(latency):
                    latencies[minute] = latency
            return latencies
        for minute, status, durations in self._waiting.take(minutes):
            if isinstance(fleet, ServerlessFleet):
                self.minutes[minute] = serverless_total(status, durations, fleet, kept, shown)
                durations = durations[:, reached(durations)]
            else:
                self.minutes[minute] = total(status, durations, fleet, kept, shown)
            if len(durations[0]):
                latencies[minute] = durations[0]
        return latencies

    def forget(self, minutes: range) -> None:
        """Let go of the single values of these minutes."""
        for minute in minutes:
            if minute in self.minutes:
                self.minutes[minute].forget()

    def in_work(self) -> InWork:
        """Return who counts the requests in work, from now on if nobody has."""
        if self._in_work is None:
            self._in_work = InWork(self._waiting.parts)
        return self._in_work

    def level(self, bucket: int) -> Level:
        """Return the requests in work per instance in ten seconds up to whose end all answers are known."""
        least, most = self.in_work().level(bucket)
        end = (bucket + 1) * BUCKET_S
        instances = next((count for since, count in reversed(self._instances) if since < end), 1)
        return Level(least / instances, most / instances)
