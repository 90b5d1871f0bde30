"""Where each alarm stands: its state, since when and why, and how it came to be set up so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.cloudwatch.ports import AlarmLog
from engine.cloudwatch.reasons import INITIAL_REASON
from engine.requests.cloudwatch import AlarmState, CompositeAlarm, MetricAlarm

Alarm = MetricAlarm | CompositeAlarm
SettingDeed = Literal["Create", "Update", "Delete"]


@dataclass(slots=True)
class Standing:
    """What is known of one alarm beside its state. Times are seconds of the run."""

    configured: float
    """When it was put, or its actions were turned on or off."""
    since: float
    """When it came into its state."""
    updated: float
    """When its state was last set, also to what it was."""
    reason: str = INITIAL_REASON
    data: Mapping[str, Any] = field(default_factory=dict)
    """StateReasonData."""


@dataclass(frozen=True, slots=True)
class Setting:
    """An alarm was created, changed or deleted."""

    t: float
    alarm: Alarm
    deed: SettingDeed


class Standings:
    """All alarms of an account, of both kinds."""

    def __init__(self, log: AlarmLog) -> None:
        """`log` is told of each change of a state."""
        self.states: dict[str, AlarmState] = {}
        self.of: dict[str, Standing] = {}
        """By name."""
        self.settings: list[Setting] = []
        """In the order in which they happened."""
        self._log = log

    def create(self, name: str, t: float) -> None:
        """Begin with an alarm that has not been evaluated."""
        self.states[name] = "INSUFFICIENT_DATA"
        self.of[name] = Standing(configured=t, since=t, updated=t)

    def change(self, name: str, state: AlarmState, reason: str, data: Mapping[str, Any], t: float) -> None:
        """Put an alarm into a state; one that it was in already only has another reason from then on."""
        before, standing = self.states[name], self.of[name]
        standing.updated, standing.reason, standing.data = t, reason, data
        if state != before:
            standing.since = t
            self.states[name] = state
            self._log.alarm(t, name, before, state, reason, data)

    def set_up(self, alarm: Alarm, deed: SettingDeed, t: float) -> None:
        """Note that an alarm is set up otherwise from now on, or not at all."""
        self.settings.append(Setting(t, alarm, deed))
        if alarm.alarm_name in self.of:
            self.of[alarm.alarm_name].configured = t

    def forget(self, name: str) -> None:
        """Know an alarm no more."""
        self.states.pop(name, None)
        self.of.pop(name, None)
