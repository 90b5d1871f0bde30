"""Why an alarm is in its state, in CloudWatch's words (spec cloudwatch 6).

Sentences are built only when somebody asks. Where AWS prints no sentence the function says "our wording".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Literal

from engine.cloudwatch.evaluation import Evaluation, Slot
from engine.requests.arns import alarm_arn
from engine.requests.cloudwatch import AlarmState, ComparisonOperator, Datapoint, MetricAlarm

Clock = Callable[[float], datetime]
"""From seconds of the run to an aware time of day."""
Deed = Literal["created", "updated"]
"""What PutCompositeAlarm did."""
INITIAL_REASON = "Unchecked: Initial alarm creation"
"""StateReason of an alarm that has not been evaluated yet."""
_COMPARISONS: Mapping[ComparisonOperator, str] = {
    "GreaterThanOrEqualToThreshold": "greater than or equal to",
    "GreaterThanThreshold": "greater than",
    "LessThanThreshold": "less than",
    "LessThanOrEqualToThreshold": "less than or equal to",
}
_TREATED = {"breaching": "Breaching", "notBreaching": "NonBreaching"}


def reason(evaluation: Evaluation, clock: Clock) -> str:
    """Return StateReason."""
    rule, state = evaluation.decision.rule, evaluation.state
    kept = evaluation.alarm.treat_missing_data == "ignore" and rule in ("no-data", "premature")
    if kept or rule == "too-few-samples":
        return _kept(evaluation)
    if state == "INSUFFICIENT_DATA":
        return f"Insufficient Data: {_unknown(evaluation.decision.filled)}."
    return f"Threshold Crossed: {_crossed(evaluation, clock)}."


def _crossed(evaluation: Evaluation, clock: Clock) -> str:
    """Say which points are on the side of the state, and what stood in for missing ones."""
    alarm, decision = evaluation.alarm, evaluation.decision
    points = _evaluated(evaluation)
    breaching = [slot for slot in points if alarm.breaches(slot[1].value)]
    good = [slot for slot in points if not alarm.breaches(slot[1].value)]
    if decision.rule == "too-recent":  # our wording
        return f"{_points(breaching, alarm, clock, not_=False)}, too recent to decide"
    shown = breaching if evaluation.state == "ALARM" else good
    if not shown:
        periods = _count(alarm.evaluation_periods, "period")
        received = _count(len(points), "datapoint") if points else "no datapoints"
        were = "was" if len(points) == 1 else "were"
        return f"{received} {were} received for {periods}{_filled(evaluation)}"
    sentence = _points(shown, alarm, clock, not_=evaluation.state == "OK")
    return sentence + _filled(evaluation) + _minimum(evaluation)


def _points(shown: list[tuple[float, Datapoint]], alarm: MetricAlarm, clock: Clock, *, not_: bool) -> str:
    """List points, newest first, and say on which side of the threshold they are."""
    listed = ", ".join(f"{_number(point.value)} ({clock(start):%d/%m/%y %H:%M:%S})" for start, point in shown)
    count = _count(len(shown), "datapoint")
    if alarm.datapoints_to_alarm is not None:
        count = f"{len(shown)} out of the last {alarm.evaluation_periods} datapoints"
    were = ("was" if len(shown) == 1 else "were") + (" not" if not_ else "")
    side = f"{_COMPARISONS[alarm.comparison_operator]} the threshold ({_number(alarm.threshold)})"
    return f"{count} [{listed}] {were} {side}"


def _filled(evaluation: Evaluation) -> str:
    """Say how missing points were treated; for points left unknown it is our wording."""
    filled = evaluation.decision.filled
    if not filled:
        return ""
    treated = _TREATED.get(evaluation.alarm.treat_missing_data)
    if treated is None:
        return f" and {_unknown(filled)}"
    were = "was" if filled == 1 else "were"
    return f" and {_count(filled, 'missing datapoint')} {were} treated as [{treated}]"


def _minimum(evaluation: Evaluation) -> str:
    """Say how many points the transition needs, as AWS does where DatapointsToAlarm is set."""
    alarm = evaluation.alarm
    if alarm.datapoints_to_alarm is None:
        return ""
    if evaluation.state == "ALARM":
        return f" (minimum {_count(alarm.m, 'datapoint')} for OK -> ALARM transition)"
    enough = alarm.evaluation_periods - alarm.m + 1
    return f" (minimum {_count(enough, 'datapoint')} for ALARM -> OK transition)"


def _kept(evaluation: Evaluation) -> str:
    """Say why the state stayed as it was; AWS keeps the old reason, so this is our wording."""
    if evaluation.decision.rule == "too-few-samples":
        samples = sum(point.sample_count for _, point in _evaluated(evaluation))
        stat = evaluation.alarm.metric.stat if evaluation.alarm.metric else "a percentile"
        few = f"{_count(round(samples), 'sample')} {'is' if round(samples) == 1 else 'are'} too few"
        return f"State kept: {few} for {stat}."
    return f"State kept: {_unknown(evaluation.decision.filled)}, and missing data is ignored."


def _evaluated(evaluation: Evaluation) -> list[tuple[float, Datapoint]]:
    """Return the real points that were evaluated, newest first."""
    slots = (evaluation.slots[place] for place in reversed(evaluation.decision.decided_by))
    return [(start, point) for start, point in slots if point is not None]


def _unknown(count: int) -> str:
    return f"{_count(count, 'datapoint')} {'was' if count == 1 else 'were'} unknown"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"


def _number(value: float) -> str:
    """Write a number as Java does, which is how AWS prints it: 21.5, 1.0E9, 1.0E-4."""
    value = float(value)
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return repr(value)
    exponent = Decimal(repr(value)).adjusted()
    return f"{float(Decimal(repr(value)).scaleb(-exponent))!r}E{exponent}"


def reason_data(evaluation: Evaluation, clock: Clock) -> dict[str, Any]:
    """Return StateReasonData: recent points old to new, evaluated ones new to old (spec cloudwatch 6).

    Whatever was measured or is compared is a float, whole or not: AWS writes 21.0 and a sampleCount of 2.0.
    Which missing periods AWS lists beside real points is not printed; we list the newest, one each.
    """
    alarm, real = evaluation.alarm, _evaluated(evaluation)
    data: dict[str, Any] = {"version": "1.0", "queryDate": stamp(clock(evaluation.now))}
    if real:
        data["startDate"] = stamp(clock(real[-1][0]))
    if alarm.metric is not None:
        if alarm.metric.unit is not None:
            data["unit"] = alarm.metric.unit
        data["statistic"] = alarm.metric.stat
    data["period"] = alarm.period
    data["recentDatapoints"] = [float(point.value) for _, point in reversed(real)]
    data["threshold"] = float(alarm.threshold)
    data["evaluatedDatapoints"] = [
        _datapoint(slot, clock, counted=alarm.metric is not None) for slot in _shown(evaluation)
    ]
    return data


def _shown(evaluation: Evaluation) -> list[Slot]:
    """Return the evaluated points, newest first: real ones, and a missing period for each filled one."""
    missing = [place for place, (_, point) in enumerate(evaluation.slots) if point is None]
    filled = missing[len(missing) - evaluation.decision.filled :]
    places = sorted({*evaluation.decision.decided_by, *filled}, reverse=True)
    return [evaluation.slots[place] for place in places]


def _datapoint(slot: Slot, clock: Clock, *, counted: bool) -> dict[str, Any]:
    """Return one evaluated point; an expression has no sample count."""
    start, point = slot
    shown: dict[str, Any] = {"timestamp": stamp(clock(start))}
    if point is None:
        return shown
    if counted:
        shown["sampleCount"] = float(point.sample_count)
    return {**shown, "value": float(point.value)}


def stamp(moment: datetime) -> str:
    """Return a time as StateReasonData writes it: 2024-03-21T16:04:10.000+0000."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "+0000")


def composite_reason(child: str, state: AlarmState, at: datetime) -> str:
    """Return StateReason of a composite alarm: which child changed, and when."""
    return f"{alarm_arn(child)} transitioned to {state} at {at.astimezone(UTC):%A %d %B, %Y %H:%M:%S} UTC"


def put_reason(name: str, deed: Deed, state: AlarmState) -> str:
    """Return StateReason of a composite alarm that was put when no child changed; `updated` is our wording."""
    return f"{alarm_arn(name)} was {deed} and its alarm rule evaluates to {state}"


def composite_reason_data(children: Iterable[tuple[str, AlarmState, datetime]]) -> dict[str, Any]:
    """Return StateReasonData of a composite alarm: the children that decided, with their states and since when.

    In the one list of several that AWS prints the child that changed last comes first.
    """
    listed = [
        {"arn": alarm_arn(name), "state": {"value": state, "timestamp": stamp(since)}}
        for name, state, since in sorted(children, key=lambda child: child[2], reverse=True)
    ]
    return {"triggeringAlarms": listed}
