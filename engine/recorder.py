"""Writes down what happens while a run goes on; the lists become part of the Run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.requests.cloudwatch import AlarmState
from engine.run import AlarmTransition, Event, FleetName, InstanceCount, Phase, TrafficShare


class Recorder:
    """Lists that only grow: those of one endpoint, and those of its account."""

    def __init__(self, beside: Recorder | None = None, whose: str = "") -> None:
        """What happens in the account is written down together with another endpoint's, and says `whose` it is."""
        self._whose = whose
        self.events: list[Event] = beside.events if beside else []
        self.alarms: list[AlarmTransition] = beside.alarms if beside else []
        self.event_bridge: list[Mapping[str, Any]] = beside.event_bridge if beside else []
        self.phases: list[Phase] = []
        self._running: tuple[float, str, str] | None = None
        self.traffic: list[TrafficShare] = []
        self.instances: list[InstanceCount] = []
        self.endpoint: list[tuple[float, Mapping[str, Any]]] = []

    def event(self, t: float, what: str, say: str, **detail: object) -> None:
        """Note that something happened."""
        if self._whose:
            say, detail = f"{self._whose}: {say}", {**detail, "endpoint": self._whose}
        self.events.append(Event(t, what, say, detail))

    def begin(self, start: float, status: str, say: str) -> None:
        """Note that a part of the deployment begins; there is one at a time."""
        self._running = (start, status, say)

    def end(self, end: float) -> None:
        """Note that the part that runs has ended."""
        if (running := self.running(end)) is not None:
            self.phases.append(running)
        self._running = None

    def running(self, now: float) -> Phase | None:
        """Return the part that has not ended yet, up to now; None where nothing goes on."""
        if self._running is None:
            return None
        start, status, say = self._running
        return Phase(start, now, status, say)

    def describe(self, t: float, answer: Mapping[str, Any]) -> None:
        """Note what DescribeEndpoint answers from `t` on."""
        if self.endpoint and self.endpoint[-1][0] == t:
            self.endpoint.pop()
        if not self.endpoint or self.endpoint[-1][1] != answer:
            self.endpoint.append((t, answer))

    def share(self, t: float, shares: Mapping[str, float]) -> None:
        """Note which configuration answers which share from `t` on."""
        self.traffic.append(TrafficShare(t, dict(shares)))

    def billed(self, t: float, instances: Mapping[FleetName, int]) -> None:
        """Note how many instances are billed from `t` on."""
        fleets = {name: count for name, count in instances.items() if count > 0}
        if self.instances and self.instances[-1].fleets == fleets:
            return
        counts: dict[str, int] = {}
        types: dict[str, int] = {}
        for name, count in fleets.items():
            counts[name.config] = counts.get(name.config, 0) + count
            types[name.instance_type] = types.get(name.instance_type, 0) + count
        self.instances.append(InstanceCount(t, counts, types, fleets))

    def alarm(
        self, t: float, alarm: str, old: AlarmState, new: AlarmState, reason: str, data: Mapping[str, Any]
    ) -> None:
        """Note that an alarm changed its state."""
        self.alarms.append(AlarmTransition(t, alarm, old, new, reason, data))
        self.event(t, new, f"{alarm}: {old} → {new}. {reason}", alarm=alarm)
