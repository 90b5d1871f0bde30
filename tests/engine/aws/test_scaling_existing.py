"""What Application Auto Scaling refuses because of what exists: a check says it, and a run says the same."""

from __future__ import annotations

from typing import Any

import pytest

from engine.aws.checking import check
from engine.aws.translation.reading import read_plan
from engine.simulate import simulate
from tests.engine.aws.examples import config, update
from tests.engine.aws.scaling_examples import ACTION, REGISTER, STEP, STEPS, TARGET, TRACK, scaling
from tests.engine.aws.worlds import world

MISSING = (
    "service namespace: sagemaker, resource ID: endpoint/churn/variant/main, scalable dimension: "
    "sagemaker:variant:DesiredInstanceCount"
)
LARGER = {"VariantName": "main", "ModelName": "churn-v3", "InstanceType": "ml.m5.xlarge", "InitialInstanceCount": 4}
NO_STEPS = {**STEP, "StepScalingPolicyConfiguration": {**STEPS, "StepAdjustments": []}}
TO_V3 = update(EndpointConfigName="churn-v3")
CASES = [
    ("no-target", {"PutScalingPolicy": TRACK}, f"No scalable target registered for {MISSING}"),
    ("no-target-for-action", {"PutScheduledAction": ACTION}, f"No scalable target registered for {MISSING}"),
    ("no-target-to-forget", {"DeregisterScalableTarget": TARGET}, f"No scalable target registered for {MISSING}"),
    (
        "no-policy",
        {"DeleteScalingPolicy": {"PolicyName": "track", **TARGET}},
        f"No scaling policy found for {MISSING}, policy name: track",
    ),
    (
        "no-action",
        {"DeleteScheduledAction": {"ScheduledActionName": "morning", **TARGET}},
        f"No scheduled action found for {MISSING}, scheduled action name: morning",
    ),
    ("crossed", scaling(MinCapacity=9), "Maximum capacity cannot be less than minimum capacity"),
    ("zero", scaling(MinCapacity=0), "Minimum capacity cannot be less than 1"),
    (
        "malformed",
        {"RegisterScalableTarget": {**REGISTER, "ResourceId": "churn/main"}},
        "Unsupported service namespace, resource type or scalable dimension",
    ),
    (
        "other-variant",
        {"RegisterScalableTarget": {**REGISTER, "ResourceId": "endpoint/churn/variant/AllTraffic"}},
        "There is no variant AllTraffic of an endpoint churn.",
    ),
    (
        "without-bounds",
        {"RegisterScalableTarget": {**TARGET, "MinCapacity": 1}},
        "A first registration needs MinCapacity and MaxCapacity.",
    ),
    (
        "no-steps",
        scaling({**STEP, "StepScalingPolicyConfiguration": {**STEPS, "StepAdjustments": []}}),
        "There must be",
    ),
    ("same-metric", scaling(TRACK, {**TRACK, "PolicyName": "again"}), "Only one TargetTrackingScaling policy"),
    (
        "no-schedule",
        {**scaling(), "PutScheduledAction": {key: value for key, value in ACTION.items() if key != "Schedule"}},
        "A new scheduled action needs a Schedule.",
    ),
    (
        "other-type",
        {
            **config(LARGER, name="churn-v3"),
            **scaling(),
            "Later": [{"AfterSeconds": 60, **TO_V3}],
        },
        "Variant main is registered as a scalable target and changes from ml.m5.large to ml.m5.xlarge by this update.",
    ),
]


@pytest.mark.parametrize(("plan", "text"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_a_check_and_a_run_refuse_alike(plan: dict[str, Any], text: str) -> None:
    """The same list is asked by both (spec inference 1.1, 1.2, 1.8; sagemaker 7)."""
    said = [each.say for each in check(plan, world()) if each.severity == "service"]
    run = simulate(world(duration_s=600.0, rate=1), read_plan(plan), 1, series=False)
    answered = [event.detail["message"] for event in run.events if event.is_refusal]

    assert any(say.startswith(text) for say in said)
    assert any(message.startswith(text) for message in answered)


FINE: list[dict[str, Any]] = [
    scaling(),
    scaling(TRACK, STEP),
    {**scaling(), "PutScheduledAction": ACTION},
    {"RegisterScalableTarget": [REGISTER, {**TARGET, "MaxCapacity": 9}]},
    {**scaling(), **update()},
    {
        **config(LARGER, name="churn-v3"),
        **scaling(),
        "Later": [{"AfterSeconds": 60, "DeregisterScalableTarget": TARGET, **TO_V3}],
    },
]


@pytest.mark.parametrize("plan", FINE)
def test_taken(plan: dict[str, Any]) -> None:
    """An update of the model alone is taken, and after deregistering one of the type, too (spec sagemaker 7)."""
    run = simulate(world(duration_s=600.0, rate=1), read_plan(plan), 1, series=False)

    assert [each.say for each in check(plan, world()) if each.stops] == []
    assert [event for event in run.events if event.is_refusal] == []
