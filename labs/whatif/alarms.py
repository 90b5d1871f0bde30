"""The numbers of metric alarms: thresholds and periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from engine.plan import Plan
from engine.requests.cloudwatch import MetricAlarm
from engine.world import World
from labs.whatif.knob import Knob, around, knob, multiples, swapped

PERIODS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 45, 60)
"""EvaluationPeriods to try."""


def alarm_knobs(plan: Plan, world: World) -> Iterator[Knob]:
    """Yield the numbers of all alarms that the plan puts."""
    for alarm in plan.metric_alarms:
        yield from _of_alarm(plan, world, alarm)


def _of_alarm(plan: Plan, world: World, alarm: MetricAlarm) -> Iterator[Knob]:
    name, n, m = alarm.alarm_name, alarm.evaluation_periods, alarm.datapoints_to_alarm

    def put(**changed: Any) -> Plan:  # noqa: ANN401 - fields of an alarm have several types
        return swapped(plan, alarm, replace(alarm, **changed))

    yield knob(
        world,
        id=f"{name}.threshold",
        title=f"{name}: Threshold",
        current=alarm.threshold,
        tried=multiples(alarm.threshold),
        turned=lambda value: put(threshold=value),
        path=("Threshold",),
    )
    yield knob(
        world,
        id=f"{name}.n",
        title=f"{name}: EvaluationPeriods",
        current=n,
        tried=(periods for periods in PERIODS if periods >= (m or 1)),
        turned=lambda value: put(evaluation_periods=int(value)),
        path=("EvaluationPeriods",),
    )
    yield knob(
        world,
        id=f"{name}.m",
        title=f"{name}: DatapointsToAlarm",
        current=alarm.m,
        tried=(points for points in around(alarm.m) if points <= n),
        turned=lambda value: put(datapoints_to_alarm=int(value)),
        path=("DatapointsToAlarm",),
    )
