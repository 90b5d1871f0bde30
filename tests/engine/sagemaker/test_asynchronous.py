"""Asynchronous endpoints in a whole run: backlog, scaling to zero and back, updates, what is shown and refused
(spec inference 4, sagemaker 6.1, 7)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.autoscaling.registry import policy_arn_tail
from engine.errors import WrongValues
from engine.plan import Plan
from engine.requests.autoscaling import CustomizedMetric
from engine.requests.cloudwatch import MetricAlarm, MetricStat
from engine.requests.sagemaker import AsyncInferenceConfig, AsyncOutputConfig
from engine.serving.model import Model, ServiceTime
from engine.simulate import simulate
from engine.traffic.workload import Window, Workload
from tests.engine.autoscaling.policies import register, step, stepping, tracking
from tests.engine.rollouts import (
    OF_BOTH,
    STEADY,
    all_at_once,
    canary,
    config,
    errors_alarm,
    in_batches,
    linear,
    update,
    world,
)
from tests.engine.sagemaker.invariants import every_answer_is_one_of_awss

OF_ENDPOINT = (("EndpointName", "churn"),)
TEN_S = Model(service=ServiceTime(mean_ms=10_000, kind="constant"))
WARM = replace(STEADY, warmup_s=0.0)


def asynchronous(name, count=1, most=1, **more):
    """Return a configuration with a queue before its variant."""
    wanted = AsyncInferenceConfig(max_concurrent_invocations_per_instance=most, **more)
    return replace(config(name, count), async_inference_config=wanted)


def endpoint(count=1, **changes):
    """Return a world with an asynchronous endpoint, which has so many instances."""
    fields = {"timing": WARM, "old": TEN_S, "new": TEN_S, "endpoint": {"instance_counts": {"main": count}}, **changes}
    return world(**{"configs": (asynchronous("v1"), asynchronous("v2")), **fields})


def series(run, name, stat):
    """Return the points of a series of the variant."""
    [found] = [s for s in run.metrics if (s.name, s.stat) == (name, stat) and s.dimensions == OF_BOTH]
    return found.points


def backlog_tracking(target=5.0):
    """Return the policy of AWS's guide: target tracking on the backlog per instance."""
    metric = CustomizedMetric(
        metric_name="ApproximateBacklogSizePerInstance",
        namespace="AWS/SageMaker",
        dimensions=OF_BOTH,
        statistic="Average",
    )
    policy = tracking(target)
    wanted = replace(policy.target_tracking, predefined_metric_type=None, customized_metric=metric)
    return replace(policy, target_tracking=wanted)


def waking(policy):
    """Return the alarm of AWS's guide that leaves zero: Average >= 1, 60 s, 2 of 2, missing."""
    metric = MetricStat(
        namespace="AWS/SageMaker",
        metric_name="HasBacklogWithoutCapacity",
        dimensions=OF_ENDPOINT,
        stat="Average",
        period=60,
    )
    return MetricAlarm(
        alarm_name="wake",
        metric=metric,
        threshold=1.0,
        comparison_operator="GreaterThanOrEqualToThreshold",
        evaluation_periods=2,
        datapoints_to_alarm=2,
        alarm_actions=(f"arn:aws:autoscaling:us-east-1:111122223333:scalingPolicy:1{policy_arn_tail(policy)}",),
    )


@pytest.fixture(scope="module")
def woken():
    """Three requests for an endpoint without an instance, which may scale from zero (worked case A26)."""
    three = Workload(rate=0.05, arrivals="regular", shape=Window(from_s=600, until_s=659))
    plus_one = stepping(step(1, low=0.0))
    plan = Plan.of(register(0, 4), backlog_tracking(), plus_one, waking(plus_one))
    return simulate(endpoint(0, workload=three, duration_s=3600.0), plan, 1)


def test_a_backlog_without_capacity_wakes_one_instance(woken):
    """Spec inference 1.10 A26: target tracking does nothing at 0, the step on HasBacklogWithoutCapacity adds one."""
    wake, sleep = (each for each in woken.scaling_activities if "NotScaledReasons" not in each)
    assert "wake" in wake["Cause"] and wake["Description"] == "Setting desired instance count to 1."
    assert "track" in sleep["Cause"] and sleep["Description"] == "Setting desired instance count to 0."
    assert wake["StatusCode"] == sleep["StatusCode"] == "Successful"


def test_nothing_scales_in_below_zero(woken):
    """The low alarm goes on for a while when there is no instance any more, and finds the minimum."""
    last = woken.scaling_activities[-1]
    assert last["NotScaledReasons"][0]["Code"] == "AlreadyAtMinCapacity"


def test_what_waited_is_answered_once_there_is_an_instance(woken):
    """Spec inference 4: requests wait; nothing is lost."""
    processed = series(woken, "InvocationsProcesssed", "Sum")
    backlog = series(woken, "ApproximateBacklogSize", "Maximum")
    assert sum(point or 0 for point in processed) == woken.totals.requests == 3
    assert backlog[10] == 3 and backlog[-1] == 0
    assert woken.totals.errors_5xx == 0 and woken.totals.slo_missed == 0


def test_nothing_is_paid_for_while_there_is_no_instance(woken):
    """Instance time only while instances are up (spec inference 4)."""
    assert 0 < woken.totals.instance_minutes < 30


def test_calls_have_no_metrics():
    """Invocations, InvocationsPerInstance and OverheadLatency are not published (spec sagemaker 6.1)."""
    run = simulate(endpoint(workload=Workload(rate=0.05), duration_s=600.0), Plan(), 1)
    for name, stat in (("Invocations", "Sum"), ("InvocationsPerInstance", "Sum"), ("OverheadLatency", "Average")):
        assert set(series(run, name, stat)) == {None}
    assert series(run, "CPUUtilization", "Average")[1] is not None


def test_times_are_in_milliseconds():
    """TimeInBacklog and TotalProcessingTime (spec sagemaker 6.1); ModelLatency stays in microseconds."""
    workload = Workload(rate=1 / 30, arrivals="regular")
    run = simulate(endpoint(workload=workload, duration_s=900.0), Plan(), 1)
    assert series(run, "TotalProcessingTime", "Average")[5] == pytest.approx(10_000)
    assert series(run, "TimeInBacklog", "Average")[5] == pytest.approx(0)
    assert series(run, "ModelLatency", "Average")[5] == pytest.approx(10e6)


def test_describe_endpoint_shows_the_queue():
    """DescribeEndpoint has AsyncInferenceConfig, and shows a variant without an instance too."""
    run = simulate(endpoint(0, workload=Workload(rate=0.01), duration_s=600.0), Plan(), 1)
    [variant] = run.endpoint["ProductionVariants"]
    every_answer_is_one_of_awss(run)
    assert run.endpoint["AsyncInferenceConfig"]["ClientConfig"] == {"MaxConcurrentInvocationsPerInstance": 1}
    assert (variant["CurrentInstanceCount"], variant["DesiredInstanceCount"]) == (0, 0)


def test_guardrails_bring_back_an_update():
    """Deployment guardrails are for asynchronous endpoints too (spec sagemaker 2, 8)."""
    bad = replace(TEN_S, error_rate_5xx=1.0)
    settings = all_at_once(600, alarms=("errors",))
    busy = endpoint(2, new=bad, workload=Workload(rate=0.1), duration_s=2400.0)
    run = simulate(busy, Plan.of(errors_alarm(), update(settings)), 1)
    assert run.outcome == "rolled-back"
    assert 0 < run.totals.errors_5xx < 100


def test_an_update_loses_nothing_that_waits():
    """The queue is the variant's: what waits before the old fleet goes is answered by the new one."""
    busy = endpoint(1, workload=Workload(rate=0.12, shape=Window(until_s=900)), duration_s=7200.0)
    run = simulate(busy, Plan.of(update(all_at_once())), 1)
    processed = series(run, "InvocationsProcesssed", "Sum")
    assert run.outcome == "promoted"
    assert sum(point or 0 for point in processed) == run.totals.requests > 80


@settings(max_examples=12, deadline=None)
@given(
    strategy=st.sampled_from([canary(wait=60, term=60), linear(wait=60, term=60), in_batches(wait=60), all_at_once()]),
    fails=st.booleans(),
    count=st.integers(0, 3),
    rate=st.sampled_from([0.05, 0.3]),
    at=st.sampled_from([7.0, 60.0]),
)
def test_whatever_happens_each_request_is_over_once(strategy, fails, count, rate, at):
    """Answered, failed or expired, in an update that ends well or badly, and however the run is cut."""
    alarmed = replace(strategy, alarms=("errors",))
    bad = replace(TEN_S, error_rate_5xx=1.0) if fails else TEN_S
    traffic = Workload(rate=rate, shape=Window(until_s=1500), request_ttl_s=600.0)
    busy = endpoint(
        count, new=bad, workload=traffic, duration_s=5400.0, configs=(asynchronous("v1"), asynchronous("v2", 3))
    )
    plan = Plan.of(errors_alarm(), update(alarmed))
    run, cut = (simulate(busy, plan, 1, cut_every_s=every_s) for every_s in (None, at))
    over = [series(run, name, "Sum") for name in ("InvocationsProcesssed", "ExpiredRequests")]
    assert sum(point or 0 for points in over for point in points) == run.totals.requests
    assert run.totals.errors_5xx <= run.totals.requests
    assert replace(cut, metrics=()) == replace(run, metrics=())


def test_a_shadow_of_an_asynchronous_endpoint_counts_for_nobody():
    """Copies are answered at once, and what becomes of them is no caller's error (spec sagemaker 9)."""
    shadowed = asynchronous("v1")
    shadow = replace(shadowed.production_variants[0], variant_name="shadow", model_name="v2")
    shadowed = replace(shadowed, shadow_production_variants=(shadow,))
    slow = replace(TEN_S, service=ServiceTime(mean_ms=60_000, kind="constant"))
    light = Workload(rate=0.05, request_ttl_s=60.0)
    busy = endpoint(4, new=slow, workload=light, duration_s=1800.0, configs=(shadowed,))
    assert simulate(busy, Plan(), 1).totals.errors_5xx == 0


def test_an_update_from_zero_begins_with_one_instance():
    """A retained count of 0 would start no container."""
    settings = replace(update(all_at_once()), retain_all_variant_properties=True)
    run = simulate(endpoint(0, workload=Workload(rate=0.05), duration_s=1800.0), Plan.of(settings), 1)
    [variant] = run.endpoint["ProductionVariants"]
    assert run.outcome == "promoted" and variant["CurrentInstanceCount"] == 1


def test_what_waits_expires_when_the_endpoint_becomes_real_time():
    """AWS does not say what becomes of the queue (spec inference 4): nobody takes from it any more, each request that
    waits expires at its TTL, as an error, and new requests are answered at once."""
    traffic = Workload(rate=0.5, arrivals="regular", shape=Window(until_s=900), request_ttl_s=3600.0)
    busy = endpoint(workload=traffic, duration_s=5400.0, configs=(asynchronous("v1"), config("v2", 8)))
    run = simulate(busy, Plan.of(update(all_at_once())), 1)
    points = {name: series(run, name, "Sum") for name in ("InvocationsProcesssed", "ExpiredRequests", "Invocations")}
    processed, expired, answered = (sum(point or 0 for point in each) for each in points.values())
    first, *_, last = (60 * minute for minute, point in enumerate(points["ExpiredRequests"]) if point)
    assert run.outcome == "promoted" and "AsyncInferenceConfig" not in run.endpoint
    assert processed + expired + answered == run.totals.requests == 450
    assert processed == 50 and run.totals.errors_5xx == expired == run.totals.by_config["v1"] - processed > 100
    assert 3600 + 2 * processed < first + 60 and last < 3600 + run.update_ended_s


def test_the_slo_runs_up_to_what_the_world_says():
    """Acceptance by default; completion where somebody wants the answer in time."""
    slow = endpoint(workload=Workload(rate=0.05), duration_s=1200.0)
    minds = replace(slow, slo=replace(slow.slo, asynchronous="completion"))
    assert simulate(slow, Plan(), 1).totals.slo_missed == 0
    assert simulate(minds, Plan(), 1).totals.slo_missed > 40


def test_the_backlog_may_leave_out_what_is_in_work():
    """One report saw 0 while a long job ran (spec inference 4)."""
    workload = Workload(rate=1 / 60, arrivals="regular")
    long = Model(service=ServiceTime(mean_ms=50_000, kind="constant"))
    for counts, expected in ((True, 1), (False, 0)):
        timing = replace(WARM, backlog_counts_work=counts)
        run = simulate(endpoint(old=long, workload=workload, timing=timing, duration_s=900.0), Plan(), 1)
        assert series(run, "ApproximateBacklogSize", "Maximum")[8] == expected


def test_expired_requests_are_errors():
    """ExpiredRequests counts them (spec inference 4)."""
    workload = Workload(rate=0.1, arrivals="regular", request_ttl_s=60.0)
    run = simulate(endpoint(0, workload=workload, duration_s=900.0), Plan(), 1)
    expired = sum(point or 0 for point in series(run, "ExpiredRequests", "Sum"))
    assert expired == pytest.approx(84, abs=2)
    assert run.totals.errors_5xx == expired


def test_only_asynchronous_endpoints_begin_without_an_instance():
    """A real-time variant keeps one (spec sagemaker 7)."""
    with pytest.raises(WrongValues, match="not asynchronous"):
        world(endpoint={"instance_counts": {"main": 0}})


def test_how_much_at_once_is_bounded():
    """1 to 1000 (spec inference 4)."""
    for wrong in (0, 1001):
        with pytest.raises(WrongValues):
            AsyncInferenceConfig(max_concurrent_invocations_per_instance=wrong)
    assert AsyncInferenceConfig(output_config=AsyncOutputConfig()).max_concurrent_invocations_per_instance is None
