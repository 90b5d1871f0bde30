"""Why an alarm is true of today's fleet, with its numbers, and what would be right."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.aws.advice.alarms.thresholds import MILLISECONDS_UP_TO
from engine.aws.advice.alarms.value_ranges import ERRORS, LATENCIES
from engine.requests.cloudwatch import AlarmState, MetricAlarm
from engine.run import AlarmTransition

FILLED = re.compile(r"\bFILL\s*\([^(),]*,\s*(-?\d+(?:\.\d+)?)\s*\)", re.IGNORECASE)
"""What stands for a missing point of one metric."""


def say_of_metric(alarm: MetricAlarm, change: AlarmTransition, today: str) -> str:
    """Return the second half of a sentence with the value and the threshold, and a remedy; `today` is the configuration
    that runs now."""
    values = change.data["recentDatapoints"]
    if not values:
        return "there is no data, and it takes that for bad. Set TreatMissingData to notBreaching."
    above = alarm.comparison_operator.startswith("Greater")
    value = max(values) if above else min(values)
    what = f"{alarm.metric.stat} of {alarm.metric.metric_name}" if alarm.metric else "its expression"
    say = f"{what} is {_number(value)} then, and the threshold {_number(alarm.threshold)}."
    return f"{say} {_remedy(alarm, value, today)}"


def _remedy(alarm: MetricAlarm, value: float, today: str) -> str:
    above, metric = alarm.comparison_operator.startswith("Greater"), alarm.metric
    configs = {dict(stat.dimensions).get("EndpointConfigName", today) for stat in alarm.stats}
    if metric is None and configs != {today}:
        new = " and ".join(sorted(configs - {today}))
        return f"{new} has no data before its first request: let the expression have no value till then."
    if any(value == float(each) for query in alarm.metrics for each in FILLED.findall(query.expression or "")):
        return "FILL makes a number of a minute that is only late: leave it out, or ask for M of N points."
    if metric and above and metric.metric_name in LATENCIES and metric.stat.startswith(("Sum", "SampleCount")):
        return f"{metric.stat} grows with every request: use Average or a percentile, in microseconds."
    if metric and above and metric.metric_name in ERRORS and metric.stat == "SampleCount":
        return "SampleCount counts good requests too: use Sum, or Average."
    meant = alarm.threshold * 1000
    if metric and above and metric.metric_name in LATENCIES and alarm.threshold <= MILLISECONDS_UP_TO and meant > value:
        given = f"{metric.metric_name} is in microseconds, so {alarm.threshold:g} is {alarm.threshold / 1000:g} ms."
        return f"{given} For {alarm.threshold:g} ms write {meant:.0f}."
    return f"Write a Threshold well {'above' if above else 'below'} what is usual today."


def states_of_children(change: AlarmTransition) -> Mapping[str, AlarmState]:
    """Return the states that made the rule of a composite alarm true, by alarm."""
    return {
        each["arn"].partition(":alarm:")[2]: each["state"]["value"] for each in change.data.get("triggeringAlarms", ())
    }


def _number(value: float) -> str:
    """Return a value as people write it: whole where it is large."""
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.3g}"
