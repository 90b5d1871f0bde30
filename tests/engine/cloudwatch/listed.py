"""Alarms over a list of numbers: no endpoint, no store, no simulation behind them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from engine.cloudwatch.composite.rule import parse_rule
from engine.cloudwatch.evaluation import evaluate
from engine.requests.cloudwatch import CompositeAlarm, Datapoint, MetricAlarm, MetricDataQuery, MetricStat

VALUES = (0.0, 9.0, 2.0, 9.0, 9.0, 9.0)
"""One per minute."""
STAT = MetricStat(namespace="Mine", metric_name="Numbers", stat="Average")
HIGH = MetricAlarm(alarm_name="high", metric=STAT, threshold=5.0, evaluation_periods=2)
DOUBLED = (
    MetricDataQuery(id="m", metric_stat=STAT, return_data=False),
    MetricDataQuery(id="e", expression="m * 2"),
)
MATH = MetricAlarm(alarm_name="math", metrics=DOUBLED, threshold=18.0, evaluation_periods=3)
BOTH = CompositeAlarm(alarm_name="both", alarm_rule='ALARM("high") AND ALARM("math")')


class Listed:
    """A source of metrics."""

    def datapoints(self, query, starts, now):
        """Return the number of each minute that is over."""
        return [self._datapoint(query, start, now) for start in starts]

    def _datapoint(self, query, start, now):
        minute = int(start // 60)
        over = start >= 0 and start + query.period <= now and minute < len(VALUES)
        return Datapoint(VALUES[minute], 1.0) if over else None


class Told:
    """A log that keeps the changes."""

    def __init__(self):
        self.changes = []

    def alarm(self, t, alarm, old, new, reason, data):
        """Keep a change."""
        self.changes.append([t, alarm, new])

    def event(self, t, what, say, **detail):
        """Nobody asks for anything else."""


def at_once(now=360.0):
    """Evaluate each alarm once, without a clock."""
    states = {
        alarm.alarm_name: evaluate(alarm, Listed(), now, "INSUFFICIENT_DATA", range_extra=2).state
        for alarm in (HIGH, MATH)
    }
    return {**states, "both": parse_rule(BOTH.alarm_rule).state(states)}


def on_their_clock():
    """Let the alarms follow the numbers, minute by minute, and return the changes."""
    import simpy

    from engine.cloudwatch.watch import AlarmWatch
    from engine.timing import Timing

    env, log = simpy.Environment(), Told()
    alarms = AlarmWatch(
        env,
        Listed(),
        Timing(first_evaluation_s=0),
        log,
        lambda t: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=t),
        lambda name: 10.0,
    )
    alarms.put(HIGH)
    alarms.put(MATH)
    alarms.put_composite(BOTH)
    env.run(until=400.0)
    return log.changes
