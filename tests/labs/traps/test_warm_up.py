"""Lab warm-up: the first minute of a healthy new fleet is slow, and a tight alarm sends it home (spec labs 14)."""

import math
from dataclasses import replace

import pytest

from engine.serving.faults import Slow
from engine.serving.model import ServiceTime
from engine.simulate import simulate
from engine.timing import Timing
from tests.engine.rollouts import all_at_once, errors_alarm, guarded, model, world

MEAN_MS, RATE = 3.5, 20.0
"""The model of the measured run (spec sagemaker 4.1)."""
MINUTE_7_S = 233.0
"""UpdateEndpoint here means the first request at 420 s: provisioning and the activation take 187 s."""
QUICK = model(service=ServiceTime(mean_ms=MEAN_MS))
SEEDS = range(20)


def slow_alarm(threshold_us, **changes):
    """Return an alarm on the new fleet's mean ModelLatency."""
    alarm = errors_alarm("slow", threshold=threshold_us, comparison_operator="GreaterThanThreshold", **changes)
    return replace(alarm, metric=replace(alarm.metric, metric_name="ModelLatency"))


def place(new=QUICK, *, aligned=False):
    """Return a world with a quick old version; `aligned`: the new fleet's first minute is a minute of the clock."""
    timing, at_s = (Timing(provision_jitter=0.0), MINUTE_7_S) if aligned else (Timing(), 306.0)
    return world(new=new, old=QUICK, rate=RATE, timing=timing, update_at_s=at_s, duration_s=1500.0)


def outcomes(alarm, bake_s=600, new=QUICK, seeds=SEEDS):
    """Return how all-at-once updates under this alarm end."""
    plan = guarded(all_at_once, bake_s, alarm=alarm)
    return [simulate(place(new), plan, seed, series=False, keep_requests=False).outcome for seed in seeds]


@pytest.mark.parametrize(
    ("metric", "factor", "cv"),
    [
        pytest.param("ModelLatency", 1.7, 0.5, id="5.9 ms against 3.5"),
        pytest.param("OverheadLatency", 2.7, 0.4, id="12.5 ms against 4.6"),
    ],
)
def test_the_first_minute_is_slow(metric, factor, cv):
    """In its first minute a healthy new fleet is slower by the measured factors (spec labs 14, sagemaker 4.1), within
    three standard errors of a ratio of means."""
    run = simulate(place(aligned=True), guarded(all_at_once, 900, alarm=slow_alarm(1e6)), 0)
    series = {
        (each.name, each.stat): each.points for each in run.metrics if ("EndpointConfigName", "v2") in each.dimensions
    }
    means, counts = series[metric, "Average"], series["Invocations", "Sum"]
    first, later = counts[7], sum(counts[8:18])
    warm = sum(mean * count for mean, count in zip(means[8:18], counts[8:18], strict=True)) / later
    error = factor * cv * math.sqrt(1 / first + 1 / later)

    assert abs(means[7] / warm - factor) < 3 * error


def test_a_tight_alarm_rolls_back_a_healthy_release():
    """A line a quarter above normal, from minute one on, sends every healthy release home (spec labs 14)."""
    assert set(outcomes(slow_alarm(1250 * MEAN_MS))) == {"rolled-back"}


@pytest.mark.parametrize(
    "alarm",
    [
        pytest.param(slow_alarm(1250 * MEAN_MS, evaluation_periods=3), id="three minutes in a row"),
        pytest.param(slow_alarm(1250 * MEAN_MS, evaluation_periods=5, datapoints_to_alarm=3), id="three of five"),
        pytest.param(slow_alarm(2200 * MEAN_MS), id="a line with room"),
    ],
)
def test_patience_or_room_lets_it_pass_and_stops_a_slow_one(alarm):
    """M of N and a threshold above the warm-up both forgive the first minute, and neither forgives a model that is
    three times as slow for good."""
    tired = model(service=QUICK.service, faults=(Slow(factor=3.0, after_s=60.0),))

    assert set(outcomes(alarm)) == {"promoted"}
    assert set(outcomes(alarm, new=tired)) == {"rolled-back"}


def test_a_longer_period_does_not_help_at_first():
    """A sliding period of five minutes is first looked at when it holds the first minute alone."""
    early = outcomes(slow_alarm(1250 * MEAN_MS, period=300))

    assert early.count("rolled-back") == len(early)
