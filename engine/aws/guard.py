"""How long an update is watched, and how long an alarm takes to notice: the two times that must fit together.

Everything in seconds. The detection follows the evaluation clock of `engine.cloudwatch`, with a new fleet on
which every request fails from the first one on (spec sagemaker 4.1; labs 6).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.aws.scene import Rollout
from engine.cloudwatch.alarm import Datapoint, MetricAlarm, MetricStat
from engine.sagemaker.capacity import instances_of
from engine.sagemaker.requests import CapacitySize, DeploymentConfig
from engine.timing import Timing

PERCENT = 100
"""Instances that a fleet of unknown size is taken to have, so that a percentage is exact."""


@dataclass(frozen=True, slots=True)
class Guard:
    """The bakes of one update."""

    kind: str
    """ALL_AT_ONCE, CANARY, LINEAR or ROLLING."""
    first_share: float
    """The new fleet's share of the traffic after the first shift."""
    first_bake_s: float
    bakes_s: float
    """All bakes together."""
    watched_s: float
    """From the first request on the new fleet to the last look at the alarms."""
    total_s: float
    """From UpdateEndpoint to the last look, if nothing goes wrong."""


def guard_of(rollout: Rollout) -> Guard:
    """Return the bakes of an update; without a policy it moves everything at once and bakes never."""
    deployment, timing = rollout.deployment or DeploymentConfig(), rollout.scene.timing
    fleet = max(1, min(rollout.fleets.values(), default=PERCENT))
    rolling, blue_green = deployment.rolling_update_policy, deployment.blue_green_update_policy
    if rolling:
        wait, each = rolling.wait_interval_in_seconds, timing.provision_s + timing.terminate_s
        return _stepwise(
            "ROLLING", rolling.maximum_batch_size, fleet, timing, wait, after_last=wait, each=each
        )
    if blue_green is None:
        return Guard("ALL_AT_ONCE", 1.0, 0, 0, 0, timing.provision_s + timing.activate_s)
    routing, last = blue_green.traffic_routing_configuration, blue_green.termination_wait_in_seconds
    wait = routing.wait_interval_in_seconds
    if routing.type == "CANARY" and routing.canary_size:
        share = instances_of(routing.canary_size, fleet, timing) / fleet
        total = timing.provision_s + 2 * timing.activate_s + wait + last
        return Guard("CANARY", share, wait, wait + last, wait + timing.activate_s + last, total)
    if routing.type == "LINEAR" and routing.linear_step_size:
        return _stepwise("LINEAR", routing.linear_step_size, fleet, timing, wait, after_last=last, each=0)
    return Guard("ALL_AT_ONCE", 1.0, last, last, last, timing.provision_s + timing.activate_s + last)


def _stepwise(
    kind: str, size: CapacitySize, fleet: int, timing: Timing, wait: float, *, after_last: float, each: float
) -> Guard:
    """Return the bakes of equal steps; `each` is what a step takes beside activation and bake."""
    step = instances_of(size, fleet, timing)
    more = math.ceil(fleet / step) - 1
    bakes = more * wait + after_last
    watched = bakes + more * (timing.activate_s + each)
    first = wait if more else after_last
    return Guard(kind, step / fleet, first, bakes, watched, watched + timing.provision_s + timing.activate_s)


@dataclass(frozen=True, slots=True)
class _AllBad:
    """A metric that is bad from minute 0 on; before it there is nothing, or the old fleet's good points."""

    alarm: MetricAlarm
    delay_s: float
    before: bool

    def datapoint(self, query: MetricStat, start: float, now: float) -> Datapoint | None:
        """Return a breaching point for a period in which a bad minute is visible."""
        visible = int((now - self.delay_s) // 60)
        first, last = -int(-start // 60), min(-int(-(start + query.period) // 60), visible)
        if last <= first:
            return None
        if last > 0:
            return Datapoint(self._value(bad=True), math.inf)
        return Datapoint(self._value(bad=False), math.inf) if self.before else None

    def _value(self, *, bad: bool) -> float:
        above = self.alarm.comparison_operator.startswith("Greater")
        return self.alarm.threshold + (1 if above == bad else -1)


def detection(
    alarm: MetricAlarm, timing: Timing, *, within_s: float, new_fleet_only: bool
) -> tuple[float, float]:
    """Return the least and most seconds from the first bad request to ALARM, infinite beyond `within_s`."""
    from engine.cloudwatch.evaluation import evaluate

    if (alarm.m - 1) * alarm.period > within_s:
        return math.inf, math.inf
    n = min(alarm.evaluation_periods, alarm.m + math.ceil(within_s / alarm.period) + 1)
    single = MetricStat(namespace="", metric_name="", period=alarm.period, stat="Sum")
    short = replace(alarm, metric=single, metrics=(), evaluation_periods=n, datapoints_to_alarm=alarm.m)
    source = _AllBad(short, timing.metric_delay_s, before=not new_fleet_only)
    tick = 10 if alarm.period < 60 else 60
    for moment in range(60, math.ceil(within_s) + 121, tick):
        now = moment + timing.evaluation_second % tick
        seen = evaluate(short, source, now, "OK", range_extra=timing.evaluation_range_extra)
        if seen.state == "ALARM":
            return now - 60, now
    return math.inf, math.inf


def watches_only(alarm: MetricAlarm, config: str) -> bool:
    """Does every metric of this alarm carry the dimension of that endpoint configuration?"""
    named = [dict(stat.dimensions).get("EndpointConfigName") for stat in stats_of(alarm)]
    return all(name == config for name in named)


def stats_of(alarm: MetricAlarm) -> tuple[MetricStat, ...]:
    """Return the metrics that an alarm reads."""
    queried = (query.metric_stat for query in alarm.metrics)
    return tuple(stat for stat in (alarm.metric, *queried) if stat is not None)


def dimensions_of(stat: MetricStat) -> Mapping[str, str]:
    """Return the dimensions by name."""
    return dict(stat.dimensions)
