"""What CloudWatch refuses about when and over which window an alarm is evaluated (spec cloudwatch 1, 10).

What the service model says in words: an alarm watches a metric, a computation or a PromQL query, and each kind has
settings of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from zoneinfo import available_timezones

from engine.aws.calls import Call
from engine.aws.finding import Finding, Path, Wrong, did_you_mean, shortened
from engine.aws.shapes.partial import as_far_as_known
from engine.requests.fields import Raw

CLOCK_PERIODS_S = (60, 300, 3600, 86_400, 604_800)
"""Periods of an alarm whose window is aligned to the clock."""
NOT_WITH_CRITERIA = (
    "MetricName",
    "Namespace",
    "Dimensions",
    "Period",
    "Unit",
    "Statistic",
    "ExtendedStatistic",
    "Metrics",
    "Threshold",
    "ComparisonOperator",
    "ThresholdMetricId",
    "EvaluationPeriods",
    "DatapointsToAlarm",
    "EvaluationWindow",
)
"""Fields that an alarm on a PromQL query cannot have."""
SHORT_INTERVALS_S = (10, 20, 30)
OFFSET = re.compile(r"(?:UTC|GMT|UT)?[+-](\d{1,2})(?::?(\d{2}))?")
ZERO_OFFSETS = ("UTC", "GMT", "UT", "Z")
STEP_MIN = 5
"""Offsets are multiples of it."""
LARGEST_H, LARGEST_MIN = 18, 59
"""Beyond them nothing is an offset; no place on earth is more than 14 hours from UTC."""
Said = Iterator[tuple[Path, Wrong]]


def window_refusals(call: Call) -> Iterator[Finding]:
    """Yield what CloudWatch refuses about intervals and windows of a PutMetricAlarm."""
    if call.operation == "PutMetricAlarm":
        for rule in (_interval, _criteria, _clock_periods, _time_zone):
            for inside, wrong in as_far_as_known(rule(call.request)):
                yield wrong.at(call.at(*inside))


def _interval(alarm: Raw) -> Said:
    if "EvaluationCriteria" in alarm:
        if "EvaluationInterval" not in alarm:
            said = "An alarm with EvaluationCriteria needs EvaluationInterval."
            yield (), Wrong(said, "Add it: EvaluationInterval: 60.")
        elif (interval := alarm["EvaluationInterval"]) not in SHORT_INTERVALS_S and interval % 60:
            say = f"EvaluationInterval must be 10, 20, 30 or a multiple of 60, not {interval}."
            yield ("EvaluationInterval",), Wrong(say, f"Write {max(60, round(interval / 60) * 60)}.")
    elif "EvaluationInterval" in alarm:
        said = "EvaluationInterval is for PromQL alarms and cannot stand beside MetricName or Metrics."
        remedy = "Leave it out: such an alarm is evaluated every minute, with a Period below 60 every 10 s."
        yield ("EvaluationInterval",), Wrong(said, remedy)


def _criteria(alarm: Raw) -> Said:
    if "EvaluationCriteria" in alarm:
        for field in NOT_WITH_CRITERIA:
            if field in alarm:
                say = f"{field} cannot stand beside EvaluationCriteria, which holds all that a PromQL alarm evaluates."
                yield (field,), Wrong(say, "Leave one of the two out.")


def _clock_periods(alarm: Raw) -> Said:
    """Windows on the clock have periods of their own."""
    if "WallClockWindow" not in alarm.get("EvaluationWindow", {}):
        return
    possible = ", ".join(map(str, CLOCK_PERIODS_S))
    for inside, period in _periods(alarm):
        if period not in CLOCK_PERIODS_S:
            yield inside, Wrong(f"With WallClockWindow Period must be one of {possible}, not {period}.")


def _periods(alarm: Raw) -> Iterator[tuple[Path, int]]:
    if "Period" in alarm:
        yield ("Period",), alarm["Period"]
    for index, query in enumerate(alarm.get("Metrics", ())):
        if "MetricStat" in query:
            yield ("Metrics", index, "MetricStat", "Period"), query["MetricStat"]["Period"]


def _time_zone(alarm: Raw) -> Said:
    zone = alarm.get("EvaluationWindow", {}).get("WallClockWindow", {}).get("Timezone")
    if zone is None or zone in ZERO_OFFSETS:
        return
    place = ("EvaluationWindow", "WallClockWindow", "Timezone")
    if offset := OFFSET.fullmatch(zone):
        hours, minutes = int(offset[1]), int(offset[2] or 0)
        if hours > LARGEST_H or minutes > LARGEST_MIN:
            yield place, Wrong(f"{zone} is no offset from UTC.", "Write one such as +05:30.")
        elif minutes % STEP_MIN:
            nearest = f"{zone[: offset.start(2)]}{minutes // STEP_MIN * STEP_MIN:02d}"
            said = f"An offset must be a multiple of {STEP_MIN} minutes, and {zone} is none."
            yield place, Wrong(said, f"Write {nearest}.")
    elif (known := available_timezones()) and zone not in known:
        # A system without a database of time zones cannot tell, and then nothing is said.
        remedy = f"Write a name such as America/New_York or an offset such as +05:30.{_meant(zone, known)}"
        yield place, Wrong(f"{shortened(zone)} is no time zone.", remedy)


def _meant(zone: str, known: set[str]) -> str:
    found = did_you_mean(zone, known)
    return f" {found}" if found.startswith("Did") else ""
