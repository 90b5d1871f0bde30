"""The composite alarms of an account: they follow their children, and their actions may be held back.

A composite is evaluated when a child has changed, and once after it was put (spec cloudwatch 6). AWS does not say when
that first time is; here it is the next minute in which alarms are evaluated.

ActionsEnabled and the lists of actions are not read, as they move no rollout: it is known when actions are free to run,
not whether there are any (spec cloudwatch 6).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from engine.cloudwatch.composite.rule import in_order, parse_rule
from engine.cloudwatch.composite.suppression import (
    CompositeChanged,
    Event,
    Suppression,
    SuppressorChanged,
    TimePassed,
    step,
)
from engine.cloudwatch.composite.syntax import RuleError, alarm_name
from engine.cloudwatch.ports import AlarmLog
from engine.cloudwatch.reasons import composite_reason, put_reason
from engine.requests.cloudwatch import AlarmState, CompositeAlarm


class CompositeWatch:
    """Composite alarms over the states of all alarms, which it shares with the `AlarmWatch`."""

    def __init__(self, states: dict[str, AlarmState], log: AlarmLog, clock: Callable[[float], datetime]) -> None:
        self._states = states
        self._log = log
        self._clock = clock
        self._alarms: dict[str, CompositeAlarm] = {}
        self._ordered: tuple[CompositeAlarm, ...] = ()
        self._suppressions: dict[str, Suppression] = {}
        self._due: dict[str, str | None] = {}
        """Composites to evaluate, with the change of a child that made them due; None for one that was put."""

    def put(self, alarm: CompositeAlarm) -> None:
        """Take an alarm in. Alarms that ask about each other in a circle are not evaluated (spec cloudwatch 9)."""
        self._alarms[alarm.alarm_name] = alarm
        self._due[alarm.alarm_name] = None
        suppressor = self._states.get(alarm_name(alarm.actions_suppressor or ""), "INSUFFICIENT_DATA")
        self._suppressions[alarm.alarm_name] = Suppression(suppressor=suppressor)
        try:
            self._ordered = in_order(self._alarms.values())
        except RuleError:
            self._ordered = ()

    def follow(self, now: float) -> None:
        """Evaluate what is due, each composite after those it asks about, and let actions run whose time has come."""
        for alarm in self._ordered:
            if alarm.alarm_name in self._due:
                self._evaluate(alarm, self._due.pop(alarm.alarm_name), now)
            self._act(alarm, TimePassed(), now)

    def changed(self, name: str, state: AlarmState, now: float) -> None:
        """Note that an alarm changed, which may be a child, a suppressor or a composite; `follow` does the rest."""
        for alarm in self._alarms.values():
            if alarm.alarm_name == name:
                self._act(alarm, CompositeChanged(state), now)
            if alarm_name(alarm.actions_suppressor or "") == name:
                self._act(alarm, SuppressorChanged(state), now)
            if name in parse_rule(alarm.alarm_rule).children:
                self._due[alarm.alarm_name] = composite_reason(name, state, self._clock(now))

    def _evaluate(self, alarm: CompositeAlarm, why: str | None, now: float) -> None:
        name, before = alarm.alarm_name, self._states[alarm.alarm_name]
        state = parse_rule(alarm.alarm_rule).state(self._states)
        if state != before:
            self._log.alarm(now, name, before, state, why or put_reason(name, state), {})
            self._states[name] = state
            self.changed(name, state, now)

    def _act(self, alarm: CompositeAlarm, event: Event, now: float) -> None:
        before = self._suppressions[alarm.alarm_name]
        after = self._suppressions[alarm.alarm_name] = step(before, event, now, alarm)
        for action in after.acted:
            say = f"{alarm.alarm_name}: nothing holds back the actions of {action.state}, if it has any enabled."
            self._log.event(action.t, "AlarmActions", say, alarm=alarm.alarm_name)
        if after.suppressed_by is not None and after.suppressed_by != before.suppressed_by:
            self._log.event(now, "ActionsSuppressed", f"{alarm.alarm_name}: {after.reason}.", by=after.suppressed_by)
