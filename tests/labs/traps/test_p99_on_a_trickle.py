"""Lab p99-on-a-trickle: a percentile alarm with `ignore` waits for its samples (spec labs 7)."""

import math
from dataclasses import replace
from statistics import fmean

import pytest

from engine.plan import Plan
from engine.requests.cloudwatch import MetricAlarm
from engine.requests.sagemaker import UpdateEndpoint
from engine.simulate import simulate
from engine.statistics import low_sample_limit, parse_statistic
from engine.timing import Timing
from tests.built_in import PACK

NEEDED = 1000
PER_SECOND = 0.5
RUNS = 20


@pytest.fixture(scope="module")
def lab():
    """The lab as it is shipped."""
    return PACK.lab("p99-on-a-trickle")


def slow(lab):
    """Return the lab's world with its slow release."""
    return lab.world_with(lab.release("one-in-four"))


def all_at_once(plan, period_s):
    """Return the plan with all traffic on green at once for an hour, and its alarm on one period of that length."""
    [alarm] = [step.request for step in plan.steps if isinstance(step.request, MetricAlarm)]
    [update] = [step.request for step in plan.steps if isinstance(step.request, UpdateEndpoint)]
    policy = update.deployment_config.blue_green_update_policy
    routing = replace(policy.traffic_routing_configuration, type="ALL_AT_ONCE", canary_size=None)
    policy = replace(policy, traffic_routing_configuration=routing, termination_wait_in_seconds=3600)
    deployment = replace(update.deployment_config, blue_green_update_policy=policy)
    longer = replace(alarm, metric=replace(alarm.metric, period=period_s))
    return Plan.of(longer, replace(update, deployment_config=deployment))


def wait_for_the_alarm(run):
    """Return the seconds from green's traffic to the alarm that decided."""
    since = next(change.t for change in run.traffic if change.shares.get("antidote-v2"))
    return run.deciding_alarm.t - since


def known_wait_s(timing):
    """Return the mean time to the alarm: 1,000 Poisson arrivals, half a minute until that minute is over, and from
    there the delay of the metric and half a minute until the alarm is evaluated."""
    return NEEDED / PER_SECOND + 30 + timing.metric_delay_s + 30


def test_p99_needs_33_minutes_at_30_requests_a_minute(lab):
    """Below 10 / (1 - p) samples the alarm is not evaluated: p99 needs 1,000, which take 33 minutes at 30 a minute
    (spec labs 7). The time of the 1,000th Poisson arrival has a standard deviation of sqrt(1000) / rate, the rest of
    its minute and the second of evaluation one of 60 / sqrt(12) each, the delay one of 90 / sqrt(12)."""
    plan = all_at_once(lab.start.plan, 3600)
    waits = [wait_for_the_alarm(simulate(slow(lab), plan, seed, series=False)) for seed in range(RUNS)]
    error = math.hypot(math.sqrt(NEEDED) / PER_SECOND, *(each / math.sqrt(12) for each in (60, 60, 90))) / math.sqrt(
        RUNS
    )

    assert low_sample_limit(parse_statistic("p99")) == NEEDED
    assert round(NEEDED / PER_SECOND / 60) == 33
    assert abs(fmean(waits) - known_wait_s(Timing())) < 3 * error


def test_a_minute_never_holds_enough(lab):
    """With a period of a minute the alarm never fires while one answer in four is three seconds late (spec labs 7)."""
    many = [simulate(slow(lab), lab.start.plan, seed, series=False) for seed in range(RUNS)]

    assert not any(change.to_state == "ALARM" for run in many for change in run.alarms)
    assert [run.outcome for run in many] == ["promoted"] * RUNS


@pytest.mark.parametrize(("stat", "samples"), [("p50", 20), ("p90", 100), ("p95", 200), ("p99", 1000)])
def test_samples_by_percentile(stat, samples):
    """The lesson's table: 10 / (1 - p) samples (spec cloudwatch 4)."""
    assert low_sample_limit(parse_statistic(stat)) == pytest.approx(samples)
