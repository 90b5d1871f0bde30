"""What becomes of the variants of a shadow test: Retain, Remove, Promote (spec sagemaker 9, inference 7.2)."""

from __future__ import annotations

import pytest

from engine.plan import Step
from engine.requests.experiments import StopInferenceExperiment
from tests.engine.rollouts import later, model, update
from tests.engine.sagemaker.shadow_tests.experiments import (
    PROMOTED,
    created,
    run_of,
    statuses,
    stopped,
    the_test,
    variant,
    where,
)
from tests.engine.shadows import points


def test_promoted():
    """The shadow's model goes into production on the infrastructure that production had (spec inference 7.2)."""
    world = where(new=model(error_rate_4xx=1.0))
    shadow = variant(kind="ml.m5.xlarge", count=1)
    run = run_of(world, later(0, created(shadow=shadow)), later(900, stopped(PROMOTED, desired_state="Completed")))
    [production] = run.endpoint["ProductionVariants"]

    assert statuses(run)[-2:] == [(1200, "Stopping"), (1200 + 157, "Completed")]
    assert (production["VariantName"], production["CurrentInstanceCount"]) == ("Shadow-01", 4)
    assert dict(run.instances[-1].types) == {"ml.m5.large": 4}
    assert run.endpoint["EndpointConfigName"] == "try-promoted"
    assert "ShadowProductionVariants" not in run.endpoint
    assert run.totals.errors_4xx == run.totals.by_config["try-promoted"] > 0
    assert [each["Status"] for each in the_test(run)["ModelVariants"]] == ["Deleted", "InService"]


def test_promoted_onto_instances_of_its_own():
    """DesiredModelVariants says on which (spec inference 7.2)."""
    desired = (variant(kind="ml.m5.xlarge", count=3),)
    run = run_of(where(), later(0, created()), later(900, stopped(PROMOTED, desired_variants=desired)))

    assert dict(run.instances[-1].types) == {"ml.m5.xlarge": 3}


def test_after_a_promotion_the_endpoint_takes_updates():
    """Its configuration exists, and an update to another one goes through."""
    run = run_of(where(), later(0, created()), later(900, stopped(PROMOTED)), later(1500, update()))

    assert run.outcome == "promoted"
    assert run.endpoint["EndpointConfigName"] == "v2"


def test_both_retained():
    """The shadow goes on after the test, with the instances that are asked for."""
    actions = {"main": "Retain", "Shadow-01": "Retain"}
    desired = (variant("main", "v1", count=5), variant(count=1))
    run = run_of(where(), later(0, created()), later(900, stopped(actions, desired_variants=desired)))
    [shadow] = run.endpoint["ShadowProductionVariants"]

    assert the_test(run)["Status"] == "Cancelled"
    assert shadow["CurrentInstanceCount"] == 1
    assert run.endpoint["ProductionVariants"][0]["CurrentInstanceCount"] == 5
    assert points(run, "Invocations", "Sum", "Shadow-01")[55] > 0


@pytest.mark.parametrize(
    "actions, say",
    [
        ({"main": "Retain", "Shadow-01": "Promote"}, "Shadow-01 is promoted"),
        ({"Shadow-01": "Promote"}, "Shadow-01 is promoted"),
        ({"main": "Promote"}, "main is in production already"),
        ({"main": "Remove"}, "nothing would be in production"),
        ({"main": "Remove", "Shadow-01": "Retain"}, "nothing would be in production"),
        ({"other": "Remove"}, "no variant other"),
    ],
)
def test_actions_that_leave_no_endpoint(actions, say):
    """One variant stays in production: our sentences, as AWS's are not published."""
    request = StopInferenceExperiment(name="try", actions=actions)
    run = run_of(where(), later(0, created()), later(900, request))

    assert [event for event in run.events if event.is_refusal and say in event.detail["message"]]
    assert the_test(run)["Status"] == "Running"


@pytest.mark.parametrize(
    "steps, asked_s",
    [
        pytest.param([created(source=variant("main", "v1", "ml.c5.large", 4))], 310, id="start"),
        pytest.param(
            [created(), later(900, stopped(desired_variants=(variant("main", "v1", "ml.c5.large", 4),)))],
            1200,
            id="settle",
        ),
        pytest.param(
            [created(), later(900, stopped(PROMOTED, desired_variants=(variant(kind="ml.c5.large"),)))],
            1200,
            id="promote",
        ),
    ],
)
def test_instances_of_which_there_are_none_left(steps, asked_s):
    """An operation that breaks ends in Cancelled with its StatusReason (spec inference 7.2); AWS tries for 34 minutes
    (spec inference 2), and production stays as it was."""
    run = run_of(where(unavailable_types=("ml.c5.large",)), *(s if isinstance(s, Step) else later(0, s) for s in steps))

    assert statuses(run)[-1] == (asked_s + 2040, "Cancelled")
    assert "InsufficientInstanceCapacity" in the_test(run)["StatusReason"]
    assert (run.endpoint["EndpointStatus"], run.endpoint["EndpointConfigName"]) == ("InService", "v1")
    assert "ml.c5.large" not in {kind for change in run.instances for kind in change.types}
    assert run.totals.errors_4xx == run.totals.errors_5xx == 0
