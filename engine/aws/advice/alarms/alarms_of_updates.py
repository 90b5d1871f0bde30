"""Which alarm guards which update, and what it can see of the new fleet."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.aws.advice.alarms.time_to_alarm import TimeToAlarm, time_to_alarm
from engine.aws.advice.alarms.value_ranges import LATENCIES, SAMPLES
from engine.aws.finding import Path
from engine.aws.rules.outlook import Outlook
from engine.aws.rules.rollout import Rollout, rollouts
from engine.requests.cloudwatch import MetricAlarm, MetricStat
from engine.sagemaker.updates.schedule import Schedule

MINUTE_S = 60
LONGEST_S = 3600
"""Alarms beyond this are later than any single bake."""
ALARMS = ("DeploymentConfig", "AutoRollbackConfiguration", "Alarms")


@dataclass(frozen=True, slots=True)
class AlarmOfUpdate:
    """One update with one metric alarm that may roll it back."""

    rollout: Rollout
    place: Path
    """Where the update names the alarm."""
    alarm: MetricAlarm

    @property
    def name(self) -> str:
        """The alarm's name."""
        return self.alarm.alarm_name

    @property
    def new(self) -> str:
        """The configuration that the update moves to."""
        return self.rollout.update.endpoint_config_name

    @property
    def schedule(self) -> Schedule:
        """What the update does, and when it looks at its alarms."""
        return self.rollout.schedule

    def watches_only(self, config: str) -> bool:
        """Does every metric of the alarm carry the dimension of that endpoint configuration?"""
        return all(dict(stat.dimensions).get("EndpointConfigName") == config for stat in self.alarm.stats)

    def time_to_alarm(self, within_s: float | None = None) -> TimeToAlarm:
        """Return how long it takes from green's first bad request to ALARM, within the time that it is watched."""
        within_s = self.schedule.watched_s if within_s is None else within_s
        timing, alone = self.rollout.outlook.timing, self.watches_only(self.new)
        return time_to_alarm(self.alarm, timing, within_s=within_s, new_fleet_only=alone)

    @property
    def late_s(self) -> float:
        """How much later than its periods an alarm may come: the delay of the metrics at its longest, a minute until
        the first bad one has ended, a minute until the next evaluation, and one to spare."""
        timing = self.rollout.outlook.timing
        return timing.metric_delay_s * (1 + timing.metric_delay_jitter) + 3 * MINUTE_S

    def least_seconds(self) -> float:
        """Return the least seconds to ALARM, however late; roughly where working it out would take long."""
        long_enough = self.alarm.m * self.alarm.period + self.late_s
        best = self.time_to_alarm(long_enough).least if long_enough <= LONGEST_S else math.inf
        return best if math.isfinite(best) else (self.alarm.m - 1) * self.alarm.period

    def blindness(self) -> float:
        """Return how likely it is that its periods are over before the numbers of a minute have come (spec sagemaker
        4.1), so that it never fires; 0 for alarms that look back long, which find them sooner or later.
        """
        window_s = self.alarm.evaluation_periods * self.alarm.period
        return self.time_to_alarm(window_s + self.late_s).never if window_s <= LONGEST_S else 0.0

    @property
    def is_foreseeable(self) -> bool:
        """Is the time to ALARM worked out right? Not over short periods of a metric that comes every 10 s."""
        minutely = all(stat.metric_name in SAMPLES or stat.metric_name in LATENCIES for stat in self.alarm.stats)
        return minutely or self.alarm.period >= MINUTE_S


def named_alarms(outlook: Outlook) -> Iterator[tuple[Rollout, Path, str]]:
    """Yield every alarm that an update names, with the place of the name."""
    for rollout in rollouts(outlook):
        if rollout.deployment is None:
            continue
        written = rollout.update.deployment_config is rollout.deployment
        for index, name in enumerate(rollout.deployment.alarms):
            at = (*ALARMS, index, "AlarmName") if written else ("RetainDeploymentConfig",)
            yield rollout, rollout.call.at(*at), name


def alarms_of_updates(outlook: Outlook) -> Iterator[AlarmOfUpdate]:
    """Yield every update together with every metric alarm that guards it."""
    alarms = outlook.metric_alarms
    return (
        AlarmOfUpdate(rollout, place, alarms[name]) for rollout, place, name in named_alarms(outlook) if name in alarms
    )


@dataclass(frozen=True, slots=True)
class AlarmMetric:
    """One metric of one alarm."""

    alarm: MetricAlarm
    stat: MetricStat
    metric_at: Path
    """The mapping that holds MetricName, Namespace and Dimensions."""
    period_at: Path
    """The mapping that holds Period and Unit."""

    @property
    def dimensions(self) -> Mapping[str, str]:
        """The dimensions by name."""
        return dict(self.stat.dimensions)


def metrics_of_alarms(outlook: Outlook) -> Iterator[AlarmMetric]:
    """Yield the metrics of all metric alarms that the plan puts, those in metric math too."""
    for call, alarm in outlook.every(MetricAlarm):
        if alarm.metric:
            yield AlarmMetric(alarm, alarm.metric, call.path, call.path)
        for index, query in enumerate(alarm.metrics):
            if query.metric_stat:
                at = call.at("Metrics", index, "MetricStat")
                yield AlarmMetric(alarm, query.metric_stat, (*at, "Metric"), at)
