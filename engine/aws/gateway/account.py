"""What stands behind the gateway: a live run, and what the services remember beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.aws.gateway.event_bus import EventBus
from engine.live import Live

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """A request that changes something, as it came in and was accepted or refused."""

    t: float
    """Seconds of the run."""
    operation: str
    request: Raw
    """Models have the names of the world, which knows no others."""
    refused: str = ""
    """The error's code."""


@dataclass(slots=True)
class Models:
    """What CreateModel and DeleteModel have done; all other models are those of the world."""

    created: dict[str, Raw] = field(default_factory=dict)
    """Requests by name."""
    like: dict[str, str] = field(default_factory=dict)
    """As which model of the world each of them behaves."""
    deleted: set[str] = field(default_factory=set)
    """Models of the world that are gone from lists; fleets that have loaded one go on."""

    def in_the_world(self, value: Any) -> Any:  # noqa: ANN401 - a request's data
        """Return a request, or a part of one, with the world's names in the place of those that CreateModel made."""
        if isinstance(value, Mapping):
            return {
                key: self.like.get(each, each)
                if key == "ModelName" and isinstance(each, str)
                else self.in_the_world(each)
                for key, each in value.items()
            }
        return [self.in_the_world(each) for each in value] if isinstance(value, list | tuple) else value


@dataclass(slots=True)
class Account:
    """An account of AWS with one live run; everything that operations work on."""

    live: Live
    sent: list[Sent] = field(default_factory=list)
    """In the order in which they came: what a plan is made of."""
    probes: int = 0
    """Requests to endpoints that were answered; each has random numbers of its own."""
    counted: dict[str, int] = field(default_factory=dict)
    """How many of them were counted, by the endpoint that nobody else calls."""
    remembered: dict[str, dict[str, Raw]] = field(default_factory=dict)
    """Requests as they came, by operation and by the name of what they made, for operations that describe it again."""

    since: dict[str, float] = field(default_factory=dict)
    """When things were made, in seconds of the run, by ARN; what is not in it is as old as the run."""
    tags: dict[str, dict[str, str]] = field(default_factory=dict)
    """By ARN."""
    models: Models = field(default_factory=Models)
    bus: EventBus = field(default_factory=EventBus)

    def made(self, arn: str, tags: Mapping[str, str] | None = None) -> None:
        """Note that something has come into being just now, under an ARN that may have been another's before."""
        self.since[arn] = self.live.now
        self.tags[arn] = dict(tags or {})

    def made_at(self, arn: str) -> datetime:
        """Return its CreationTime."""
        return self.live.world.clock(self.since.get(arn, 0.0))

    @property
    def now(self) -> datetime:
        """What the simulated clock shows."""
        return self.live.world.clock(self.live.now)
