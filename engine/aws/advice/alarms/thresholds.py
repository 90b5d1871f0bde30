"""Advice on an alarm's own numbers: thresholds that cannot be reached, milliseconds, short periods."""

from __future__ import annotations

import math
from collections.abc import Iterator

from engine.aws.advice.alarms.alarms_of_updates import metrics_of_alarms
from engine.aws.advice.alarms.value_ranges import ERRORS, LATENCIES, SAMPLES, is_value, value_range
from engine.aws.finding import Path
from engine.aws.rules.alarms import SHORT_PERIODS_S
from engine.aws.rules.outlook import Outlook
from engine.cloudwatch.composite.rule import needs_parentheses
from engine.requests.cloudwatch import CompositeAlarm, MetricAlarm

Advice = Iterator[tuple[Path, str]]
MILLISECONDS_BELOW = 1000.0
"""Without a world to compare with: a latency of less than a millisecond was probably meant in milliseconds."""
MILLISECONDS_UP_TO = 10_000.0
"""A threshold of so many that is exceeded every day may have been meant in milliseconds: ten seconds. A choice."""
TOO_QUICK = 0.5
"""Share of the mean time below which a threshold says nothing about the model. A choice: a mistaken unit is 1000 times
off, and an alarm that fires beyond half of what is usual always fires."""


def unreachable(outlook: Outlook) -> Advice:
    """A threshold outside what the metric can be never fires, or always (spec sagemaker 0.2 item 3, 6.1)."""
    for call, alarm in outlook.every(MetricAlarm):
        if alarm.metric is None:
            continue
        low, high = value_range(alarm.metric)
        what = f"{alarm.metric.stat} of {alarm.metric.metric_name}"
        lies = f"is never below {low:g}" if high == math.inf else f"lies between {low:g} and {high:g}"
        match alarm.breaches(low), alarm.breaches(high):
            case False, False:
                say = f"This alarm can never fire: {what} {lies}. Write a threshold in between."
                yield call.at("Threshold"), say
            case True, True:
                say = f"This alarm fires whenever there is data: {what} {lies}. Write another threshold."
                yield call.at("Threshold"), say


def only_if_all_fail(outlook: Outlook) -> Advice:
    """An average of 1 means that each request failed: 100 %, not 1 % (spec sagemaker 0.2 item 4)."""
    for call, alarm in outlook.every(MetricAlarm):
        metric = alarm.metric
        if metric is None or metric.metric_name not in ERRORS or not is_value(metric.stat):
            continue
        if metric.stat.startswith(("p", "Max")) or alarm.breaches(0.0) or not alarm.breaches(1.0):
            continue
        if metric.stat == "Minimum" or not alarm.breaches(0.999):
            say = f"{metric.stat} of {metric.metric_name} gets there only if every single request fails."
            yield call.at("Threshold"), f"{say} For 1 % use Average with a Threshold of 0.01."


def milliseconds(outlook: Outlook) -> Advice:
    """ModelLatency and OverheadLatency are in microseconds (spec sagemaker 6.1)."""
    for call, alarm in outlook.every(MetricAlarm):
        metric = alarm.metric
        if metric is None or metric.metric_name not in LATENCIES or not is_value(metric.stat):
            continue
        usual_ms, given = _usual_ms(outlook.before(call), metric.metric_name), alarm.threshold
        if 0 < given < (TOO_QUICK * usual_ms * 1000 if usual_ms else MILLISECONDS_BELOW):
            here = f", and about {usual_ms:.3g} ms are usual here" if usual_ms else ""
            say = f"{metric.metric_name} is in microseconds: {given:g} is {given / 1000:g} ms{here}."
            yield call.at("Threshold"), f"{say} For {given:g} ms write {given * 1000:.0f}."


def _usual_ms(outlook: Outlook, metric_name: str) -> float | None:
    """Return the mean time of the quickest model that serves now, or of the overhead; None without a world."""
    config = outlook.current_config
    if outlook.world is None or config is None:
        return None
    if metric_name == "OverheadLatency":
        return outlook.timing.overhead_ms
    return min(outlook.world.models[each.model_name].mean_ms for each in config.production_variants)


def short_period(outlook: Outlook) -> Advice:
    """SageMaker publishes once a minute (spec sagemaker 6.1), so shorter periods are mostly empty."""
    for each in metrics_of_alarms(outlook):
        if each.stat.period in SHORT_PERIODS_S and each.stat.metric_name in SAMPLES.keys() | set(LATENCIES):
            say = f"{each.stat.metric_name} comes once a minute, and most periods of {each.stat.period} s"
            yield (*each.period_at, "Period"), f"{say} are empty. Write 60."


def risky_math(outlook: Outlook) -> Advice:
    """Functions that AWS's guide advises against in alarms (spec cloudwatch 7)."""
    from engine.cloudwatch.math.series import cautions

    for call, alarm in outlook.every(MetricAlarm):
        yield from ((call.at("Metrics"), say) for say in cautions(alarm.metrics))


def mixed_rule(outlook: Outlook) -> Advice:
    """Whether AND or OR binds more closely is not published (spec cloudwatch 9)."""
    for call, alarm in outlook.every(CompositeAlarm):
        if needs_parentheses(alarm.alarm_rule):
            say = "The rule mixes AND and OR, and AWS does not say which of them binds more closely."
            yield call.at("AlarmRule"), f"{say} Put parentheses around what belongs together."


ALARM_ADVICE = (unreachable, only_if_all_fail, milliseconds, short_period, risky_math, mixed_rule)
