"""The alarms of an account on their clock (spec cloudwatch 1): a SimPy process that evaluates, and their states."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable
from dataclasses import replace
from datetime import UTC, datetime

import simpy

from engine.cloudwatch.composite.rule import problems
from engine.cloudwatch.composite.watch import CompositeWatch
from engine.cloudwatch.evaluation import Evaluation, evaluate, evaluation_interval
from engine.cloudwatch.ports import AlarmLog, MetricSource
from engine.cloudwatch.reasons import INITIAL_REASON, reason, reason_data
from engine.errors import RefusedRequest
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
        self.states: dict[str, AlarmState] = {}
        self.tell: Callable[[Evaluation], None] = _nobody
        """Told of each look at an alarm that is in ALARM: scaling goes on as long as it is (spec inference 1.7)."""
        self._env = env
        self._source = source
        self._timing = timing
        self._log = log
        self._clock = clock
        self._second = second
        self._past_hour_s = clock(0).astimezone(UTC).minute * 60.0
        self._alarms: dict[str, MetricAlarm] = {}
        self._since: dict[str, float] = {}
        """When each alarm came into its state."""
        self._composites = CompositeWatch(self.states, self._since, log, clock)
        self._first: dict[str, float] = {}
        """When each alarm may be evaluated for the first time."""
        self._following = False
        """Is the clock of composite alarms going?"""
        self._ticking: set[tuple[str, int]] = set()
        """Alarms that are evaluated, with the seconds from one evaluation to the next."""
        self._clocks: list[Ticks] = []

    def put(self, alarm: MetricAlarm) -> None:
        """Create an alarm, or replace its configuration and leave its state (spec cloudwatch 1)."""
        self._create(alarm.alarm_name)
        self._alarms[alarm.alarm_name] = alarm
        begun = (alarm.alarm_name, evaluation_interval(alarm))
        if begun not in self._ticking:
            self._ticking.add(begun)
            self._begin(self._tick(*begun))

    def put_composite(self, alarm: CompositeAlarm) -> None:
        """Create a composite alarm: it is evaluated when all that is sent at this moment is there, and then follows its
        children.
        """
        known = [name for name in self.states if name != alarm.alarm_name]
        for say in problems(alarm, known):
            raise RefusedRequest("ValidationError", say)
        self._create(alarm.alarm_name)
        self._composites.put(alarm)
        self._begin(self._look())
        if not self._following:
            self._following = True
            self._begin(self._follow())

    def set_state(self, request: SetAlarmState) -> None:
        """Put an alarm into a state until its next evaluation: a composite's is when a child changes (spec
        cloudwatch 6).
        """
        name, state = request.alarm_name, request.state_value
        if name not in self.states:
            say = f"There is no alarm {name!r}; known: {sorted(self.states)}."
            raise RefusedRequest("ResourceNotFound", "", status=404, say=say)
        before = self.states[name]
        if state != before:
            self.states[name] = state
            self._log.alarm(self._env.now, name, before, state, request.state_reason, {})
            self._composites.changed(name, state, self._env.now)
            self._composites.follow(self._env.now)
        if state == "ALARM" and name in self._alarms:
            self.tell(replace(self._look_at(self._alarms[name], self._env.now), state=state))

    def delete(self, names: Iterable[str]) -> None:
        """Forget metric alarms; one that a composite alarm asks about keeps its last state."""
        for name in names:
            self._alarms.pop(name, None)
            if not self._composites.asks_about(name):
                self.states.pop(name, None)

    def evaluation(self, name: str) -> Evaluation | None:
        """Return what a metric alarm that is in ALARM sees now; None for one in another state."""
        alarm = self._alarms.get(name)
        in_alarm = alarm is not None and self.states[name] == "ALARM"
        return replace(self._look_at(alarm, self._env.now), state="ALARM") if alarm and in_alarm else None

    def acting(self, action: str) -> Iterable[str]:
        """Return the metric alarms with an enabled action whose ARN ends like this."""
        return tuple(name for name, alarm in self._alarms.items() if _acts(alarm, action))

    @property
    def composites(self) -> Collection[str]:
        """Names of the alarms that are composite."""
        return self._composites.names

    def in_alarm(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return those that are in ALARM; a name without an alarm never is."""
        return tuple(name for name in names if self.states.get(name) == "ALARM")

    def stop(self) -> None:
        """Evaluate no more, and let go of what the alarms read and of whom they tell."""
        self.tell = _nobody
        for clock in self._clocks:
            clock.close()

    def _begin(self, clock: Ticks) -> None:
        self._clocks.append(clock)
        self._env.process(clock)

    def _create(self, name: str) -> None:
        if name not in self.states:
            self.states[name] = "INSUFFICIENT_DATA"
            self._since[name] = self._env.now
            self._first[name] = self._env.now + self._timing.first_evaluation_s
            self._log.event(self._env.now, "AlarmCreated", f"{name}: {INITIAL_REASON}", alarm=name)

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
                self._composites.follow(self._env.now)

    def _look(self) -> Ticks:
        """Evaluate composites that were put, after whatever happens at the same moment."""
        yield self._env.timeout(0)
        self._composites.follow(self._env.now)

    def _follow(self) -> Ticks:
        """Look at actions whose time has come."""
        while True:
            yield self._env.timeout(FOLLOW_EVERY_S)
            self._composites.follow(self._env.now)

    def _evaluate(self, alarm: MetricAlarm, at: float) -> None:
        previous = self.states[alarm.alarm_name]
        evaluation = self._look_at(alarm, at)
        if evaluation.state != previous:
            self.states[alarm.alarm_name] = evaluation.state
            self._note(alarm.alarm_name, previous, evaluation)
            self._composites.changed(alarm.alarm_name, evaluation.state, self._env.now)
        if evaluation.state == "ALARM":
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

    def _note(self, name: str, previous: AlarmState, evaluation: Evaluation) -> None:
        self._log.alarm(
            evaluation.now,
            name,
            previous,
            evaluation.state,
            reason(evaluation, self._clock),
            reason_data(evaluation, self._clock),
        )


def _nobody(evaluation: Evaluation) -> None:
    """Take no notice."""


def _acts(alarm: MetricAlarm, action: str) -> bool:
    return alarm.actions_enabled and any(each.endswith(action) for each in alarm.alarm_actions)
