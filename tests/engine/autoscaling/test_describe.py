"""What the Describe operations of Application Auto Scaling answer: AWS's form, and AWS's words (spec inference 1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from botocore.validate import ParamValidator

from engine.autoscaling.activities import (
    ATTEMPT,
    Activity,
    NotScaled,
    by_alarm,
    by_bound,
    describe_scalable_targets,
    describe_scaling_activities,
    failed,
    fulfilled,
    setting,
    waiting,
)
from engine.autoscaling.combination import Bounds
from engine.autoscaling.registry import ROLE, Registered
from engine.plan import Plan
from engine.requests.autoscaling import DeregisterScalableTarget, SuspendedState
from engine.simulate import simulate
from engine.traffic.workload import Bursts, Workload
from tests.engine.autoscaling.policies import CONCURRENCY, MAIN, register, tracking
from tests.engine.rollouts import STEADY, world
from tests.engine.sagemaker.invariants import fits, output_of

TARGET = register().target
OTHER = replace(register(2, 5), resource_id="endpoint/churn/variant/shadow")
OVER = Activity(
    target=TARGET,
    description=setting(48),
    cause=by_alarm("busy", "track"),
    started=60.0,
    ended=200.0,
    status="Successful",
    message=fulfilled(48),
)
RUNNING = Activity(
    target=TARGET,
    description=setting(110),
    cause=by_bound("minimum", 110),
    started=300.0,
    message=waiting(110),
)


def clock(t):
    """Return the time of day at a second of the run."""
    return datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(seconds=t)


def answered(operation, answer):
    """Return an answer that has the form of AWS's: its fields with their types, the required ones, and its words."""
    shape = output_of(operation, "application-autoscaling")
    report = ParamValidator().validate(answer, shape)
    assert not report.has_errors(), report.generate_report()
    fits(shape, answer)
    return answer


def targets(*requests, since=0.0):
    """Return DescribeScalableTargets after these requests."""
    registered = Registered()
    for request in requests:
        registered = registered.after(request)
    answer = describe_scalable_targets(registered, clock, dict.fromkeys(registered.targets, since))
    return answered("DescribeScalableTargets", answer)["ScalableTargets"]


activities = partial(describe_scaling_activities, clock=clock)


def test_a_target_is_described():
    """Bounds, the service-linked role, since when it is registered, and nothing suspended (spec inference 1.1, 1.9)."""
    assert targets(register(1, 4), since=90.0) == [
        {
            "ServiceNamespace": "sagemaker",
            "ResourceId": MAIN,
            "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
            "MinCapacity": 1,
            "MaxCapacity": 4,
            "RoleARN": ROLE,
            "CreationTime": "2026-03-01T12:01:30+00:00",
            "SuspendedState": {
                "DynamicScalingInSuspended": False,
                "DynamicScalingOutSuspended": False,
                "ScheduledScalingSuspended": False,
            },
        }
    ]


def test_a_later_registration_keeps_what_it_leaves_out():
    """Bounds are needed only at the first one (spec inference 1.1); so it is with what is suspended (1.9)."""
    state = SuspendedState(dynamic_scaling_in_suspended=True)
    [found] = targets(register(1, 4, suspended_state=state), register(high=8))

    assert (found["MinCapacity"], found["MaxCapacity"]) == (1, 8)
    assert [name for name, suspended in found["SuspendedState"].items() if suspended] == ["DynamicScalingInSuspended"]


def test_a_deregistered_target_is_gone():
    """Every target that is left is listed (spec inference 1.1)."""
    gone = DeregisterScalableTarget(resource_id=MAIN)

    assert [each["ResourceId"] for each in targets(register(1, 4), OTHER, gone)] == [OTHER.resource_id]
    assert targets(register(1, 4), gone) == []


def test_activities_are_in_awss_words():
    """Description, Cause and StatusMessage as AWS's guide shows them, the newest first; one that is not over has no end
    (spec inference 1.9)."""
    answer = answered("DescribeScalingActivities", activities([OVER, RUNNING]))
    running, over = answer["ScalingActivities"]

    assert {**over, "ActivityId": ""} == {
        "ActivityId": "",
        "ServiceNamespace": "sagemaker",
        "ResourceId": MAIN,
        "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
        "Description": "Setting desired instance count to 48.",
        "Cause": "monitor alarm busy in state ALARM triggered policy track",
        "StartTime": "2026-03-01T12:01:00+00:00",
        "EndTime": "2026-03-01T12:03:20+00:00",
        "StatusCode": "Successful",
        "StatusMessage": ("Successfully set desired instance count to 48. Change successfully fulfilled by sagemaker."),
    }
    assert running["Cause"] == "minimum capacity was set to 110"
    assert running["StatusMessage"].endswith("to 110. Waiting for change to be fulfilled by sagemaker.")
    assert running["StatusCode"] == "InProgress" and "EndTime" not in running
    assert running["ActivityId"] != over["ActivityId"]


def test_a_refused_change_names_its_error():
    """A quota of SageMaker fails an activity, with SageMaker's reason (spec inference 1.9)."""
    said = failed(110, "The account-level service limit is 1000 Instances.", "ResourceLimitExceeded")
    refused = replace(RUNNING, ended=300.0, status="Failed", message=said)
    [found] = answered("DescribeScalingActivities", activities([refused]))["ScalingActivities"]

    assert found["StatusCode"] == "Failed"
    assert found["StatusMessage"].startswith("Failed to set desired instance count to 110. Reason: The account-level")
    assert "Error Code: ResourceLimitExceeded" in found["StatusMessage"]


@pytest.mark.parametrize(
    "code, detail",
    [
        ("AlreadyAtMaxCapacity", {"MaxCapacity": 4}),
        ("AlreadyAtMinCapacity", {"MinCapacity": 1}),
        ("AlreadyAtDesiredCapacity", {"CurrentCapacity": 3}),
        ("TargetServicePutResourceAsUnscalable", {}),
    ],
)
def test_what_was_not_scaled_is_told_when_asked_for(code, detail):
    """IncludeNotScaledActivities adds such entries with their reason; without it they are left out (spec inference
    1.9)."""
    why = replace(OVER, description=ATTEMPT, status="Failed", message="", not_scaled=NotScaled(code, 3, Bounds(1, 4)))
    answer = answered("DescribeScalingActivities", activities([OVER, why], include_not_scaled=True))

    assert answer["ScalingActivities"][0]["NotScaledReasons"] == [{"Code": code, **detail}]
    assert activities([OVER, why]) == activities([OVER])


def test_the_activities_of_a_run_have_this_form():
    """`Run.scaling_activities` holds such entries, in the order of time."""
    burst = Workload(rate=2.0, shape=Bursts(times=10, every_s=1800, lasts_s=900))
    plan = Plan.of(register(1, 3), tracking(0.3, CONCURRENCY))
    run = simulate(world(count=1, workload=burst, timing=STEADY), plan, 1, series=False)
    answer = answered("DescribeScalingActivities", {"ScalingActivities": list(run.scaling_activities)})
    starts = [each["StartTime"] for each in answer["ScalingActivities"]]

    assert {each["StatusCode"] for each in answer["ScalingActivities"]} == {"Successful", "Failed"}
    assert starts == sorted(starts)
