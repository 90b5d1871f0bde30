"""The numbers of metric alarms: thresholds and periods."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from engine.plan import Plan
from engine.requests.cloudwatch import MetricAlarm
from engine.world import World
from labs.whatif.knob import Knob, around, knob, swapped

PERIODS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 45, 60)
"""EvaluationPeriods to try."""


def alarm_knobs(plan: Plan, world: World) -> Iterator[Knob]:
    """Yield the numbers of all alarms that the plan puts."""
    puts: Counter[str] = Counter()
    for alarm in plan.metric_alarms:
        puts[alarm.alarm_name] += 1
        for found in _of_alarm(plan, world, alarm):
            yield _of_put(found, puts[alarm.alarm_name])


def _of_alarm(plan: Plan, world: World, alarm: MetricAlarm) -> Iterator[Knob]:
    name, n, m = alarm.alarm_name, alarm.evaluation_periods, alarm.datapoints_to_alarm

    def put(**changed: Any) -> Plan:  # noqa: ANN401 - fields of an alarm have several types
        return swapped(plan, alarm, replace(alarm, **changed))

    yield knob(
        world,
        id=f"{name}.threshold",
        title=f"{name}: Threshold",
        current=alarm.threshold,
        tried=_thresholds(alarm.threshold),
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


def _thresholds(current: float) -> Iterator[float]:
    """Yield thresholds from a tenth to ten times the current one; beside 0 those around 1."""
    base = current or 1.0
    tried = (base / 10, base / 4, base / 2, base * 2, base * 4, base * 10)
    return (value for value in tried if math.isfinite(value))


def _of_put(found: Knob, put: int) -> Knob:
    """Tell apart the knobs of alarms of one name, of which each replaces the one before."""
    return found if put == 1 else replace(found, id=f"{found.id}@{put}", title=f"{found.title}, put {put}")
