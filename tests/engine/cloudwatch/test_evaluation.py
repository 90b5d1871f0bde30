"""Which points an alarm reads, when, and what becomes of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cloudwatch.evaluation import evaluate, evaluation_interval, window_end
from engine.requests.cloudwatch import Datapoint, MetricAlarm, MetricStat

ERRORS = MetricStat(namespace="AWS/SageMaker", metric_name="Invocation4XXErrors")


def alarm(n=1, m=None, period=60, threshold=1.0, stat="Sum", **more):
    """Return an alarm on errors, `m` out of `n` periods."""
    return MetricAlarm(
        alarm_name="errors",
        metric=replace(ERRORS, period=period, stat=stat),
        evaluation_periods=n,
        datapoints_to_alarm=m,
        threshold=threshold,
        **more,
    )


def history(alarm, source, times):
    """Return (time, state) for every change of state over evaluations at `times`."""
    state, changes = "INSUFFICIENT_DATA", []
    for now in times:
        new = evaluate(alarm, source, now, state, range_extra=2).state
        if new != state:
            changes.append((now, new))
        state = new
    return changes


def test_the_measured_run(minutes):
    """The alarm of spec sagemaker 4.1 fires at 16:04:10, not a minute earlier, and clears at 16:09:10.

    Minute 0 is 15:57; each minute is visible 100 s after its end; errors in 16:01 to 16:05.
    """
    counts = dict.fromkeys(range(30), 0.0) | {4: 23, 5: 35, 6: 30, 7: 31, 8: 1}
    error_alarm = alarm(treat_missing_data="notBreaching")
    changes = history(error_alarm, minutes(counts, delay=100), range(190, 1200, 60))

    assert changes == [(190, "OK"), (7 * 60 + 10, "ALARM"), (12 * 60 + 10, "OK")]


@pytest.mark.parametrize(
    "now, end, newest",
    [
        pytest.param(15 * 60.0, 15 * 60, [0, 5, 10], id="12:15:00 reads 12:00, 12:05, 12:10"),
        pytest.param(16 * 60.0, 16 * 60, [1, 6, 11], id="12:16:00 reads 12:01, 12:06, 12:11"),
        pytest.param(16 * 60 + 59.9, 16 * 60, [1, 6, 11], id="and so all through that minute"),
    ],
)
def test_the_window_slides_by_the_minute(minutes, now, end, newest):
    """Five-minute periods end at the current minute, not at multiples of five (spec cloudwatch 1)."""
    source = minutes({})
    five = alarm(n=3, period=300)
    evaluate(five, source, now, "OK", range_extra=0)

    assert window_end(five, now) == end
    assert source.asked == [60 * minute for minute in newest]


def test_the_printed_query(minutes):
    """A query at 17:04:40 with a period of 300 s has its newest bucket at 16:59 (spec cloudwatch 1)."""
    source = minutes({})
    evaluate(alarm(period=300), source, 4 * 60 + 40, "OK", range_extra=2)

    assert source.asked[-1] == -60


@pytest.mark.parametrize(
    "period, n, interval",
    [(60, 1, 60), (300, 3, 60), (10, 3, 10), (20, 1, 10), (30, 6, 10), (60, 1440, 60), (3600, 24, 60),
     (3600, 25, 3600), (86400, 2, 3600), (604800, 1, 3600)],
)  # fmt: skip
def test_how_often(period, n, interval):
    """Every minute, every 10 s below a minute, every hour strictly above one day (spec cloudwatch 1)."""
    assert evaluation_interval(alarm(n=n, period=period)) == interval


def test_long_windows_are_judged_by_the_hour(minutes):
    """Failed at 10:02, seen at 11:03; fixed at 11:43, seen at 12:03: data up to :00 only (spec cloudwatch 1).

    Minute 0 is 00:00; the metric counts what is broken, up by one and down by one.
    """
    source = minutes({0: 0.0, 10 * 60 + 2: 1.0, 11 * 60 + 43: -1.0})
    week = alarm(period=604_800)
    states = [evaluate(week, source, hour * 3600 + 180, "OK", range_extra=0).state for hour in (10, 11, 12)]

    assert window_end(week, 11 * 3600 + 3500) == 11 * 3600
    assert states == ["OK", "ALARM", "OK"]


def test_a_hair_before_the_minute_is_the_minute():
    """Rounding in a sum of seconds does not cost an alarm its newest period."""
    assert window_end(alarm(period=10), 310 - 6e-14) == 310
    assert window_end(alarm(), 59.999) == 0


def test_sub_minute_windows_slide_by_ten_seconds(minutes):
    """A 10-second alarm ends its window at the last ten seconds (spec cloudwatch 1)."""
    source = minutes({})
    evaluate(alarm(n=2, period=10), source, 47.5, "OK", range_extra=1)

    assert source.asked == [10, 20, 30]


@given(
    now=st.floats(0, 1e6),
    n=st.integers(1, 10),
    extra=st.integers(0, 5),
    period=st.sampled_from([10, 20, 30, 60, 120, 300, 3600]),
)
def test_slots_tile_the_range(now, n, extra, period):
    """The range is N + extra periods without a gap and ended less than one interval ago."""

    class Nothing:
        def datapoints(self, query, starts, now):
            return [None] * len(starts)

    one = alarm(n=n, period=period)
    evaluation = evaluate(one, Nothing(), now, "OK", range_extra=extra)
    starts = [start for start, _ in evaluation.slots]

    assert len(starts) == n + extra
    assert all(b - a == period for a, b in pairwise(starts))
    assert -1e-6 <= now - (starts[-1] + period) < evaluation_interval(one)


def test_the_last_point_keeps_deciding(minutes):
    """With N = 1 a metric that stops keeps its alarm for range - 1 more periods; then gaps are filled.

    Spec cloudwatch 2: the last set of points is evaluated again and again for a while.
    """
    source = minutes({0: 5.0})
    strict = alarm(treat_missing_data="notBreaching")

    assert history(strict, source, range(70, 600, 60)) == [(70, "ALARM"), (250, "OK")]


def test_the_one_real_trace(minutes):
    """N = M = 8 at 900 s, breaching, last datum 05:43:53: the alarm comes at 08:14 (spec cloudwatch 2).

    Only a range of N + 2 gives this moment. Minute 0 is 00:00 and points are good until the datum.
    """
    source = minutes(dict.fromkeys(range(5 * 60 + 44), 0.0))
    silent = alarm(n=8, period=900, treat_missing_data="breaching")
    changes = history(silent, source, range(5 * 3600 + 49, 9 * 3600, 60))

    assert changes[-1] == (8 * 3600 + 14 * 60 + 49, "ALARM")


def test_an_evaluation_remembers_what_it_saw(minutes):
    """Slots hold start and point, oldest first, and the decision points into them."""
    source = minutes({0: 0.0, 2: 3.0})
    evaluation = evaluate(alarm(n=2, m=1), source, 185, "OK", range_extra=1)

    assert evaluation.slots == ((0, Datapoint(0.0, 60)), (60, None), (120, Datapoint(3.0, 60)))
    assert evaluation.decision.decided_by == (0, 2)
    assert (evaluation.previous, evaluation.state) == ("OK", "ALARM")


def test_a_value_that_is_none_is_missing(minutes):
    """NaN, such as the trimmed mean of no sample, counts as missing."""
    evaluation = evaluate(alarm(), minutes({0: float("nan")}), 65, "OK", range_extra=0)

    assert evaluation.state == "INSUFFICIENT_DATA"
    assert evaluation.slots == ((0, None),)


@pytest.mark.parametrize(
    "stat, samples, option, state",
    [
        ("p99", 999, "ignore", "OK"),
        ("p99", 1000, "ignore", "ALARM"),
        ("p99", 999, "evaluate", "ALARM"),
        ("p50", 19, "ignore", "OK"),
        ("p50", 20, "ignore", "ALARM"),
        ("p100", 1, "ignore", "ALARM"),
        ("Average", 1, "ignore", "ALARM"),
    ],
)
def test_few_samples_keep_the_state(minutes, stat, samples, option, state):
    """EvaluateLowSampleCountPercentile=ignore keeps the state below 10/(1-p) samples (spec cloudwatch 4)."""
    source = minutes({0: 5.0}, samples=samples)
    tail = alarm(stat=stat, evaluate_low_sample_count_percentile=option)
    evaluation = evaluate(tail, source, 65, "OK", range_extra=0)

    assert evaluation.state == state
    assert (evaluation.decision.rule == "too-few-samples") == (state == "OK")


def test_few_samples_are_not_called_premature(minutes):
    """What the points would have decided is forgotten when they rest on too few samples."""
    source = minutes({0: 5.0}, samples=9)
    tail = alarm(n=3, stat="p99", evaluate_low_sample_count_percentile="ignore")
    decision = evaluate(tail, source, 185, "OK", range_extra=0).decision

    assert (decision.rule, decision.premature) == ("too-few-samples", False)


def test_a_breach_too_recent_to_decide(minutes):
    """What a too recent breach means is handed down; without a word it is OK."""
    source = minutes({2: 5.0})

    assert evaluate(alarm(n=3), source, 185, "ALARM", range_extra=2).state == "OK"
    unsure = evaluate(alarm(n=3), source, 185, "OK", range_extra=2, too_recent="INSUFFICIENT_DATA")
    assert unsure.state == "INSUFFICIENT_DATA"


def test_samples_of_all_evaluated_points_count(minutes):
    """Two periods of 500 samples are enough for a p99 (our reading of "during the evaluation period")."""
    source = minutes({0: 5.0, 1: 5.0}, samples=500)
    tail = alarm(n=2, stat="p99", evaluate_low_sample_count_percentile="ignore")

    assert evaluate(tail, source, 125, "OK", range_extra=0).state == "ALARM"


def test_no_sample_at_all_is_missing_data(minutes):
    """Without any sample TreatMissingData decides, not the low-sample option."""
    tail = alarm(stat="p99", evaluate_low_sample_count_percentile="ignore")

    assert evaluate(tail, minutes({}), 65, "OK", range_extra=0).state == "INSUFFICIENT_DATA"
