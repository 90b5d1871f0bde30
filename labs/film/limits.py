"""The thresholds of a plan's alarms, in the units in which a fleet's minutes are given."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from engine.plan import Plan
from engine.requests.cloudwatch import CompositeAlarm, MetricAlarm, MetricStat
from labs.film.fleets import MICROSECONDS_PER_MS, Fleet, Minutes, merged, scaled
from labs.film.math_limits import math_level

if TYPE_CHECKING:  # brings numpy along, as in `film`
    from engine.world import World

ERRORS = ("Invocation4XXErrors", "Invocation5XXErrors", "InvocationModelErrors")
LATENCY = ("ModelLatency",)
OPERATORS = {
    "GreaterThanThreshold": ">",
    "GreaterThanOrEqualToThreshold": "≥",
    "LessThanThreshold": "<",
    "LessThanOrEqualToThreshold": "≤",
}
Unit = Literal["errors per minute", "ms"]
Judged = Literal["errors", "p50", "p99", "none"]


@dataclass(frozen=True, slots=True)
class Limit:
    """Where an alarm's threshold lies."""

    alarm: str
    config: str | None
    """The endpoint configuration that it watches, None for the whole endpoint."""
    say: str
    """Such as `> 5`, as the alarm counts; or why there is no line."""
    level: float | Minutes | None
    """One height, or one per minute where the threshold depends on the requests; None: there is no line."""
    unit: Unit = "errors per minute"
    """Of the level."""
    judges: Judged = "errors"
    """Which of a fleet's minutes it is about; those beyond it do harm."""

    def at(self, minute: int) -> float | None:
        """Return the height in a minute."""
        if not isinstance(self.level, tuple):
            return self.level
        return self.level[minute] if minute < len(self.level) else None


def alarms_of(world: World, plan: Plan) -> tuple[MetricAlarm, ...]:
    """Return the alarms that there are once the plan has been sent; one replaces its namesake."""
    return tuple({alarm.alarm_name: alarm for alarm in (*world.alarms, *plan.metric_alarms)}.values())


def error_limits(alarms: Iterable[MetricAlarm], fleets: tuple[Fleet, ...]) -> tuple[Limit, ...]:
    """Return the limits of all alarms but those on latency, as errors per minute."""
    return tuple(_on_errors(alarm, fleets) for alarm in alarms if not _is_on_latency(alarm))


def latency_limits(alarms: Iterable[MetricAlarm]) -> tuple[Limit, ...]:
    """Return the limits on ModelLatency, in milliseconds."""
    return tuple(_on_latency(alarm) for alarm in alarms if _is_on_latency(alarm))


def without_line(alarms: Iterable[MetricAlarm | CompositeAlarm], why: str) -> tuple[Limit, ...]:
    """Return what there is to say of alarms that have no line anywhere."""
    return tuple(Limit(alarm.alarm_name, None, f"no line: {why}", None) for alarm in alarms)


def watches_another(alarm: MetricAlarm, endpoint: str) -> str | None:
    """Return the endpoint that an alarm watches, if it is another one."""
    named = (dict(stat.dimensions).get("EndpointName", endpoint) for stat in alarm.stats)
    return next((name for name in named if name != endpoint), None)


def watches(alarm: MetricAlarm, variants: Collection[str]) -> bool:
    """Is each variant that the alarm names one of these?"""
    named = [dict(stat.dimensions).get("VariantName") for stat in alarm.stats]
    return all(name is None or name in variants for name in named)


def watches_any(alarm: MetricAlarm, variants: Collection[str]) -> bool:
    """Does the alarm name one of these variants?"""
    return any(dict(stat.dimensions).get("VariantName") in variants for stat in alarm.stats)


def _on_errors(alarm: MetricAlarm, fleets: tuple[Fleet, ...]) -> Limit:
    config = _config(alarm)
    requests = merged([fleet.requests for fleet in fleets if config in (None, fleet.config)], sum)
    metric = alarm.metric
    if metric is None:
        return _of_math(alarm, math_level(alarm, _is_error_count, requests), _counted(alarm))
    if metric.metric_name in ERRORS and metric.stat == "Sum":
        return Limit(alarm.alarm_name, config, _counted(alarm), alarm.threshold * 60 / metric.period)
    if metric.metric_name in ERRORS and metric.stat == "Average":
        say = _say(alarm, alarm.threshold * 100) + " %"
        return Limit(alarm.alarm_name, config, say, scaled(requests, alarm.threshold))
    return Limit(alarm.alarm_name, config, f"no line: {metric.stat} of {metric.metric_name}", None)


def _on_latency(alarm: MetricAlarm) -> Limit:
    metric = alarm.metric
    if metric is None:
        solved = math_level(alarm, _is_latency, ())
        level = solved / MICROSECONDS_PER_MS if isinstance(solved, float) else None
        return replace(_of_math(alarm, level, f"{_say(alarm, level or 0.0)} ms"), unit="ms", judges=_judged(alarm))
    if not _is_latency(metric):
        return Limit(alarm.alarm_name, _config(alarm), f"no line: {metric.stat} of {metric.metric_name}", None, "ms")
    threshold = alarm.threshold / MICROSECONDS_PER_MS
    say = f"{metric.stat} {_say(alarm, threshold)} ms"
    return Limit(alarm.alarm_name, _config(alarm), say, threshold, "ms", _judged(alarm))


def _judged(alarm: MetricAlarm) -> Judged:
    """Return which minutes of latency an alarm is about: p99, p50, or a statistic of which there are none."""
    known: dict[str, Judged] = {"p99": "p99", "p50": "p50"}
    return known.get(alarm.stats[0].stat, "none")


def _of_math(alarm: MetricAlarm, level: float | Minutes | None, say: str) -> Limit:
    """Return the limit of a metric math alarm, if it watches one configuration alone and has a line."""
    if level is None or len(_configs(alarm)) > 1:
        return Limit(alarm.alarm_name, None, "no line: metric math", None)
    return Limit(alarm.alarm_name, _config(alarm), f"{say} (math)", level)


def _counted(alarm: MetricAlarm) -> str:
    return _say(alarm, alarm.threshold) + ("" if alarm.period == 60 else f" in {alarm.period} s")


def _is_error_count(stat: MetricStat) -> bool:
    return stat.metric_name in ERRORS and stat.stat == "Sum"


def _is_latency(stat: MetricStat) -> bool:
    return stat.metric_name in LATENCY and stat.stat not in ("Sum", "SampleCount")


def _is_on_latency(alarm: MetricAlarm) -> bool:
    return all(stat.metric_name in LATENCY for stat in alarm.stats)


def _configs(alarm: MetricAlarm) -> set[str | None]:
    return {dict(stat.dimensions).get("EndpointConfigName") for stat in alarm.stats}


def _config(alarm: MetricAlarm) -> str | None:
    """Return the one endpoint configuration that it watches."""
    return min(_configs(alarm), key=str, default=None)


def _say(alarm: MetricAlarm, level: float) -> str:
    return f"{OPERATORS[alarm.comparison_operator]} {level:g}"
