"""The composite alarms of an account: they follow their children, and their actions may be held back.

A composite is evaluated when a child has changed, and at once when it was put (spec cloudwatch 6): recorded from AWS,
one that was just created had a state, and `was created` for a reason.

ActionsEnabled and the lists of actions change nothing here, as they move no rollout: it is known when actions are free
to run, not whether there are any (spec cloudwatch 6).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

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
from engine.cloudwatch.reasons import Deed, composite_reason, composite_reason_data, put_reason
from engine.cloudwatch.standing import Standings
from engine.requests.cloudwatch import AlarmState, CompositeAlarm


@dataclass(frozen=True, slots=True)
class _Put:
    """The composite itself was put."""

    deed: Deed


@dataclass(frozen=True, slots=True)
class _Changed:
    """A child went to another state."""

    child: str


class CompositeWatch:
    """Composite alarms over the states of all alarms, which it shares with the `AlarmWatch`."""

    def __init__(self, standings: Standings, log: AlarmLog, clock: Callable[[float], datetime]) -> None:
        self.alarms: dict[str, CompositeAlarm] = {}
        """By name."""
        self.suppressions: dict[str, Suppression] = {}
        """How the actions of each are held back."""
        self.standings, self._states = standings, standings.states
        self._log = log
        self._clock = clock
        self._ordered: tuple[CompositeAlarm, ...] = ()
        self._due: dict[str, _Put | _Changed] = {}
        """Composites to evaluate, with what made them due; that they were put says more than that a child changed."""

    def put(self, alarm: CompositeAlarm) -> None:
        """Take an alarm in. Alarms that ask about each other in a circle are not evaluated (spec cloudwatch 9)."""
        if not isinstance(self._due.get(alarm.alarm_name), _Put):
            self._due[alarm.alarm_name] = _Put("updated" if alarm.alarm_name in self.alarms else "created")
        self.alarms[alarm.alarm_name] = alarm
        suppressor = self._states.get(alarm_name(alarm.actions_suppressor or ""), "INSUFFICIENT_DATA")
        self.suppressions[alarm.alarm_name] = Suppression(suppressor=suppressor)
        self._order()

    def remove(self, name: str) -> CompositeAlarm:
        """Forget an alarm, and return it."""
        self._due.pop(name, None)
        del self.suppressions[name]
        alarm = self.alarms.pop(name)
        self._order()
        return alarm

    def asking_about(self, name: str) -> Collection[str]:
        """Return the alarms whose rules name this one."""
        return tuple(each for each, alarm in self.alarms.items() if name in parse_rule(alarm.alarm_rule).children)

    def _order(self) -> None:
        try:
            self._ordered = in_order(self.alarms.values())
        except RuleError:
            self._ordered = ()

    def follow(self, now: float) -> None:
        """Evaluate what is due, each composite after those it asks about, and let actions run whose time has come."""
        for alarm in self._ordered:
            alarm = self.alarms[alarm.alarm_name]  # its actions may have been turned off meanwhile
            if alarm.alarm_name in self._due:
                self._evaluate(alarm, self._due.pop(alarm.alarm_name), now)
            self._act(alarm, TimePassed(), now)

    def changed(self, name: str, state: AlarmState, now: float) -> None:
        """Note that an alarm changed, which may be a child, a suppressor or a composite; `follow` does the rest."""
        for alarm in self.alarms.values():
            if alarm.alarm_name == name:
                self._act(alarm, CompositeChanged(state), now)
            if alarm_name(alarm.actions_suppressor or "") == name:
                self._act(alarm, SuppressorChanged(state), now)
            put = isinstance(self._due.get(alarm.alarm_name), _Put)
            if name in parse_rule(alarm.alarm_rule).children and not put:
                self._due[alarm.alarm_name] = _Changed(name)

    def _evaluate(self, alarm: CompositeAlarm, why: _Put | _Changed, now: float) -> None:
        name, rule = alarm.alarm_name, parse_rule(alarm.alarm_rule)
        before, state = self._states[name], rule.state(self._states)
        if state == before:
            return
        match why:
            case _Put(deed):
                children, reason = rule.children, put_reason(name, deed, state)
            case _Changed(child):
                children, reason = (child,), composite_reason(child, self._states[child], self._clock(now))
            case _:
                assert_never(why)
        self.standings.change(name, state, reason, composite_reason_data(self._stand(children)), now)
        self.changed(name, state, now)

    def _stand(self, names: Iterable[str]) -> Iterable[tuple[str, AlarmState, datetime]]:
        """Yield alarms with their states, and since when they have been in them."""
        return ((name, self._states[name], self._clock(self.standings.of[name].since)) for name in names)

    def _act(self, alarm: CompositeAlarm, event: Event, now: float) -> None:
        before = self.suppressions[alarm.alarm_name]
        after = self.suppressions[alarm.alarm_name] = step(before, event, now, alarm)
        for action in after.acted:
            say = f"{alarm.alarm_name}: nothing holds back the actions of {action.state}, if it has any enabled."
            self._log.event(action.t, "AlarmActions", say, alarm=alarm.alarm_name)
        if after.suppressed_by is not None and after.suppressed_by != before.suppressed_by:
            self._log.event(now, "ActionsSuppressed", f"{alarm.alarm_name}: {after.reason}.", by=after.suppressed_by)
