"""The composite alarms of an account: they follow their children, and their actions may be held back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from engine.cloudwatch.alarm import AlarmState, CompositeAlarm
from engine.cloudwatch.composite import in_order, parse_rule
from engine.cloudwatch.reasons import composite_reason
from engine.cloudwatch.rule_syntax import RuleError
from engine.cloudwatch.suppression import CompositeChanged, Event, Suppression, SuppressorChanged, TimePassed, step
from engine.recorder import Recorder


class CompositeWatch:
    """Composite alarms over the states of all alarms, which it shares with the `AlarmWatch`."""

    def __init__(self, states: dict[str, AlarmState], recorder: Recorder, clock: Callable[[float], datetime]) -> None:
        self._states = states
        self._recorder = recorder
        self._clock = clock
        self._alarms: dict[str, CompositeAlarm] = {}
        self._ordered: tuple[CompositeAlarm, ...] = ()
        self._suppressions: dict[str, Suppression] = {}

    def put(self, alarm: CompositeAlarm) -> None:
        """Take an alarm in. Alarms that ask about each other in a circle are not evaluated (spec cloudwatch 9)."""
        self._alarms[alarm.alarm_name] = alarm
        suppressor = self._states.get(alarm.actions_suppressor or "", "INSUFFICIENT_DATA")
        self._suppressions[alarm.alarm_name] = Suppression(suppressor=suppressor)
        try:
            self._ordered = in_order(self._alarms.values())
        except RuleError:
            self._ordered = ()

    def follow(self, now: float) -> None:
        """Bring every composite up to date, each after those it asks about, and let actions run that are due."""
        for alarm in self._ordered:
            state = parse_rule(alarm.alarm_rule).state(self._states)
            if state != self._states[alarm.alarm_name]:
                self._turn(alarm, state, now)
            self._act(alarm, TimePassed(), now)

    def changed(self, name: str, state: AlarmState, now: float) -> None:
        """Note that an alarm changed which may be a suppressor."""
        for alarm in self._ordered:
            if alarm.actions_suppressor == name:
                self._act(alarm, SuppressorChanged(state), now)

    def _turn(self, alarm: CompositeAlarm, state: AlarmState, now: float) -> None:
        """Give a composite its new state; the child that changed last is named as the reason."""
        name, children = alarm.alarm_name, parse_rule(alarm.alarm_rule).children
        cause = next((change.alarm for change in reversed(self._recorder.alarms) if change.alarm in children), name)
        why = composite_reason(cause, self._states.get(cause, "INSUFFICIENT_DATA"), self._clock(now))
        self._recorder.alarm(now, name, self._states[name], state, why, {})
        self._states[name] = state
        self._act(alarm, CompositeChanged(state), now)
        self.changed(name, state, now)

    def _act(self, alarm: CompositeAlarm, event: Event, now: float) -> None:
        before = self._suppressions[alarm.alarm_name]
        after = self._suppressions[alarm.alarm_name] = step(before, event, now, alarm)
        for action in after.acted:
            say = f"{alarm.alarm_name}: the actions of {action.state} run."
            self._recorder.event(action.t, "AlarmActions", say, alarm=alarm.alarm_name)
        if after.suppressed_by is not None and after.suppressed_by != before.suppressed_by:
            self._recorder.event(
                now, "ActionsSuppressed", f"{alarm.alarm_name}: {after.reason}.", by=after.suppressed_by
            )
