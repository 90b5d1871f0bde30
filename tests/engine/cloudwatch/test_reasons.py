"""The sentences of alarms, against those that AWS has printed."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cloudwatch import reasons
from engine.cloudwatch.decision import decide
from engine.cloudwatch.evaluation import Evaluation, evaluate
from engine.cloudwatch.reasons import reason, reason_data
from engine.requests.cloudwatch import Datapoint, MetricAlarm, MetricStat

NOON = datetime(2024, 3, 21, 12, 0, tzinfo=UTC)


def clock(seconds):
    """Return the time of day of a moment of the run, which starts at noon."""
    return NOON + timedelta(seconds=seconds)


def seen(values, *, previous="OK", n=1, m=None, too_recent="OK", **more):
    """Return the evaluation of one-minute points, None for a missing one, the first at noon."""
    alarm = MetricAlarm(
        alarm_name="cpu",
        metric=MetricStat(namespace="AWS/EC2", metric_name="CPUUtilization", stat="Average", unit="Percent"),
        evaluation_periods=n,
        datapoints_to_alarm=m,
        **{"threshold": 21.0, "comparison_operator": "GreaterThanThreshold", **more},
    )
    decision = decide(
        [None if value is None else alarm.breaches(value) for value in values],
        evaluation_periods=n,
        datapoints_to_alarm=alarm.m,
        treat_missing_data=alarm.treat_missing_data,
        previous=previous,
        too_recent=too_recent,
    )
    slots = tuple((60.0 * i, None if v is None else Datapoint(v, 60.0)) for i, v in enumerate(values))
    return Evaluation(
        state=decision.state,
        previous=previous,
        alarm=alarm,
        now=60.0 * len(values) + 10,
        slots=slots,
        decision=decision,
    )


AT = "21/03/24 12"
PRINTED = [
    pytest.param(
        seen([21.5]),
        f"Threshold Crossed: 1 datapoint [21.5 ({AT}:00:00)] was greater than the threshold (21.0).",
        id="M omitted",
    ),
    pytest.param(
        seen([3.0, 51.0], n=1, m=1, threshold=50),
        f"Threshold Crossed: 1 out of the last 1 datapoints [51.0 ({AT}:01:00)] was greater than "
        "the threshold (50.0) (minimum 1 datapoint for OK -> ALARM transition).",
        id="M given",
    ),
    pytest.param(
        seen([49.0], n=1, m=1, threshold=50, previous="ALARM"),
        f"Threshold Crossed: 1 out of the last 1 datapoints [49.0 ({AT}:00:00)] was not greater than the "
        "threshold (50.0) (minimum 1 datapoint for ALARM -> OK transition).",
        id="back to OK",
    ),
    pytest.param(
        seen([14.0, 14.0], n=2, m=2),
        f"Threshold Crossed: 2 out of the last 2 datapoints [14.0 ({AT}:01:00), 14.0 ({AT}:00:00)] were not "
        "greater than the threshold (21.0) (minimum 1 datapoint for ALARM -> OK transition).",
        id="several, newest first",
    ),
    pytest.param(
        seen([0, 22, 0, 23, 0], n=5, m=3),
        f"Threshold Crossed: 3 out of the last 5 datapoints [0.0 ({AT}:04:00), 0.0 ({AT}:02:00), "
        f"0.0 ({AT}:00:00)] were not greater than the threshold (21.0) (minimum 3 datapoints for "
        "ALARM -> OK transition).",
        id="only the points on the side of the state",
    ),
    pytest.param(
        seen([2.0, 1.0], n=2),
        f"Threshold Crossed: 2 datapoints [1.0 ({AT}:01:00), 2.0 ({AT}:00:00)] were not greater than the "
        "threshold (21.0).",
        id="several with M omitted",
    ),
    pytest.param(
        seen([None] * 4, n=2, treat_missing_data="breaching"),
        "Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were "
        "treated as [Breaching].",
        id="nothing, breaching",
    ),
    pytest.param(
        seen([None], treat_missing_data="notBreaching"),
        "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as "
        "[NonBreaching].",
        id="nothing, notBreaching",
    ),
    pytest.param(
        seen([None] * 19 + [613.0], n=20, m=1, treat_missing_data="notBreaching"),
        f"Threshold Crossed: 1 out of the last 20 datapoints [613.0 ({AT}:19:00)] was greater than "
        "the threshold (21.0) and 19 missing datapoints were treated as [NonBreaching] (minimum 1 "
        "datapoint for OK -> ALARM transition).",
        id="real and missing",
    ),
    pytest.param(
        seen([0.0, None, None], n=3, m=2, treat_missing_data="breaching"),
        "Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were treated as "
        "[Breaching].",
        id="only the missing ones breach",
    ),
    pytest.param(seen([None] * 3), "Insufficient Data: 1 datapoint was unknown.", id="one unknown"),
    pytest.param(seen([None] * 7, n=5), "Insufficient Data: 5 datapoints were unknown.", id="five unknown"),
    pytest.param(
        seen([8.60604416e8], threshold=1e9, comparison_operator="LessThanOrEqualToThreshold"),
        f"Threshold Crossed: 1 datapoint [8.60604416E8 ({AT}:00:00)] was less than or equal to the threshold (1.0E9).",
        id="large numbers as Java prints them",
    ),
]


@pytest.mark.parametrize("evaluation, sentence", PRINTED)
def test_printed_sentences(evaluation, sentence):
    """Reasons follow the sentences that AWS has printed (spec cloudwatch 6)."""
    assert reason(evaluation, clock) == sentence


OURS = [
    pytest.param(
        seen([None, None, 30.0, None, None], n=3),
        f"Threshold Crossed: 1 datapoint [30.0 ({AT}:02:00)] was greater than the threshold (21.0) "
        "and 2 datapoints were unknown.",
        id="premature",
    ),
    pytest.param(
        seen([None] * 4 + [30.0], n=3),
        f"Threshold Crossed: 1 datapoint [30.0 ({AT}:04:00)] was greater than the threshold (21.0), "
        "too recent to decide.",
        id="too recent",
    ),
    pytest.param(
        seen([None] * 4 + [30.0], n=3, too_recent="INSUFFICIENT_DATA"),
        "Insufficient Data: 2 datapoints were unknown.",
        id="too recent, the other choice",
    ),
    pytest.param(
        seen([None] * 5, n=3, previous="ALARM", treat_missing_data="ignore"),
        "State kept: 3 datapoints were unknown, and missing data is ignored.",
        id="ignore",
    ),
]


@pytest.mark.parametrize("evaluation, sentence", OURS)
def test_our_sentences(evaluation, sentence):
    """Where AWS prints nothing, the sentence says what happened."""
    assert reason(evaluation, clock) == sentence


@pytest.mark.parametrize(
    "operator, value, words",
    [
        ("GreaterThanOrEqualToThreshold", 21.0, "was greater than or equal to"),
        ("GreaterThanThreshold", 21.0, "was not greater than"),
        ("LessThanThreshold", 20.0, "was less than"),
        ("LessThanThreshold", 21.0, "was not less than"),
        ("LessThanOrEqualToThreshold", 22.0, "was not less than or equal to"),
    ],
)
def test_every_comparison_has_its_words(operator, value, words):
    """The comparison operator is spelt out, with not before it for OK."""
    assert f"{words} the threshold (21.0)" in reason(seen([value], comparison_operator=operator), clock)


def test_too_few_samples_say_so():
    """A percentile that keeps its state tells how many samples it had."""
    evaluation = seen([30.0])
    alarm = replace(evaluation.alarm, metric=replace(evaluation.alarm.metric, stat="p99"))
    decision = replace(evaluation.decision, rule="too-few-samples")

    kept = replace(evaluation, alarm=alarm, decision=decision)
    assert reason(kept, clock) == "State kept: 60 samples are too few for p99."


def test_reason_data_of_points():
    """Recent points run old to new, evaluated ones new to old, as in printed events (spec cloudwatch 6)."""
    assert reason_data(seen([5.0, 22.0, 30.0], n=2), clock) == {
        "version": "1.0",
        "queryDate": "2024-03-21T12:03:10.000+0000",
        "startDate": "2024-03-21T12:01:00.000+0000",
        "unit": "Percent",
        "statistic": "Average",
        "period": 60,
        "recentDatapoints": [22.0, 30.0],
        "threshold": 21.0,
        "evaluatedDatapoints": [
            {"timestamp": "2024-03-21T12:02:00.000+0000", "sampleCount": 60.0, "value": 30.0},
            {"timestamp": "2024-03-21T12:01:00.000+0000", "sampleCount": 60.0, "value": 22.0},
        ],
    }


def test_numbers_of_reason_data_are_floats():
    """What is measured or compared is written with a point even where it is whole, as recorded from AWS: threshold
    21.0, sampleCount 2.0; a period is a whole number."""
    metric = MetricStat(namespace="n", metric_name="my-metric1", period=10, stat="Average", unit="Seconds")
    alarm = MetricAlarm(alarm_name="cpu", metric=metric, threshold=21, comparison_operator="GreaterThanThreshold")
    source = Always(Datapoint(22, 2))
    text = json.dumps(reason_data(evaluate(alarm, source, 100.0, "OK", range_extra=2), clock))

    assert '"period": 10, "recentDatapoints": [22.0], "threshold": 21.0' in text
    assert '"sampleCount": 2.0, "value": 22.0}]' in text


@dataclass
class Always:
    """A metric whose every period has the same point."""

    point: Datapoint

    def datapoints(self, query, starts, now):
        """Return the point."""
        return [self.point] * len(starts)


def test_reason_data_without_points():
    """Without data startDate is absent and N periods are listed by time alone, newest first."""
    data = reason_data(seen([None] * 4, n=2), clock)

    assert "startDate" not in data
    assert data["recentDatapoints"] == []
    assert data["evaluatedDatapoints"] == [
        {"timestamp": "2024-03-21T12:03:00.000+0000"},
        {"timestamp": "2024-03-21T12:02:00.000+0000"},
    ]


@given(st.lists(st.none() | st.floats(0, 50), min_size=5, max_size=5), st.integers(1, 3))
def test_evaluated_points_are_as_many_as_periods(values, n):
    """N points are evaluated, real or filled, each period once and newest first."""
    stamps = [point["timestamp"] for point in reason_data(seen(values, n=n), clock)["evaluatedDatapoints"]]

    assert len(stamps) == n
    assert stamps == sorted(set(stamps), reverse=True)


@pytest.mark.parametrize("treat", ["missing", "ignore", "breaching", "notBreaching"])
@given(
    values=st.lists(st.none() | st.sampled_from([0.0, 50.0]), min_size=5, max_size=5),
    n=st.integers(1, 3),
    given_m=st.none() | st.just(1),
)
def test_every_evaluation_has_a_sentence(treat, values, n, given_m):
    """Any row under any mode gets one whole sentence that begins with a known word."""
    sentence = reason(seen(values, n=n, m=given_m, treat_missing_data=treat), clock)

    assert sentence.startswith(("Threshold Crossed: ", "Insufficient Data: ", "State kept: "))
    assert sentence.endswith(".")
    assert " []" not in sentence


@pytest.mark.parametrize(
    "value, text",
    [(0, "0.0"), (21.5, "21.5"), (0.001, "0.001"), (0.0001, "1.0E-4"), (9999999.0, "9999999.0"),
     (1e7, "1.0E7"), (-1.25e9, "-1.25E9"), (1 / 3, "0.3333333333333333")],
)  # fmt: skip
def test_numbers_as_java_prints_them(value, text):
    """Plain from a thousandth to ten million, and with E beyond."""
    assert reasons._number(value) == text


def test_times_are_utc():
    """A clock in another zone is converted, never relabelled."""
    here = timezone(timedelta(hours=2))
    data = reason_data(seen([1.0]), lambda seconds: clock(seconds).astimezone(here))

    assert data["queryDate"] == "2024-03-21T12:01:10.000+0000"


def test_composite_reason():
    """A composite alarm names the child that changed by its ARN, as printed by AWS."""
    sentence = reasons.composite_reason("errors", "ALARM", datetime(2022, 7, 22, 15, 57, 45, tzinfo=UTC))

    assert sentence == (
        "arn:aws:cloudwatch:us-east-1:111122223333:alarm:errors"
        " transitioned to ALARM at Friday 22 July, 2022 15:57:45 UTC"
    )
