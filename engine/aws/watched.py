"""Every metric that an alarm of the plan reads, with its place in the request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.aws.finding import Path
from engine.aws.rules.outlook import Scene
from engine.requests.cloudwatch import MetricAlarm, MetricStat


@dataclass(frozen=True, slots=True)
class Watched:
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


def watched(scene: Scene) -> Iterator[Watched]:
    """Yield the metrics of all metric alarms that the plan puts, those in metric math too."""
    for call, alarm in scene.every(MetricAlarm):
        if alarm.metric:
            yield Watched(alarm, alarm.metric, call.path, call.path)
        for index, query in enumerate(alarm.metrics):
            if query.metric_stat:
                at = call.at("Metrics", index, "MetricStat")
                yield Watched(alarm, query.metric_stat, (*at, "Metric"), at)
