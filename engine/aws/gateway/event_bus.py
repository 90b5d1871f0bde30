"""The rules of EventBridge with their targets, and what the targets would have got."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.aws.gateway.event_patterns import matches, parse

Event = Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class Rule:
    """A rule as it stands."""

    name: str
    pattern: str
    state: str = "ENABLED"
    description: str | None = None
    role_arn: str | None = None
    targets: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """By Id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """An event that a target would have got."""

    rule: str
    target_id: str
    target_arn: str
    event: Event
    """The event itself, whatever InputPath or InputTransformer would have made of it."""
    constant: str | None = None
    """The target's Input, which is sent in the place of the event."""


@dataclass(slots=True)
class EventBus:
    """The default bus."""

    rules: dict[str, Rule] = field(default_factory=dict)
    delivered: list[Delivered] = field(default_factory=list)
    seen: int = 0
    """How many of the events that there are have been shown to the rules."""

    def catch_up(self, events: Sequence[Event]) -> None:
        """Show the rules, as they stand, all events that are new: before a rule changes, and before somebody looks."""
        for event in events[self.seen :]:
            self.delivered.extend(self._deliveries(event))
        self.seen = len(events)

    def _deliveries(self, event: Event) -> Iterator[Delivered]:
        for rule in self.rules.values():
            if rule.state != "DISABLED" and matches(parse(rule.pattern), event):
                for name, target in rule.targets.items():
                    yield Delivered(
                        rule=rule.name,
                        target_id=name,
                        target_arn=str(target["Arn"]),
                        event=event,
                        constant=target.get("Input"),
                    )
