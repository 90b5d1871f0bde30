"""The thresholds of a plan's alarms, in the units of the charts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.tui.lab.fleets import MICROSECONDS_PER_MS, Fleet, Minutes, merged, scaled
from engine.cloudwatch.alarm import MetricAlarm, MetricStat

if TYPE_CHECKING:
    from engine.plan import Plan
    from engine.world import World

ERRORS = ("Invocation4XXErrors", "Invocation5XXErrors", "InvocationModelErrors")
LATENCY = ("ModelLatency",)
OPERATORS = {
    "GreaterThanThreshold": ">",
    "GreaterThanOrEqualToThreshold": "≥",
    "LessThanThreshold": "<",
    "LessThanOrEqualToThreshold": "≤",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """Where an alarm's threshold lies on a chart."""

    alarm: str
    config: str | None
    """The endpoint configuration that it watches, None for the whole endpoint."""
    say: str
    """Such as `> 5`, in the chart's unit."""
    level: float | Minutes
    """One height, or one per minute where the threshold is a share of the requests."""

    def at(self, minute: int) -> float | None:
        """Return the height in a minute."""
        if not isinstance(self.level, tuple):
            return self.level
        return self.level[minute] if minute < len(self.level) else None


def alarms_of(world: World, plan: Plan) -> tuple[MetricAlarm, ...]:
    """Return the alarms that there are once the plan has been sent; one replaces its namesake."""
    sent = [step.request for step in plan.steps if isinstance(step.request, MetricAlarm)]
    return tuple({alarm.alarm_name: alarm for alarm in (*world.alarms, *sent)}.values())


def error_limits(alarms: Iterable[MetricAlarm], fleets: tuple[Fleet, ...]) -> tuple[Limit, ...]:
    """Return the limits on errors, as errors per minute: an Average is a share of that minute's requests."""
    limits = []
    for alarm, metric in _watching(alarms, ERRORS):
        config = _config(metric)
        if metric.stat == "Sum":
            say = _say(alarm, alarm.threshold) + ("" if metric.period == 60 else f" in {metric.period} s")
            limits.append(Limit(alarm.alarm_name, config, say, alarm.threshold * 60 / metric.period))
        elif metric.stat == "Average":
            watched = [fleet.requests for fleet in fleets if config in (None, fleet.config)]
            level = scaled(merged(watched, sum), alarm.threshold)
            limits.append(Limit(alarm.alarm_name, config, _say(alarm, alarm.threshold * 100) + " %", level))
    return tuple(limits)


def latency_limits(alarms: Iterable[MetricAlarm]) -> tuple[Limit, ...]:
    """Return the limits on ModelLatency, in milliseconds."""
    return tuple(
        Limit(alarm.alarm_name, _config(metric), f"{metric.stat} {_say(alarm, level)} ms", level)
        for alarm, metric in _watching(alarms, LATENCY)
        for level in [alarm.threshold / MICROSECONDS_PER_MS]
        if metric.stat not in ("Sum", "SampleCount")
    )


def _watching(alarms: Iterable[MetricAlarm], names: tuple[str, ...]) -> list[tuple[MetricAlarm, MetricStat]]:
    return [(alarm, alarm.metric) for alarm in alarms if alarm.metric and alarm.metric.metric_name in names]


def _config(metric: MetricStat) -> str | None:
    return dict(metric.dimensions).get("EndpointConfigName")


def _say(alarm: MetricAlarm, level: float) -> str:
    return f"{OPERATORS[alarm.comparison_operator]} {level:g}"
