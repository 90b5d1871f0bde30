"""Lab mend-the-guide: the worked example of a study guide, as it stands (spec course, Requests and documentation)."""

from __future__ import annotations

from copy import deepcopy

import pytest
import yaml

from engine.aws.checking import check
from engine.simulate import simulate
from tests.built_in import PACK

RUNS = 10


@pytest.fixture(scope="module")
def lab():
    """The lab as it is shipped."""
    return PACK.lab("mend-the-guide")


@pytest.fixture
def guide(lab):
    """The guide's request, to be mended step by step."""
    return deepcopy(yaml.safe_load(lab.start.text))


def mended(guide, *, sent=False, metric=False, named=False, line=False):
    """The guide's request with so much of it mended, and with ALL_AT_ONCE, which the guide names first."""
    alarm, update = guide["PutMetricAlarm"], guide["UpdateEndpoint"]
    if sent:
        update["EndpointConfigName"] = "listen-v2"
        routing = {"Type": "ALL_AT_ONCE", "WaitIntervalInSeconds": 0}
        update["DeploymentConfig"]["BlueGreenUpdatePolicy"]["TrafficRoutingConfiguration"] = routing
    if metric:
        alarm["MetricName"] = "Invocation5XXErrors"
    if named:
        update["DeploymentConfig"]["AutoRollbackConfiguration"] = {"Alarms": [{"AlarmName": "listen-5xx"}]}
    if line:
        alarm |= {"Statistic": "Average", "Threshold": 0.1}
    return guide


def said(lab, plan):
    """What there is to say, as (severity, the last key that it is about, the first words)."""
    return [(found.severity, found.path[-1], found.say) for found in check(plan, lab.world)]


def test_the_client_refuses_it_twice(lab, guide):
    """No configuration to move to, and no way to move the traffic: botocore sends nothing (spec course)."""
    refused = said(lab, guide)

    assert [severity for severity, _, _ in refused] == ["client", "client"]
    assert '"EndpointConfigName"' in refused[0][2]
    assert '"TrafficRoutingConfiguration"' in refused[1][2]


def test_then_three_pieces_of_advice_are_left(lab, guide):
    """An update without an alarm, an alarm without a metric, and once they know each other, a line at nothing."""
    first = said(lab, mended(guide, sent=True))

    assert [(severity, key) for severity, key, _ in first] == [("advice", "DeploymentConfig"), ("advice", "MetricName")]

    [(severity, key, say)] = said(lab, mended(guide, sent=True, metric=True, named=True))

    assert (severity, key) == ("advice", "AlarmName")
    assert "fires without this update too" in say
    assert said(lab, mended(guide, sent=True, metric=True, named=True, line=True)) == []


def near_miss(lab, name):
    """Return the plan of a near-miss."""
    return next(near.file.plan for near in lab.near_misses if near.file.name == name)


def harmed(lab, plan, release):
    """Return over all runs how many answers failed beyond the noise of the old model."""
    where = lab.world_with(lab.release(release))
    runs = [simulate(where, plan, seed) for seed in range(RUNS)]
    return sum(run.totals.errors_5xx - 0.005 * run.totals.requests for run in runs) / RUNS


def test_at_once_four_times_as_many_meet_it(lab):
    """A quarter goes first, or everybody: what is harmed until the alarm comes is in the same ratio."""
    few, all_of_them = (
        harmed(lab, plan, "half-deaf") for plan in (lab.reference.plan, near_miss(lab, "all-of-them.yaml"))
    )

    assert all_of_them / few == pytest.approx(4, rel=0.15)


def test_a_line_at_nothing_sends_a_good_model_home(lab):
    """At 480 requests a minute one in two hundred fails: a minute without an error comes once in eleven."""
    where = lab.world_with(lab.release("everyday"))
    outcomes = {simulate(where, near_miss(lab, "not-one-error.yaml"), seed).outcome for seed in range(RUNS)}

    assert outcomes == {"rolled-back"}


@pytest.mark.parametrize(("plan", "outcome"), [("reference", "rolled-back"), ("five-minutes.yaml", "promoted")])
def test_the_fifteen_minutes_are_the_best_of_it(lab, plan, outcome):
    """A fault that comes after eleven minutes is caught by the guide's bake, and by no bake of five minutes."""
    where = lab.world_with(lab.release("after-eleven-minutes"))
    sent = lab.reference.plan if plan == "reference" else near_miss(lab, plan)

    assert {simulate(where, sent, seed).outcome for seed in range(RUNS)} == {outcome}
