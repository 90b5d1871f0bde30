"""Alarms that are true of today's fleet, as the simulator says; and how much it is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import simulate as simulation
from engine.aws.checking import check
from engine.aws.translation.reading import read_metric_alarm, read_plan
from engine.serving.faults import Errors
from engine.serving.model import Model, ServiceTime
from engine.simulate import simulate
from engine.traffic.workload import Bursts, Workload
from engine.world import World
from tests.engine.aws.examples import ALARM, CANARY, MATH, alarm, changed, update
from tests.engine.aws.plans import plans
from tests.engine.aws.worlds import fleet, world

TODAY = {"EndpointName": "churn", "VariantName": "main"}
OLD = {**TODAY, "EndpointConfigName": "churn-v1"}
NEW = {**TODAY, "EndpointConfigName": "churn-v2"}
QUICK = world(duration_s=1500).with_model("churn-v1", Model(service=ServiceTime(mean_ms=3.5)))
LIKELY = {
    "Threshold": 900,
    "ComparisonOperator": "GreaterThanThreshold",
    "EvaluationPeriods": 3,
    "DatapointsToAlarm": 1,
}
MICROSECONDS = "ModelLatency is in microseconds, so 2000 is 2 ms. For 2000 ms write 2000000."


def dimensions(names: dict[str, str]) -> list[dict[str, str]]:
    return [{"Name": name, "Value": value} for name, value in names.items()]


def err(of: dict[str, str] = TODAY, **fields: Any) -> dict[str, Any]:
    """Return a canary that is guarded by the alarm."""
    return {**alarm(Dimensions=dimensions(of), **fields), **update(CANARY)}


def latency(of: dict[str, str] = TODAY, **fields: Any) -> dict[str, Any]:
    return err(of, **{"MetricName": "ModelLatency", "Statistic": "Average", **fields})


def computed(expression: str, of: dict[str, str] = NEW, **fields: Any) -> dict[str, Any]:
    """Return a canary that is guarded by an alarm on an expression over the invocations `m`."""
    metric = {"Namespace": "AWS/SageMaker", "MetricName": "Invocations", "Dimensions": dimensions(of)}
    line = {"Id": "m", "ReturnData": False, "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Sum"}}
    lines = [{"Id": "x", "Expression": expression}, line]
    below = {"ComparisonOperator": "LessThanThreshold", "Threshold": 1}
    return {"PutMetricAlarm": {**MATH, "AlarmName": "err", "Metrics": lines, **below, **fields}, **update(CANARY)}


def composite(rule: str, requests: dict[str, Any]) -> dict[str, Any]:
    """Return the same plan guarded by a composite alarm only."""
    guarded = changed(CANARY, "AutoRollbackConfiguration.Alarms", [{"AlarmName": "any"}])
    return {**requests, "PutCompositeAlarm": {"AlarmName": "any", "AlarmRule": rule}, **update(guarded)}


def said(requests: dict[str, Any], where: World = QUICK) -> list[str]:
    """Return what is said of today's fleet."""
    findings = check(requests, where)
    assert {finding.severity for finding in findings} <= {"advice"}, findings
    return [finding.say for finding in findings if "without this update too" in finding.say]


FIRES: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "sum-of-latency",
        latency(Statistic="Sum", Threshold=500),
        "Sum of ModelLatency is 4",
        "then, and the threshold 500. Sum grows with every request: use Average or a percentile, in microseconds.",
    ),
    ("milliseconds", latency(Threshold=2000), "Average of ModelLatency is 35", MICROSECONDS),
    ("milliseconds-of-the-old", latency(OLD, Threshold=2000), "Average of ModelLatency is 35", MICROSECONDS),
    (
        "too-low",
        err(MetricName="Invocations", Threshold=900),
        "Sum of Invocations is 1",
        "Write a Threshold well above what is usual",
    ),
    (
        "too-high",
        err(MetricName="Invocations", Threshold=9000, ComparisonOperator="LessThanThreshold"),
        "Sum of Invocations is 11",
        "Write a Threshold well below what is usual today.",
    ),
    ("counted", err(Statistic="SampleCount"), "SampleCount of Invocation5XXErrors is 1", "counts good requests too"),
    ("filled", computed("FILL(m, 0)"), "its expression is 0 then, and the threshold 1.", "churn-v2 has no data before"),
    (
        "not-by-what-is-filled",
        computed("FILL(m, 0)", TODAY, **LIKELY),
        "its expression is 1",
        "Write a Threshold well above what is usual today.",
    ),
    ("filled-when-late", computed("FILL(m, 0)", TODAY), "its expression is 0 then", "a minute that is only late"),
    (
        "never-published",
        err(MetricName="Invocation5XX", TreatMissingData="breaching"),
        "there is no data, and it takes that for bad.",
        "Set TreatMissingData to notBreaching.",
    ),
    (
        "composite",
        composite("ALARM(err) OR FALSE", latency(Threshold=2000)),
        "its rule is true, as err is ALARM: Average of ModelLatency is 35",
        MICROSECONDS,
    ),
    (
        "composite-of-a-composite",
        {
            **composite("ALARM(inner)", latency(Threshold=2000)),
            "PutCompositeAlarm": [
                {"AlarmName": "inner", "AlarmRule": "ALARM(err)"},
                {"AlarmName": "any", "AlarmRule": "ALARM(inner)"},
            ],
        },
        "its rule is true, as inner is ALARM.",
        "Change the rule.",
    ),
    (
        "composite-without-data",
        composite("NOT OK(err)", err(NEW, TreatMissingData="missing")),
        "its rule is true, as err is INSUFFICIENT_DATA.",
        "Change the rule.",
    ),
]


@pytest.mark.parametrize(("requests", "why", "remedy"), [row[1:] for row in FIRES], ids=[row[0] for row in FIRES])
def test_what_is_true_today_rolls_everything_back(requests: dict[str, Any], why: str, remedy: str) -> None:
    """The advice has the value and what would be right; and a run rolls a perfect model back."""
    [say] = said(requests)

    assert why in say
    assert remedy in say
    assert [simulate(QUICK, read_plan(requests), seed).outcome for seed in (2, 3)] == ["rolled-back"] * 2


SILENT: list[tuple[str, dict[str, Any]]] = [
    ("microseconds", latency(Threshold=2_000_000)),
    ("right-threshold", latency(Threshold=8000, EvaluationPeriods=2)),
    ("errors", err()),
    ("new-fleet-only", latency(NEW, Threshold=2000)),
    ("not-filled", computed("m")),
    ("filled-with-what-is-good", computed("FILL(m, 50)")),
    ("composite", composite("ALARM(err)", latency(Threshold=2_000_000))),
    ("composite-of-a-quiet-one", composite("ALARM(err)", err(NEW))),
    ("nobody-names-it", {**latency(Threshold=2000), **update(changed(CANARY, "AutoRollbackConfiguration", None))}),
]


@pytest.mark.parametrize("requests", [row[1] for row in SILENT], ids=[row[0] for row in SILENT])
def test_what_today_leaves_alone_is_left_alone(requests: dict[str, Any]) -> None:
    """An alarm that may fire on the new fleet only says something of it."""
    assert said(requests) == []


@pytest.mark.parametrize(
    "requests",
    [
        latency(Threshold=1000),  # less than half of what is usual: milliseconds, as the threshold's own advice says
        err(Threshold=0, ComparisonOperator="GreaterThanOrEqualToThreshold"),
        err(NEW, TreatMissingData="breaching"),
        computed("FILL(m, 0)", TreatMissingData="breaching"),
    ],
)
def test_one_mistake_is_told_once(requests: dict[str, Any]) -> None:
    """What another advice has named needs no run."""
    findings = [finding.say for finding in check(requests, QUICK)]

    assert any(words in say for say in findings for words in ("in microseconds", "whenever there is data", "for bad"))
    assert said(requests) == []


def test_an_alarm_that_was_there_before_is_asked_too() -> None:
    """Its name stands in the update only, and so does the advice."""
    there = read_metric_alarm(latency(Threshold=2000)["PutMetricAlarm"])
    [finding] = [each for each in check(update(CANARY), replace(QUICK, alarms=(there,))) if "too, " in each.say]

    assert finding.path[-1] == "AlarmName"
    assert "before it would begin" in finding.say


def test_a_state_set_by_hand_is_not_todays() -> None:
    """SetAlarmState is left out of the run, and so is the update; instances that are asked for before are not."""
    by_hand = {"SetAlarmState": {"AlarmName": "err", "StateValue": "ALARM", "StateReason": "test"}}
    drowned = world(1, rate=40, duration_s=1500)
    more = {
        "DesiredWeightsAndCapacities": [{"VariantName": "main", "DesiredInstanceCount": 8}],
        "EndpointName": "churn",
    }
    slow = changed(
        latency(Threshold=1_000_000, EvaluationPeriods=3),
        "UpdateEndpoint.DeploymentConfig.BlueGreenUpdatePolicy.TrafficRoutingConfiguration.CanarySize",
        {"Type": "CAPACITY_PERCENT", "Value": 50},
    )
    scaled = {"UpdateEndpointWeightsAndCapacities": more, "Later": [{"AfterSeconds": 900, **slow}]}

    assert said({**err(), **by_hand}) == []
    assert len(said(slow, drowned)) == 1
    assert said(scaled, drowned) == []


def test_what_is_over_before_anybody_looks_is_not_said() -> None:
    """A burst sets the alarm off long before the new fleet has requests, or while it has them."""
    busy = err(MetricName="Invocations", Threshold=5000)
    there = replace(QUICK, alarms=(read_metric_alarm(busy["PutMetricAlarm"]),))
    begins = {
        first: replace(
            there, workload=Workload(rate=20, shape=Bursts(times=20, every_s=9000, lasts_s=60, first_s=first))
        )
        for first in (60, 360)
    }
    fired = [simulate(where, read_plan({}), 1).alarms for where in begins.values()]

    assert [any(change.to_state == "ALARM" for change in changes) for changes in fired] == [True, True]
    assert [len(said(update(CANARY), where)) for where in begins.values()] == [0, 1]


def test_an_update_that_looks_at_nothing_is_not_rolled_back() -> None:
    """Without any bake no alarm is heeded, and another advice says so."""
    routing = {"Type": "ALL_AT_ONCE", "WaitIntervalInSeconds": 0}
    policy = {"BlueGreenUpdatePolicy": {"TrafficRoutingConfiguration": routing, "TerminationWaitInSeconds": 0}}
    requests = {**latency(Threshold=2000), **update({**CANARY, **policy})}

    assert said(requests) == []
    assert simulate(QUICK, read_plan(requests), 2).outcome == "promoted"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[World]:
    """The worlds that are simulated."""
    worlds: list[World] = []
    run = simulation.simulate
    monkeypatch.setattr(
        simulation, "simulate", lambda where, *args, **more: worlds.append(where) or run(where, *args, **more)
    )
    return worlds


def test_all_alarms_share_one_run(asked: list[World]) -> None:
    """Ten alarms, ten sentences, one run; and none at all where nobody can be set off."""
    names = [f"a{k}" for k in range(10)]
    puts = [{**latency(Threshold=2000)["PutMetricAlarm"], "AlarmName": name} for name in names]
    guards = changed(CANARY, "AutoRollbackConfiguration.Alarms", [{"AlarmName": name} for name in names])

    assert len(said({"PutMetricAlarm": puts, **update(guards)})) == 10
    assert len(asked) == 1
    assert said(latency(NEW, Threshold=2000)) == []
    assert said(update(CANARY)) == []
    assert len(asked) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"workload": Workload(rate=100_000)},
        {"workload": Workload(rate=400, shape=Bursts(times=100, every_s=600, lasts_s=60))},
        {"update_at_s": 86_400},
        {"configs": (fleet("churn-v1", *"abcdefghi", "main"), fleet("churn-v2", *"abcdefghi", "main"))},
    ],
    ids=["rate", "bursts", "late", "variants"],
)
@pytest.mark.parametrize("periods", [(10, 8640), (60, 1440), (300, 3), (86_400, 7)])
def test_the_work_is_bounded(changes: dict[str, Any], periods: tuple[int, int], asked: list[World]) -> None:
    """However much comes and however far an alarm looks back, no more requests are simulated than in a fifth of a
    second."""
    period, n = periods
    models = dict.fromkeys(("churn-v1", "churn-v2"), QUICK.models["churn-v1"])
    where = replace(QUICK, models=models, **changes)
    percentile = {"Statistic": None, "ExtendedStatistic": "p99", "Period": period, "EvaluationPeriods": n}
    check(latency(Threshold=2000, DatapointsToAlarm=1, **percentile), where)

    assert all(each.duration_s * each.workload.peak_rate <= 500_000 for each in asked)
    assert all(each.duration_s * n * period / max(60, period) <= 3_000_000 for each in asked)


WORLDS = [
    world(rate=2),
    world(count=1, rate=0),
    world(rate=3).with_model("churn-v1", Model(service=ServiceTime(mean_ms=40), faults=(Errors(rate=0.3),))),
    world(rate=2, configs=(fleet("churn-v1", "a", "b"), fleet("churn-v2", "a", "b"))),
]
OF_TODAY = st.builds(
    lambda metric, statistic, period, n, threshold, below, treat: read_metric_alarm(
        {
            **ALARM,
            "Dimensions": dimensions(TODAY),
            "MetricName": metric,
            "Statistic": statistic,
            "Period": period,
            "EvaluationPeriods": n,
            "Threshold": threshold,
            "ComparisonOperator": "LessThanThreshold" if below else "GreaterThanThreshold",
            "TreatMissingData": treat,
        }
    ),
    st.sampled_from(["ModelLatency", "Invocations", "Invocation5XXErrors", "CPUUtilization", "None"]),
    st.sampled_from(["Sum", "Average", "Maximum", "SampleCount"]),
    st.sampled_from([10, 60, 300, 3600]),
    st.integers(1, 20),
    st.floats(-10, 1e7),
    st.booleans(),
    st.sampled_from(["missing", "ignore", "breaching", "notBreaching"]),
)


@given(plans(), OF_TODAY, st.sampled_from(WORLDS))
@settings(max_examples=12)
def test_whatever_guards_an_update_can_be_asked(plan: Any, guard: Any, where: World) -> None:
    """Any alarm of today's fleet in any plan gets an answer, in one printable line."""
    from engine.aws.translation.writing import write_plan
    from engine.plan import Plan, Step

    guarded = Plan((Step(request=guard), *plan.steps, *read_plan(update(CANARY)).steps))
    for finding in check(write_plan(guarded), where):
        assert finding.say.isprintable()
