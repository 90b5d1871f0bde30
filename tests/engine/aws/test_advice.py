"""What AWS accepts and what somebody with experience says of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.aws.advice.advise import ADVICE
from engine.aws.checking import check
from engine.timing import Timing
from engine.world import World
from tests.engine.aws.examples import ALARM, AT_ONCE, CANARY, LINEAR, ROLLING, VARIANT, alarm, changed, config, update
from tests.engine.aws.worlds import fleet, world

BY_CONFIG = [
    {"Name": "EndpointName", "Value": "churn"},
    {"Name": "VariantName", "Value": "main"},
    {"Name": "EndpointConfigName", "Value": "churn-v2"},
]
GOOD = {**alarm(Dimensions=BY_CONFIG), **update(CANARY)}
WAIT = "BlueGreenUpdatePolicy.TrafficRoutingConfiguration.WaitIntervalInSeconds"
TERMINATION = "BlueGreenUpdatePolicy.TerminationWaitInSeconds"
LIMIT = "BlueGreenUpdatePolicy.MaximumExecutionTimeoutInSeconds"
NAMED = {"AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "err"}]}}


ROUTING = "BlueGreenUpdatePolicy.TrafficRoutingConfiguration"
ONE_INSTANCE = {"Type": "INSTANCE_COUNT", "Value": 1}
SIZED_AT_ONCE = {**changed(AT_ONCE, f"{ROUTING}.CanarySize", ONE_INSTANCE), **NAMED}
MISNAMED = changed(CANARY, "AutoRollbackConfiguration.Alarms", [{"AlarmName": "eer"}])
DELETE = {"DeleteEndpointConfig": {"EndpointConfigName": "churn-v1"}}
AT_LEAST = {"ComparisonOperator": "GreaterThanOrEqualToThreshold"}
FIRST = GOOD["PutMetricAlarm"]
TWO = [FIRST, {**FIRST, "AlarmName": "b"}]


def advice(plan: dict[str, Any], where: World | None = None) -> list[str]:
    """Return the sentences; anything that is no advice fails the test."""
    findings = check(plan, where or world())
    assert {finding.severity for finding in findings} <= {"advice"}, findings
    return [finding.say for finding in findings]


def with_alarm(**fields: Any) -> dict[str, Any]:
    return {**alarm(**{"Dimensions": BY_CONFIG, **fields}), **update(CANARY)}


def with_dimensions(**values: str | None) -> dict[str, Any]:
    given = {each["Name"]: each["Value"] for each in BY_CONFIG} | values
    return with_alarm(Dimensions=[{"Name": k, "Value": v} for k, v in given.items() if v])


def with_deployment(deployment: dict[str, Any] | None, **fields: Any) -> dict[str, Any]:
    return {**alarm(Dimensions=BY_CONFIG), **update(deployment, **fields)}


def at_once_for(seconds: int) -> dict[str, Any]:
    return with_deployment({**changed(AT_ONCE, TERMINATION, seconds), **NAMED})


def late_in_short_periods() -> dict[str, Any]:
    return {**at_once_for(60), **alarm(Dimensions=BY_CONFIG, Period=10, EvaluationPeriods=30, DatapointsToAlarm=1)}


def latency(**fields: Any) -> dict[str, Any]:
    return with_alarm(**{"MetricName": "ModelLatency", "Statistic": "Average", "Threshold": 500_000, **fields})


def p99(**fields: Any) -> dict[str, Any]:
    return latency(Statistic=None, ExtendedStatistic="p99", **fields)


def test_a_good_plan_gets_no_advice() -> None:
    """A canary whose alarm watches the new fleet, can fire, and fires inside the bake."""
    assert advice(GOOD) == []


TABLE: list[tuple[str, dict[str, Any], str]] = [
    ("no-update", alarm(Dimensions=BY_CONFIG), "has no UpdateEndpoint"),
    ("nothing-at-all", {}, "has no UpdateEndpoint"),
    ("no-deployment", with_deployment(None), "all traffic moves at once"),
    ("no-alarms", with_deployment(LINEAR), "nothing can roll it back"),
    ("alarm-never-put", with_deployment(MISNAMED), "Did you mean err?"),
    ("alarm-not-named", {**GOOD, "PutMetricAlarm": TWO}, "No update looks at the alarm b"),
    ("put-twice", {**GOOD, "PutMetricAlarm": [FIRST, FIRST]}, "err is put before already"),
    ("size-of-another-kind", with_deployment(SIZED_AT_ONCE), "CanarySize does nothing with ALL_AT_ONCE"),
    ("deleted-in-use", {**GOOD, "Later": [{"AfterSeconds": 9, **DELETE}]}, "The endpoint uses churn-v1"),
    ("still-running", {**GOOD, "Later": [{"AfterSeconds": 300, **update(AT_ONCE)}]}, "takes about 644 s"),
    ("dimension-twice", with_alarm(Dimensions=[*BY_CONFIG, BY_CONFIG[0]]), "named twice"),
    ("nothing-to-retain", with_deployment(CANARY, RetainDeploymentConfig=True), "no earlier DeploymentConfig"),
    ("same-config", with_deployment(CANARY, EndpointConfigName="churn-v1"), "already runs churn-v1"),
    ("no-last-bake", with_deployment(changed(CANARY, TERMINATION, 0)), "finds no way back"),
    ("no-bake-at-all", at_once_for(0), "nobody looks at err"),
    ("timeout-shorter-than-waits", with_deployment(changed(CANARY, TERMINATION, 1500)), "The bakes alone take 1800 s"),
    ("timeout-just-too-short", with_deployment(changed(CANARY, TERMINATION, 1400)), "the whole update about 1894 s"),
    (
        "two-long-periods",
        with_alarm(Period=600, EvaluationPeriods=2),
        "needs at least 602 s to fire if green fails at once and badly",
    ),
    (
        "two-whole-periods",
        with_alarm(Period=600, EvaluationPeriods=2),
        "about 1275 s: 2 whole periods",
    ),
    (
        "blind",
        with_alarm(Period=10, EvaluationPeriods=3),
        "looks back 30 s for 3 bad periods of 10 s.",
    ),
    ("every-10-s", late_in_short_periods(), "36 to 184 s to fire: 1 bad period of 10 s"),
    ("clock-of-10-s", late_in_short_periods(), "and its evaluation, every 10 s."),
    ("too-late-at-once", at_once_for(30), "err needs at least 38 s to fire"),
    ("luck", at_once_for(120), "With 120 s of watching it fires in time in about 3 of 10 rollouts. Bake for 300 s."),
    ("canary-over-too-early", with_deployment(changed(CANARY, WAIT, 120)), "The canary is over after 120 s"),
    (
        "average-above-1",
        with_alarm(Statistic="Average", Threshold=1),
        "Average of Invocation5XXErrors lies between 0 and 1",
    ),
    ("below-0", with_alarm(ComparisonOperator="LessThanThreshold", Threshold=0), "can never fire"),
    ("always", with_alarm(**AT_LEAST, Threshold=0), "fires whenever there is data"),
    ("average-of-1", with_alarm(Statistic="Average", **AT_LEAST, Threshold=1), "only if every single request fails"),
    ("minimum", with_alarm(Statistic="Minimum", Threshold=0.5), "only if every single request fails"),
    ("milliseconds", latency(Threshold=500), "500 is 0.5 ms, and about 40 ms are usual here. For 500 ms write 500000."),
    ("two-seconds", latency(Threshold=2000), "For 2000 ms write 2000000."),
    ("ten-seconds", latency(Threshold=10_000), "For 10000 ms write 10000000."),
    ("overhead", latency(MetricName="OverheadLatency", Threshold=1500), "about 4.6 ms are usual here"),
    ("short-period", with_alarm(Period=10, EvaluationPeriods=1), "comes once a minute"),
    ("wrong-endpoint", with_dimensions(EndpointName="chrun"), "There is no endpoint chrun"),
    ("all-traffic", with_dimensions(VariantName="AllTraffic"), "AllTraffic is a variant's name like any other"),
    ("wrong-config", with_dimensions(EndpointConfigName="churn-v9"), "There is no endpoint configuration churn-v9"),
    ("no-variant", with_dimensions(VariantName=None), "Add VariantName."),
    ("no-dimensions", with_alarm(Dimensions=None), "nothing under no dimension at all"),
    ("strange-dimension", with_dimensions(Host="a"), "Take out Host."),
    ("metric-of-another-name", with_alarm(MetricName="Inference5xxErrors"), "Did you mean Invocation5XXErrors?"),
    ("namespace", with_alarm(Namespace="SageMaker"), "is published in AWS/SageMaker"),
    ("unit", with_alarm(Unit="Count"), "published with the unit None"),
    ("diluted", with_dimensions(EndpointConfigName=None), "Green has 25% of the traffic at first"),
    ("old-fleet", with_dimensions(EndpointConfigName="churn-v1"), "the fleet that is going away"),
    ("missing-is-bad", with_alarm(TreatMissingData="breaching"), "rolled back at once"),
    ("few-samples", p99(), "sees about 300 requests in 60 s, and p99 wants 1000"),
    ("few-samples-ignored", p99(EvaluateLowSampleCountPercentile="ignore"), "would not be evaluated"),
    ("more-errors-than-requests", with_alarm(Threshold=2000), "only about 1200 requests come"),
]


@pytest.mark.parametrize(("plan", "words"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_each_trap_is_named(plan: dict[str, Any], words: str) -> None:
    """A plan with one trap gets the advice on it, with its numbers and what would be right."""
    said = advice(plan)

    assert any(words in say for say in said), said


def test_an_alarm_that_a_step_depends_on_is_looked_at() -> None:
    """It need not stand in AutoRollbackConfiguration as well."""
    step = {"AfterSeconds": 3600, "If": {"AlarmName": "b", "StateValue": "ALARM"}, **DELETE}

    assert not any("No update looks at" in say for say in advice({**GOOD, "PutMetricAlarm": TWO, "Later": [step]}))


@pytest.mark.parametrize("threshold", [25_000, 100_000, 2_000_000])
def test_microseconds_are_left_alone(threshold: int) -> None:
    """A threshold near what the model takes, here 40 ms, was meant as it stands (spec sagemaker 6.1)."""
    assert not any("in microseconds" in say for say in advice(latency(Threshold=threshold)))


def test_without_a_world_less_than_a_millisecond_is_odd() -> None:
    """Nobody knows how quick the model is, but no alarm on a model's time needs to be in microseconds."""
    said = {given: [f.say for f in check(latency(Threshold=given), None)] for given in (999, 1500)}

    assert [any("microseconds" in say for say in said[given]) for given in (999, 1500)] == [True, False]


@pytest.mark.parametrize(
    ("threshold", "words"),
    [(0.05, "takes 20.0% errors on green"), (0.3, "even if it failed every request, the average would be 0.25")],
)
def test_dilution_is_told_in_numbers(threshold: float, words: str) -> None:
    """An average over both fleets shows green's errors times green's share (labs 4)."""
    plan = with_dimensions(EndpointConfigName=None)
    plan["PutMetricAlarm"] |= {"Statistic": "Average", "Threshold": threshold}

    assert any(words in say for say in advice(plan))


def test_a_delay_of_the_world_counts() -> None:
    """The seconds that an alarm needs follow from the world's timing."""
    plan = at_once_for(180)

    assert advice(plan, world(timing=Timing(metric_delay_s=30))) == []


@pytest.mark.parametrize(("periods", "often"), [(8, "in about 8 of 10 rollouts it"), (30, None)])
def test_a_look_back_may_be_long_enough_on_some_days_only(periods: int, often: str | None) -> None:
    """Numbers that are 30 to 120 s late are over 80 s old when they come, in most runs; never 300 s."""
    plan = {**at_once_for(600), **alarm(Dimensions=BY_CONFIG, Period=10, EvaluationPeriods=periods)}
    plan["PutMetricAlarm"]["DatapointsToAlarm"] = 1
    said = [say for say in advice(plan) if "it never finds that many" in say]

    assert [often in say for say in said] == [True] if often else said == []


@given(
    period=st.sampled_from([10, 20, 30, 60, 300]),
    n=st.integers(1, 12),
    data=st.data(),
    treat=st.sampled_from(["missing", "ignore", "breaching", "notBreaching"]),
    bake_s=st.integers(1, 3600),
    timing=st.builds(
        Timing,
        metric_delay_s=st.floats(0, 900),
        metric_delay_jitter=st.floats(0, 1),
        evaluation_second=st.none() | st.integers(0, 59),
    ),
)
@settings(max_examples=40, deadline=None)
def test_every_time_is_told_in_numbers(
    period: int, n: int, data: st.DataObject, treat: str, bake_s: int, timing: Timing
) -> None:
    """Whatever the alarm, the bake and the delays, there is an answer, and no infinity in it."""
    m = data.draw(st.integers(1, n))
    of = alarm(Dimensions=BY_CONFIG, Period=period, EvaluationPeriods=n, DatapointsToAlarm=m, TreatMissingData=treat)
    for plan in (at_once_for(bake_s), with_deployment(changed(CANARY, WAIT, bake_s))):
        said = advice({**plan, **of}, world(timing=timing))
        assert not [say for say in said if {"inf", "nan"} & set(say.replace("-", " ").split())]


def test_a_metric_of_ten_seconds_is_not_blind() -> None:
    """ConcurrentRequestsPerModel comes every 10 s (spec sagemaker 6.1), so short periods find it."""
    plan = with_alarm(MetricName="ConcurrentRequestsPerModel", Statistic="Maximum", Period=10)

    assert advice(plan) == []


def test_a_linear_update_is_watched_through_all_its_steps() -> None:
    """A step may be shorter than the alarm needs, as long as the update as a whole is not."""
    steps = changed(LINEAR, WAIT, 60)

    assert advice(with_deployment({**steps, **NAMED})) == []


def test_a_rolling_update_is_watched_too() -> None:
    """A rolling update has no TerminationWait: its last batch is the last bake."""
    assert advice(with_deployment({**ROLLING, **NAMED})) == []
    short = changed(
        changed(ROLLING, "RollingUpdatePolicy.WaitIntervalInSeconds", 60),
        "RollingUpdatePolicy.MaximumBatchSize.Value",
        50,
    )
    late = advice({**with_alarm(Period=600, EvaluationPeriods=2), **update({**short, **NAMED})})

    assert "cannot fire in time" in late[0]


def test_one_instance_is_no_canary() -> None:
    """10 % of one instance is one instance, and so all the traffic."""
    plan = with_deployment(
        changed(
            CANARY,
            "BlueGreenUpdatePolicy.TrafficRoutingConfiguration.CanarySize",
            {"Type": "CAPACITY_PERCENT", "Value": 10},
        )
    )

    assert any("10 % of 1 instance(s) is 1, which is 100%" in say for say in advice(plan, world(count=1)))


def test_inferentia_falls_back_silently() -> None:
    """Inf1 instances get all at once without a bake, and AWS says nothing."""
    plan = {**config({**VARIANT, "VariantName": "main", "InstanceType": "ml.inf1.xlarge"}, name="churn-v3"), **GOOD}
    plan["UpdateEndpoint"] = {**plan["UpdateEndpoint"], "EndpointConfigName": "churn-v3"}

    assert any("Inf1" in say for say in advice(plan, world(prices_per_hour={"ml.inf1.xlarge": 0.3})))


def test_what_is_not_simulated_is_said() -> None:
    """Data capture is accepted and then not simulated; weights of zero leave nobody to answer."""
    plan = config({**VARIANT, "InitialVariantWeight": 0}, name="churn-v3")
    plan["CreateEndpointConfig"]["DataCaptureConfig"] = {
        "InitialSamplingPercentage": 20,
        "DestinationS3Uri": "s3://a/b",
        "CaptureOptions": [{"CaptureMode": "Input"}],
    }
    found = {finding.severity: finding.say for finding in check(plan, world())}

    assert "AWS acts on DataCaptureConfig" in found["not-simulated"]
    assert "All variants have weight 0" in found["advice"]


def test_an_existing_alarm_is_an_alarm() -> None:
    """An alarm of the world needs not be put, and is looked at like the plan's own."""
    from engine.aws.translation.reading import read_metric_alarm

    existing = read_metric_alarm({**ALARM, "Dimensions": BY_CONFIG, "Period": 900, "EvaluationPeriods": 3})
    said = advice(update(CANARY), world(alarms=(existing,)))

    assert ["3 whole periods" in say for say in said] == [True]


def test_without_a_world_only_the_plan_speaks() -> None:
    """Names and traffic are judged in a world only; what no world can mend is said anyway."""
    said = [finding.say for finding in check({**with_alarm(Statistic="Average", Threshold=1), **update(CANARY)}, None)]

    assert ["can never fire" in say for say in said] == [True]


def test_the_documented_sample_alarm_never_fires() -> None:
    """AWS's own sample, 4XX Average > 1, is caught (spec sagemaker 0.2 item 3)."""
    sample = with_alarm(
        MetricName="Invocation4XXErrors", Statistic="Average", Threshold=1, Period=600, EvaluationPeriods=2
    )

    assert any("can never fire" in say for say in advice(sample))


def test_two_variants_share_the_dimension_check() -> None:
    """Any variant of any known configuration is a fine VariantName."""
    two = world(configs=(fleet("churn-v1", "a", "b"), fleet("churn-v2", "a", "b")))
    plan = {**with_dimensions(VariantName="b"), **update(AT_ONCE | NAMED)}

    assert advice(plan, two) == []


def test_every_advice_has_a_reason() -> None:
    """Each piece of advice says in its docstring why."""
    assert [each.__name__ for each in ADVICE if not each.__doc__] == []
