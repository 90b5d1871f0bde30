"""Lab the-alarm-that-cannot-fire: an alarm on an average of zeros and ones, with its line at one (spec labs 3)."""

import math

import pytest

from engine.simulate import simulate
from tests.built_in import PACK

RUNS = 20
GREEN = {("EndpointConfigName", "dosecheck-v2")}


@pytest.fixture(scope="module")
def lab():
    """The lab as it is shipped."""
    return PACK.lab("the-alarm-that-cannot-fire")


def runs(lab, plan, release):
    """Return the runs of one plan against one release."""
    where = lab.world_with(lab.release(release))
    return [simulate(where, plan, seed) for seed in range(RUNS)]


def near_miss(lab, name):
    """Return the plan of a near-miss."""
    return next(near.file.plan for near in lab.near_misses if near.file.name == name)


def fired(many):
    """Return in how many runs some alarm went to ALARM."""
    return sum(any(change.to_state == "ALARM" for change in run.alarms) for run in many)


def error_rate(many):
    """Return the share of the green fleet's requests that failed, and how many there were."""
    sums = {"Invocations": 0.0, "Invocation5XXErrors": 0.0}
    for run in many:
        for each in run.metrics:
            if each.name in sums and each.stat == "Sum" and set(each.dimensions) >= GREEN:
                sums[each.name] += sum(point for point in each.points if point is not None)
    return sums["Invocation5XXErrors"] / sums["Invocations"], sums["Invocations"]


def test_the_documented_example_never_fires(lab):
    """`Average > 1` on a 0/1 metric: 0 of N rollbacks, at 100 % errors either (spec labs 3, sagemaker 0.2)."""
    many = runs(lab, lab.start.plan, "all-of-it")

    assert error_rate(many)[0] == 1.0
    assert fired(many) == 0
    assert [run.outcome for run in many] == ["promoted"] * RUNS


def test_at_or_above_one_sleeps_while_a_third_fails(lab):
    """`Average >= 1` stays silent with 35 % of the requests failing, as it did on AWS (spec labs 3)."""
    many = runs(lab, near_miss(lab, "one-means-all.yaml"), "a-third")
    rate, requests = error_rate(many)

    assert abs(rate - 0.35) < 3 * math.sqrt(0.35 * 0.65 / requests)
    assert fired(many) == 0
    assert [run.outcome for run in many] == ["promoted"] * RUNS


def test_at_or_above_one_fires_only_when_all_fail(lab):
    """The same alarm does fire when every request of a minute fails: it means 100 %, not 1 % (spec sagemaker 0.2)."""
    assert fired(runs(lab, near_miss(lab, "one-means-all.yaml"), "all-of-it")) == RUNS


def test_a_line_between_noise_and_harm_fires(lab):
    """With the reference's line both broken releases go back in every run, and the noisy one arrives in every run."""
    outcomes = {
        release.id: {run.outcome for run in runs(lab, lab.reference.plan, release.id)} for release in lab.releases
    }

    assert outcomes == {release.id: {release.expect} for release in lab.releases}
