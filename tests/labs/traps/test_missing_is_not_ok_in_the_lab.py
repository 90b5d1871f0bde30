"""Lab missing-is-not-ok, in its own world: empty minutes, and four settings that end in four ways (spec labs 5)."""

import math

import pytest

from engine.simulate import simulate
from tests.built_in import PACK

PER_MINUTE, INSTANCES = 20.0, 20
RUNS = 12


@pytest.fixture(scope="module")
def lab():
    """The lab as it is shipped."""
    return PACK.lab("missing-is-not-ok")


def plan_of(lab, treat):
    """Return the lab's plan with this TreatMissingData; all four watch the canary in three minutes of three."""
    files = (lab.start, *(near.file for near in lab.near_misses))
    return next(file.plan for file in files if file.plan.metric_alarms[0].treat_missing_data == treat)


def runs(lab, treat, release="noisy"):
    """Return the runs of one setting."""
    where = lab.world_with(lab.release(release))
    return [simulate(where, plan_of(lab, treat), seed) for seed in range(RUNS)]


def state_at_first_traffic(run):
    """Return the alarm's state when the green fleet gets its first share of the traffic."""
    since = next(change.t for change in run.traffic if change.shares.get("scanread-v3"))
    return [change.to_state for change in run.alarms if change.t <= since][-1]


def test_a_third_of_the_canarys_minutes_is_empty(lab):
    """20 requests a minute, one instance of 20, 1-minute periods: exp(-1) = 37 % have no datapoint (spec labs 5)."""
    share = math.exp(-PER_MINUTE / INSTANCES)
    points = []
    for run in runs(lab, "notBreaching"):
        bake = next(phase for phase in run.phases if phase.status == "Baking")
        [series] = [
            m
            for m in run.metrics
            if (m.name, m.stat) == ("ModelLatency", "Average") and ("EndpointConfigName", "scanread-v3") in m.dimensions
        ]
        points += series.points[math.ceil(bake.start / 60) + 1 : int(bake.end / 60)]
    empty = sum(point is None for point in points) / len(points)

    assert share == pytest.approx(0.37, abs=0.005)
    assert abs(empty - share) < 3 * math.sqrt(share * (1 - share) / len(points))


@pytest.mark.parametrize(
    ("treat", "state"),
    [
        pytest.param("notBreaching", "OK", id="notBreaching: silence is good"),
        pytest.param("breaching", "ALARM", id="breaching: silence is bad"),
        pytest.param("ignore", "ALARM", id="ignore: as last night left it"),
    ],
)
def test_before_the_first_scan(lab, treat, state):
    """Without data three settings leave last night's alarm in two states, and a good release ends accordingly: what is
    in ALARM at the first look rolls back here (not published by AWS, spec sagemaker 13.1)."""
    many = runs(lab, treat)
    outcomes = [run.outcome for run in many]

    assert {state_at_first_traffic(run) for run in many} == {state}
    assert outcomes.count("promoted") > RUNS / 2 if state == "OK" else set(outcomes) == {"rolled-back"}


def test_missing_has_no_opinion_and_weak_nerves(lab):
    """With `missing` the alarm starts from INSUFFICIENT_DATA, and then one bad minute among empty ones is an ALARM,
    although three of three are asked for (spec cloudwatch 2): some good releases go home, and some arrive."""
    many = runs(lab, "missing")

    assert {state_at_first_traffic(run) for run in many} == {"INSUFFICIENT_DATA"}
    assert 0 < [run.outcome for run in many].count("promoted") < RUNS


def test_not_breaching_sleeps_where_missing_wakes(lab):
    """The broken release gets past the canary more often with `notBreaching` than with `missing` (spec labs 5)."""
    late = {
        treat: sum(_after_the_canary(run) for run in runs(lab, treat, "broken"))
        for treat in ("notBreaching", "missing")
    }

    assert late["notBreaching"] > late["missing"]


def _after_the_canary(run):
    """Was the release noticed only when it had more than the canary's share?"""
    alarm = run.deciding_alarm
    return alarm is None or run.traffic_at(alarm.t)["scanread-v3"] > 1 / INSTANCES
