"""What CloudWatch refuses in one metric alarm beside its shape (spec sagemaker 6.2, cloudwatch 3, 4, 10).

Answers of AWS are those that users printed: aws-cloudformation/cfn-lint#771, #766, #1306 and #1944,
hashicorp/terraform-provider-aws#19567 and #29894, hashicorp/terraform#24070.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.calls import Call
from engine.aws.finding import Finding, Path, Wrong, did_you_mean
from engine.aws.rules.not_simulated import not_simulated
from engine.aws.shapes.partial import as_far_as_known
from engine.aws.translation.reading_alarms import read_queries
from engine.requests.fields import Raw

Said = Iterator[tuple[str | None, Wrong]]
"""A field, or None for the whole request, and what is wrong with it."""
SINGLE = ("MetricName", "Namespace", "Dimensions", "Period", "Unit", "Statistic", "ExtendedStatistic")
"""Fields of an alarm on one metric; a metric math alarm has none of them."""
MISSING_DATA = ("missing", "ignore", "breaching", "notBreaching")
LOW_SAMPLES = ("evaluate", "ignore")
INVALID_LIST = "Invalid metrics list"
"""AWS says no more of a Stat or an Id that it does not take."""
PRINTED = {
    "Exactly one query": "Exactly one element of the metrics list should return data.",
    "Id ": INVALID_LIST,
}
"""What AWS says of several metrics, by how our own sentence begins."""
THRESHOLD_OPERATORS = (
    "GreaterThanOrEqualToThreshold",
    "GreaterThanThreshold",
    "LessThanThreshold",
    "LessThanOrEqualToThreshold",
)


def alarm_refusals(call: Call) -> Iterator[Finding]:
    """Yield what CloudWatch refuses in a PutMetricAlarm."""
    if call.operation != "PutMetricAlarm":
        return
    for rule in METRIC_ALARM_RULES:
        for field, wrong in as_far_as_known(rule(call.request)):
            yield wrong.at(call.at(*([field] if field else [])))
    yield from math_refusals(call)


def _kind(alarm: Raw) -> Said:
    if "EvaluationCriteria" in alarm:
        return
    if "Metrics" in alarm:
        for field in SINGLE:
            if field in alarm:
                answer = f"{field} should not be set if list of Metrics is set."
                remedy = "Move it into Metrics, or leave Metrics out."
                yield field, Wrong(f"{field} cannot stand beside Metrics.", remedy, answer)
    elif "MetricName" not in alarm:
        remedy = "Add MetricName, or Metrics for metric math."
        yield None, Wrong("The alarm watches nothing.", remedy, answer="MetricName must not be null")


def _single(alarm: Raw) -> Said:
    if "MetricName" not in alarm or "Metrics" in alarm:
        return
    for field, example in (("Namespace", "AWS/SageMaker"), ("Period", "60")):
        if field not in alarm:
            remedy = f"Add it, for example {field}: {example}."
            yield None, Wrong(f"An alarm on one metric needs {field}.", remedy)
    if "Statistic" in alarm and "ExtendedStatistic" in alarm:
        wrong = Wrong("Statistic and ExtendedStatistic cannot both be given.", "Keep one of them.")
        yield "ExtendedStatistic", wrong
    if "Statistic" not in alarm and "ExtendedStatistic" not in alarm:
        said = "The alarm needs Statistic, such as Sum, or ExtendedStatistic, such as p99."
        yield None, Wrong(said, "Add one of them.")


def _comparison(alarm: Raw) -> Said:
    if "EvaluationCriteria" in alarm:
        return
    if "EvaluationPeriods" not in alarm:
        remedy = "Add how many periods to look at, such as EvaluationPeriods: 1."
        yield None, Wrong("EvaluationPeriods is missing.", remedy)
    operator = alarm.get("ComparisonOperator")
    if operator is None:
        yield None, Wrong("ComparisonOperator is missing.", f"Add one of {', '.join(THRESHOLD_OPERATORS)}.")
    elif operator not in THRESHOLD_OPERATORS:
        yield from _range(alarm, operator)
    elif "ThresholdMetricId" in alarm:
        answer = "Threshold and ThresholdMetricId cannot both be set" if "Threshold" in alarm else ""
        said = "ThresholdMetricId belongs to anomaly detection only."
        yield "ThresholdMetricId", Wrong(said, "Write Threshold instead.", answer)
    elif "Threshold" not in alarm:
        remedy = "Add the number to compare with, for example Threshold: 5."
        yield None, Wrong("Threshold is missing.", remedy)


def _range(alarm: Raw, operator: str) -> Said:
    if "ThresholdMetricId" not in alarm:
        remedy = f"Write one of {', '.join(THRESHOLD_OPERATORS)}."
        yield "ComparisonOperator", Wrong(f"{operator} needs ThresholdMetricId.", remedy)


def _reachable(alarm: Raw) -> Said:
    n, m = alarm.get("EvaluationPeriods", 1), alarm.get("DatapointsToAlarm", 1)
    if m > n:
        remedy = "DatapointsToAlarm must be at most EvaluationPeriods."
        answer = "DatapointsToAlarm must be less than or equal to EvaluationPeriods"
        yield "DatapointsToAlarm", Wrong(f"{m} of {n} periods cannot be reached.", remedy, answer)


def _period(alarm: Raw) -> Said:
    if "Period" in alarm:
        yield from (("Period", wrong) for wrong in wrong_period(alarm, alarm))


def _statistic(alarm: Raw) -> Said:
    extended, low = alarm.get("ExtendedStatistic"), alarm.get("EvaluateLowSampleCountPercentile")
    if extended is not None and not is_statistic(extended):
        said = f"The value {extended} for parameter ExtendedStatistic is not supported."
        yield "ExtendedStatistic", Wrong(said, "Write p99 or the like.")
    if low is None:
        return
    if low not in LOW_SAMPLES:
        yield "EvaluateLowSampleCountPercentile", Wrong(f"{low} is not known.", "Write evaluate or ignore.")
    elif extended is None or not extended.startswith("p"):
        statistic = extended or alarm.get("Statistic")
        said = f"Option evaluateLowSampleCountPercentile can not be applied with statistic {statistic}."
        yield "EvaluateLowSampleCountPercentile", Wrong(said, "It is for percentiles only: leave it out.")


def _missing_data(alarm: Raw) -> Said:
    treat = alarm.get("TreatMissingData")
    if treat is not None and treat not in MISSING_DATA:
        yield "TreatMissingData", Wrong(f"{treat} is not known.", did_you_mean(treat, MISSING_DATA))


METRIC_ALARM_RULES = (_kind, _single, _comparison, _reachable, _period, _statistic, _missing_data)
"""To add a rule about a metric alarm, write it above and name it here."""

DAY_S, WEEK_S, HOUR_S = 86_400, 604_800, 3600
SHORT_PERIODS_S = (10, 20, 30)
"""Periods below a minute, for metrics stored with high resolution (spec cloudwatch 3)."""


def wrong_period(metric: Raw, alarm: Raw) -> Iterator[Wrong]:
    """Yield what is wrong with a metric's period, alone or with the alarm's periods (spec cloudwatch 3)."""
    period = metric["Period"]
    if period not in SHORT_PERIODS_S and period % 60:
        right = max(60, round(period / 60) * 60)
        yield Wrong(f"Period must be 10, 20, 30 or a multiple of 60, not {period}.", f"Write {right}.")
        return
    n = alarm.get("EvaluationPeriods", 1)
    most = DAY_S if period < HOUR_S else WEEK_S
    if period > most:
        yield Wrong(f"{period} s is too long.", f"Write at most {most}.")
    elif period * n > most:
        said = f"{n} periods of {period} s are {period * n} s. With such a period they may reach back {most} s."
        right = most // period
        yield Wrong(said, f"Write at most {right} period{'' if right == 1 else 's'}, or shorter ones.")


def is_statistic(text: str) -> bool:
    """Does CloudWatch compute a statistic of this name (spec cloudwatch 4)?"""
    from engine.statistics import parse_statistic

    try:
        parse_statistic(text)
    except ValueError:
        return False
    return True


def math_refusals(call: Call) -> Iterator[Finding]:
    """Yield what CloudWatch refuses in `Metrics`; nothing where the alarm has none, or asks for what is not simulated:
    then the rest cannot be worked out."""
    if "Metrics" not in call.request or any(not_simulated(call)):
        return
    alone = tuple(_each(call))
    yield from alone
    if not alone:
        yield from _together(call)


def _each(call: Call) -> Iterator[Finding]:
    for index, query in enumerate(call.request["Metrics"]):
        if "MetricStat" in query:
            for path, wrong in as_far_as_known(_metric_stat(query["MetricStat"], call.request)):
                yield wrong.at(call.at("Metrics", index, "MetricStat", *path))


def _metric_stat(stat: Raw, alarm: Raw) -> Iterator[tuple[Path, Wrong]]:
    for wrong in as_far_as_known(wrong_period(stat, alarm)):
        yield ("Period",), wrong
    if not is_statistic(stat["Stat"]):
        remedy = "Write Sum, Average, p99 or the like."
        yield ("Stat",), Wrong(f"{stat['Stat']} is not a statistic.", remedy, INVALID_LIST)
    for field, example in (("Namespace", "AWS/SageMaker"), ("MetricName", "Invocations")):
        if field not in stat["Metric"]:
            yield ("Metric",), Wrong(f"The metric needs {field}.", f"Add it, for example {field}: {example}.")


def _together(call: Call) -> Iterator[Finding]:
    """Yield what is wrong between the lines, each at the line that the sentence begins with."""
    from engine.cloudwatch.math.series import problems

    places = {query["Id"]: index for index, query in enumerate(call.request["Metrics"])}
    for say in problems(read_queries(call.request)):
        index = places.get(say.split(":")[0])
        answer = next((answer for start, answer in PRINTED.items() if say.startswith(start)), "")
        yield Wrong(say, answer=answer).at(call.at("Metrics", *(() if index is None else (index,))))
