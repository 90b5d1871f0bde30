"""What becomes of every request of a run: how long it took, and whether it failed."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from engine.serving.answers import Answers
from engine.serving.asynchronous.backlog import Over
from engine.serving.asynchronous.fleet import AsyncFleet
from engine.serving.batch import OK
from engine.serving.fleet import Fleet
from engine.serving.serverless.environments import THROTTLED
from engine.serving.serverless.fleet import ServerlessFleet

Floats = npt.NDArray[np.float64]
PLACE = 1
"""The column of a serverless fleet's answers that says what answered."""


@dataclass(slots=True)
class Heard:
    """Takes in what fleets tell."""

    requests: int = 0
    queued: list[Floats] = field(default_factory=list)
    """Arrivals of asynchronous requests."""
    over: list[Floats] = field(default_factory=list)
    """Arrivals of those that are over."""
    took_s: list[Floats] = field(default_factory=list)
    """Of requests that were answered without error, to the caller, or of asynchronous ones to their end."""
    failed: int = 0
    throttled: int = 0
    """Those of the failed that found no environment."""

    def listen(self, fleet: Fleet, told: Answers | Over) -> None:
        """Take in some answers, or some asynchronous requests that are over."""
        well = told.status == OK
        if isinstance(told, Over):
            self.over.append(told.arrival)
            self._note(well, told.completion - told.arrival)
            return
        self.requests += len(told.arrival)
        if isinstance(fleet, AsyncFleet):
            self.queued.append(told.arrival)
        else:
            self._note(well, told.model_s + told.overhead_s)
        if isinstance(fleet, ServerlessFleet):
            self.throttled += int(np.count_nonzero(told.more[PLACE] == THROTTLED))

    def _note(self, well: npt.NDArray[np.bool_], took_s: Floats) -> None:
        self.failed += int(np.count_nonzero(~well))
        self.took_s.append(took_s[well])

    def answered_s(self) -> Floats:
        """Return how long each answered request took, ascending."""
        return np.sort(np.concatenate([np.empty(0), *self.took_s]))

    def waiting_s(self, now: float) -> Floats:
        """Return for how long each asynchronous request has been there that is not over, ascending."""
        came, over = (np.concatenate([np.empty(0), *parts]) for parts in (self.queued, self.over))
        return np.sort(now - came[~np.isin(came, over)])
