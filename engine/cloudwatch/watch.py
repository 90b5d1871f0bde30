"""The alarms of an account on their clock (spec cloudwatch 1): a SimPy process that evaluates, and their states."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import simpy

from engine.cloudwatch.composite.watch import CompositeWatch
from engine.cloudwatch.evaluation import Evaluation, evaluate, evaluation_interval
from engine.cloudwatch.ports import AlarmLog, MetricSource
from engine.cloudwatch.reasons import INITIAL_REASON, reason, reason_data
from engine.cloudwatch.refusals import insist_on_deletable, insist_on_kind, insist_on_name, insist_on_rule
from engine.cloudwatch.standing import SettingDeed, Standings
from engine.requests.cloudwatch import AlarmState, CompositeAlarm, MetricAlarm, SetAlarmState
from engine.timing import Timing

Ticks = Generator[simpy.Event, None, None]
FOLLOW_EVERY_S = 10.0
"""From one look at suppressed actions to the next; not published."""


class AlarmWatch:
    """All alarms, their states, and the processes that keep them up to date."""

    def __init__(
        self,
        env: simpy.Environment,
        source: MetricSource,
        timing: Timing,
        log: AlarmLog,
        clock: Callable[[float], datetime],
        second: Callable[[str], float],
    ) -> None:
        """`second` says in which second of a minute the alarm of that name is evaluated."""
        self.standings = Standings(log)
        self.states: Mapping[str, AlarmState] = self.standings.states
        self.tell: Callable[[Evaluation], None] = _nobody
        """Told of each look at an alarm that is in ALARM: scaling goes on as long as it is (spec inference 1.7)."""
        self.is_muted: Callable[[str], bool] = _never
        """Says whether the actions of an alarm are muted now."""
        self._env = env
        self._source = source
        self._timing = timing
        self._log = log
        self._clock = clock
        self._second = second
        self._past_hour_s = clock(0).astimezone(UTC).minute * 60.0
        self._alarms: dict[str, MetricAlarm] = {}
        self.composite_watch = CompositeWatch(self.standings, log, clock)
        self._first: dict[str, float] = {}
        """When each alarm may be evaluated for the first time."""
        self._following = False
        """Is the clock of composite alarms going?"""
        self._ticking: set[tuple[str, int]] = set()
        """Alarms that are evaluated, with the seconds from one evaluation to the next."""
        self._clocks: list[Ticks] = []

    def put(self, alarm: MetricAlarm) -> None:
        """Create an alarm, or replace its configuration and leave its state (spec cloudwatch 1)."""
        insist_on_kind(alarm.alarm_name, self.composites)
        deed = self._create(alarm.alarm_name)
        self._alarms[alarm.alarm_name] = alarm
        self.standings.set_up(alarm, deed, self._env.now)
        begun = (alarm.alarm_name, evaluation_interval(alarm))
        if begun not in self._ticking:
            self._ticking.add(begun)
            self._begin(self._tick(*begun))

    def put_composite(self, alarm: CompositeAlarm) -> None:
        """Create a composite alarm: evaluated when all that is sent now is there, it then follows its children."""
        insist_on_kind(alarm.alarm_name, self._alarms)
        insist_on_rule(alarm, [name for name in self.states if name != alarm.alarm_name])
        deed = self._create(alarm.alarm_name)
        self.composite_watch.put(alarm)
        self.standings.set_up(alarm, deed, self._env.now)
        self._begin(self._look())
        if not self._following:
            self._following = True
            self._begin(self._follow())

    def set_state(self, request: SetAlarmState) -> None:
        """Put an alarm into a state until its next evaluation: a composite's is when a child changes (spec
        cloudwatch 6).
        """
        name, state = request.alarm_name, request.state_value
        insist_on_name(name, self.states)
        before = self.states[name]
        self.standings.change(name, state, request.state_reason, request.state_reason_data, self._env.now)
        if state != before:
            self.composite_watch.changed(name, state, self._env.now)
            self.composite_watch.follow(self._env.now)
        if state == "ALARM" and name in self._alarms and self._is_free(name):
            self.tell(replace(self._look_at(self._alarms[name], self._env.now), state=state))

    def delete(self, names: Iterable[str]) -> None:
        """Forget metric alarms; one that a composite alarm asks about keeps its last state."""
        for name in names:
            alarm = self._alarms.pop(name, None)
            if alarm is not None:
                self.standings.set_up(alarm, "Delete", self._env.now)
            if not self.composite_watch.asking_about(name):
                self.standings.forget(name)

    def remove(self, names: Iterable[str]) -> None:
        """Delete alarms of either kind as DeleteAlarms does: names without an alarm are passed over.

        RefusedRequest, and nothing is deleted, for several composite alarms and for an alarm that a composite asks
        about.
        """
        known = [name for name in dict.fromkeys(names) if name in self.standings.of]
        composites = [name for name in known if name in self.composites]
        insist_on_deletable(composites, [name for name in known if self.composite_watch.asking_about(name)])
        for name in composites:
            self.standings.set_up(self.composite_watch.remove(name), "Delete", self._env.now)
            self.standings.forget(name)
        self.delete(name for name in known if name not in composites)
        for name in known:
            self._log.event(self._env.now, "AlarmDeleted", f"{name} is deleted.", alarm=name)

    def enable_actions(self, names: Iterable[str], *, enabled: bool) -> None:
        """Turn the actions of alarms on or off; states go on. Names without an alarm are passed over."""
        for name in names:
            alarm = self.alarm(name)
            if alarm is None or alarm.actions_enabled == enabled:
                continue
            changed = replace(alarm, actions_enabled=enabled)
            if isinstance(changed, MetricAlarm):
                self._alarms[name] = changed
            else:
                self.composite_watch.alarms[name] = changed
            self.standings.set_up(changed, "Update", self._env.now)

    def alarm(self, name: str) -> MetricAlarm | CompositeAlarm | None:
        """Return the alarm of that name, of either kind."""
        return self._alarms.get(name) or self.composite_watch.alarms.get(name)

    @property
    def metric_alarms(self) -> Mapping[str, MetricAlarm]:
        """All alarms on metrics, by name."""
        return self._alarms

    @property
    def composites(self) -> Mapping[str, CompositeAlarm]:
        """All composite alarms, by name."""
        return self.composite_watch.alarms

    def evaluation(self, name: str) -> Evaluation | None:
        """Return what a metric alarm that is in ALARM sees now; None for one in another state, or that may not act."""
        alarm = self._alarms.get(name)
        in_alarm = alarm is not None and self.states[name] == "ALARM" and self._is_free(name)
        return replace(self._look_at(alarm, self._env.now), state="ALARM") if alarm and in_alarm else None

    def acting(self, action: str) -> Iterable[str]:
        """Return the metric alarms that may act, with an action whose ARN ends like this."""
        return tuple(filter(self._is_free, self.naming(action)))

    def naming(self, action: str) -> Iterable[str]:
        """Return the metric alarms with an action whose ARN ends like this, whether they may act or not."""
        return tuple(name for name, alarm in self._alarms.items() if _acts(alarm, action))

    def in_alarm(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return those that are in ALARM; a name without an alarm never is."""
        return tuple(name for name in names if self.states.get(name) == "ALARM")

    def stop(self) -> None:
        """Evaluate no more, and let go of what the alarms read and of whom they tell."""
        self.tell = _nobody
        for clock in self._clocks:
            clock.close()

    def _is_free(self, name: str) -> bool:
        """May a metric alarm act?"""
        return self._alarms[name].actions_enabled and not self.is_muted(name)

    def _begin(self, clock: Ticks) -> None:
        self._clocks.append(clock)
        self._env.process(clock)

    def _create(self, name: str) -> SettingDeed:
        """Make sure that there is an alarm of that name; return whether it is new."""
        if name in self.standings.of:
            return "Update"
        self.standings.create(name, self._env.now)
        self._first[name] = self._env.now + self._timing.first_evaluation_s
        self._log.event(self._env.now, "AlarmCreated", f"{name}: {INITIAL_REASON}", alarm=name)
        return "Create"

    def _tick(self, name: str, interval: int) -> Ticks:
        """Evaluate at the alarm's second of every minute, of every ten seconds, or of every hour of the clock."""
        second = self._second(name) % interval - self._past_hour_s
        at = (self._env.now - second) // interval * interval + second
        while True:
            at += interval
            yield self._env.timeout(at - self._env.now)
            alarm = self._alarms.get(name)
            if alarm is None:
                self._ticking.discard((name, interval))
                return
            if evaluation_interval(alarm) == interval and at >= self._first[name]:
                self._evaluate(alarm, at)
                self.composite_watch.follow(self._env.now)

    def _look(self) -> Ticks:
        """Evaluate composites that were put, after whatever happens at the same moment."""
        yield self._env.timeout(0)
        self.composite_watch.follow(self._env.now)

    def _follow(self) -> Ticks:
        """Look at actions whose time has come."""
        while True:
            yield self._env.timeout(FOLLOW_EVERY_S)
            self.composite_watch.follow(self._env.now)

    def _evaluate(self, alarm: MetricAlarm, at: float) -> None:
        previous = self.states[alarm.alarm_name]
        evaluation = self._look_at(alarm, at)
        if evaluation.state != previous:
            why = reason(evaluation, self._clock), reason_data(evaluation, self._clock)
            self.standings.change(alarm.alarm_name, evaluation.state, *why, evaluation.now)
            self.composite_watch.changed(alarm.alarm_name, evaluation.state, self._env.now)
        if evaluation.state == "ALARM" and self._is_free(alarm.alarm_name):
            self.tell(evaluation)

    def _look_at(self, alarm: MetricAlarm, at: float) -> Evaluation:
        return evaluate(
            alarm,
            self._source,
            at,
            self.states[alarm.alarm_name],
            range_extra=self._timing.evaluation_range_extra,
            too_recent=self._timing.too_recent_state,
            past_hour_s=self._past_hour_s,
        )


def _nobody(evaluation: Evaluation) -> None:
    """Take no notice."""


def _never(alarm: str) -> bool:
    """Mute nothing."""
    return False


def _acts(alarm: MetricAlarm, action: str) -> bool:
    return any(each.endswith(action) for each in alarm.alarm_actions)
