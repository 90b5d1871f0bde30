"""What stands behind the gateway: a live run, and what the services remember beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.live import Live

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """A request that changes something, as it came in and was accepted or refused."""

    t: float
    """Seconds of the run."""
    operation: str
    request: Raw
    refused: str = ""
    """The error's code."""


@dataclass(slots=True)
class Account:
    """An account of AWS with one live run; everything that operations work on."""

    live: Live
    sent: list[Sent] = field(default_factory=list)
    """In the order in which they came: what a plan is made of."""
    probes: int = 0
    """Requests to the endpoint that were answered, and not counted; each has random numbers of its own."""
    remembered: dict[str, dict[str, Raw]] = field(default_factory=dict)
    """Requests as they came, by operation and by the name of what they made, for operations that describe it again."""

    @property
    def now(self) -> datetime:
        """What the simulated clock shows."""
        return self.live.world.clock(self.live.now)
