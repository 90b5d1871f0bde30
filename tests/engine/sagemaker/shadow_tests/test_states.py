"""Shadow tests from beginning to end: their states and times (spec sagemaker 9, inference 7.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from engine.requests.experiments import Schedule
from engine.requests.sagemaker import DeleteEndpoint, DesiredWeightAndCapacity, UpdateEndpointWeightsAndCapacities
from engine.sagemaker.shadow_tests.describe import summary
from tests.engine.rollouts import canary, later, model, update
from tests.engine.sagemaker.invariants import fits, output_of
from tests.engine.sagemaker.shadow_tests.experiments import (
    DAY,
    between,
    changed,
    created,
    deleted,
    mode,
    run_of,
    started,
    statuses,
    stopped,
    the_test,
    variant,
    where,
)
from tests.engine.shadows import points

RUNNING_S = 300 + 10 + 157
"""Sent, written down, and its instances are there."""


def lasts(test):
    """Return how long the schedule says."""
    start, end = (datetime.fromisoformat(test["Schedule"][name]) for name in ("StartTime", "EndTime"))
    return end - start


def test_without_a_schedule():
    """It starts at once and ends after seven days (spec inference 7.2)."""
    run = run_of(where(), later(0, created()))

    assert statuses(run) == [(310, "Starting"), (RUNNING_S, "Running")]
    assert the_test(run)["Status"] == "Running"
    assert lasts(the_test(run)) == 7 * DAY


def test_with_a_schedule():
    """Created until its time has come; by itself it ends as Completed, and the endpoint is as before."""
    world = where()
    run = run_of(world, later(0, created(schedule=between(world, 900, 1800))))

    assert statuses(run) == [
        (310, "Created"),
        (900, "Starting"),
        (900 + 157, "Running"),
        (1800, "Stopping"),
        (1830, "Completed"),
    ]
    assert "ShadowProductionVariants" not in run.endpoint
    assert run.endpoint["EndpointConfigName"] == "v1"
    assert run.instances[-1].counts == run.instances[0].counts == {"v1": 4}
    assert [each["Status"] for each in the_test(run)["ModelVariants"]] == ["InService", "Deleted"]
    assert the_test(run)["CompletionTime"] == world.clock(1830).isoformat(timespec="seconds")


def test_what_is_copied():
    """The sampled share, from the moment at which it runs until it ends; the endpoint is Updating before and after."""
    world = where(rate=20.0)
    run = run_of(world, later(0, created(25, schedule=between(world, None, 1800))))
    copied, answered = points(run, "Invocations", "Sum", "Shadow-01"), points(run, "Invocations", "Sum", "main")
    changes = [(t, answer["EndpointStatus"]) for t, answer in run.endpoint_history]

    assert sum(filter(None, copied[10:30])) / sum(answered[10:30]) == pytest.approx(0.25, abs=0.02)
    assert not any(copied[:7]) and not any(copied[32:])
    assert changes == [
        (0, "InService"),
        (310, "Updating"),
        (RUNNING_S, "InService"),
        (1800, "Updating"),
        (1830, "InService"),
    ]
    assert run.costs["v1/Shadow-01"] == pytest.approx(2 * 0.115 * (1830 - RUNNING_S) / 3600)


def test_start_before_its_time():
    """StartInferenceExperiment begins a test that is Created."""
    world = where()
    run = run_of(world, later(0, created(schedule=between(world, 3000, 3300))), later(300, started()))

    assert statuses(run)[:3] == [(310, "Created"), (600, "Starting"), (600 + 157, "Running")]


def test_an_early_start_keeps_thirty_days():
    """An end that lies further off is moved to 30 days after the start (spec inference 7.2)."""
    world = where()
    schedule = Schedule(start_time=world.clock(0) + 25 * DAY, end_time=world.clock(0) + 50 * DAY)
    run = run_of(world, later(0, created(schedule=schedule)), later(300, started()))

    assert lasts(the_test(run)) == 30 * DAY


def test_more_of_the_requests():
    """A running test is Updating for a moment when its SamplingPercentage changes, and then copies more."""
    world = where(rate=20.0)
    run = run_of(world, later(0, created(10)), later(1500, changed(shadow_mode=mode(100), description="all")))
    copied, answered = points(run, "Invocations", "Sum", "Shadow-01"), points(run, "Invocations", "Sum", "main")

    assert statuses(run)[-2:] == [(1800, "Updating"), (1830, "Running")]
    assert sum(copied[10:30]) < 0.2 * sum(answered[10:30])
    assert sum(copied[35:58]) == pytest.approx(sum(answered[35:58]), abs=3)
    assert the_test(run)["Description"] == "all"
    assert run.endpoint["ShadowProductionVariants"][0]["CurrentWeight"] == 1.0


def test_another_end():
    """The end of a running test may move, forward and back."""
    world = where()
    for end_s in (1200, 3000):
        change = changed(schedule=between(world, None, end_s))
        run = run_of(world, later(0, created(schedule=between(world, None, 2000))), later(600, change))

        assert statuses(run)[-2:] == [(end_s, "Stopping"), (end_s + 30, "Completed")]


def test_a_test_that_has_not_begun_may_change_more():
    """Created: start, end and instances (spec inference 7.2)."""
    world = where()
    change = changed(schedule=between(world, 1200, 2400), model_variants=(variant(count=3),))
    run = run_of(world, later(0, created(schedule=between(world, 900, 1800))), later(300, change))

    assert statuses(run)[1:] == [(1200, "Starting"), (1357, "Running"), (2400, "Stopping"), (2430, "Completed")]
    assert max(change.counts["v1"] for change in run.instances) == 4 + 3


@pytest.mark.parametrize("state", ["Completed", "Cancelled"])
def test_stopped(state):
    """By hand, with a reason of up to 1024 characters, in the state that is asked for (spec inference 7.2)."""
    run = run_of(where(), later(0, created()), later(900, stopped(desired_state=state, reason="seen enough")))

    assert statuses(run)[-2:] == [(1200, "Stopping"), (1230, state)]
    assert the_test(run)["StatusReason"] == "seen enough"
    assert "ShadowProductionVariants" not in run.endpoint


def test_stopped_before_it_began():
    """Nothing was deployed, so nothing is taken away."""
    world = where()
    run = run_of(world, later(0, created(schedule=between(world, 3000))), later(600, stopped()))

    assert statuses(run)[-1] == (900, "Cancelled")
    assert {answer["EndpointStatus"] for _, answer in run.endpoint_history} == {"InService"}


def test_the_first_of_two_that_stop_it():
    """It is Stopping from the request on, so that another one at the same moment is a conflict."""
    ends = [stopped(desired_state=state) for state in ("Completed", "Cancelled")]
    run = run_of(where(), later(0, created()), *(later(900, end) for end in ends))

    assert [event.detail["message"] for event in run.events if event.is_refusal] == [
        "The inference experiment try is Stopping. It must be Created or Running."
    ]
    assert statuses(run)[-2:] == [(1200, "Stopping"), (1230, "Completed")]


def test_started_twice():
    """It is Starting from the request on, also for a change of its endpoint."""
    world = where()
    planned = created(schedule=between(world, 3000, 3300))
    run = run_of(world, later(0, planned), later(300, started()), later(300, started()), later(300, update()))

    assert [event.detail["message"] for event in run.events if event.is_refusal] == [
        "The inference experiment try is Starting. It must be Created.",
        "The endpoint is used by the inference experiment try, which is Starting.",
    ]
    assert statuses(run)[:3] == [(310, "Created"), (600, "Starting"), (600 + 157, "Running")]


CHANGE = UpdateEndpointWeightsAndCapacities(
    endpoint_name="churn",
    desired_weights_and_capacities=(DesiredWeightAndCapacity(variant_name="main", desired_weight=2.0),),
)


@pytest.mark.parametrize("after_s", [0, 5])
@pytest.mark.parametrize("request_", [update(), CHANGE, DeleteEndpoint(endpoint_name="churn")], ids=["u", "w", "d"])
def test_a_test_that_starts_at_once_has_its_endpoint_already(request_, after_s):
    """While it is Creating, which takes ten seconds here; a change would cancel it."""
    run = run_of(where(), later(0, created()), later(after_s, request_))
    [refusal] = [event.detail["message"] for event in run.events if event.is_refusal]

    assert refusal.startswith("Cannot update in-progress endpoint")
    assert the_test(run)["Status"] == "Running"


def test_a_test_that_starts_later_leaves_its_endpoint_alone():
    """Until its time comes: an update that is over by then is taken."""
    world = where()
    run = run_of(world, later(0, created(schedule=between(world, 1200))), later(0, update()))

    assert run.outcome == "promoted"
    assert not [event for event in run.events if event.is_refusal]


def test_a_container_that_never_starts():
    """There is no Failed: what breaks ends in Cancelled with a StatusReason; callers notice nothing."""
    run = run_of(where(new=model(start="failed-ping")), later(0, created()))

    assert statuses(run) == [(310, "Starting"), (310 + 1440, "Cancelled")]
    assert "ping health check" in the_test(run)["StatusReason"]
    assert run.endpoint["EndpointStatus"] == "InService"
    assert run.instances[-1].counts == {"v1": 4}


def test_a_time_at_which_the_endpoint_is_busy():
    """A test whose time comes while an update runs is Cancelled."""
    world = where()
    run = run_of(world, later(0, created(schedule=between(world, 600))), later(10, update(canary())))

    assert statuses(run)[-1] == (600, "Cancelled")
    assert run.outcome == "promoted"


def test_forgotten():
    """Deleting removes the record and leaves the endpoint alone (spec inference 7.2)."""
    run = run_of(where(), later(0, created()), later(600, stopped()), later(1200, deleted()))

    assert run.experiments == ()
    assert run.endpoint["EndpointStatus"] == "InService"


def test_the_answer_has_the_form_of_awss():
    """DescribeInferenceExperiment's and, shortened, ListInferenceExperiments' (botocore's service model)."""
    world = where()
    for steps in ((), (later(600, stopped(reason="enough")),)):
        described = the_test(run_of(world, later(0, created(description="a try")), *steps))
        listed = output_of("ListInferenceExperiments").members["InferenceExperiments"].member

        fits(output_of("DescribeInferenceExperiment"), described)
        fits(listed, summary(described))
        assert described["Arn"].startswith("arn:aws:sagemaker:us-east-1:111122223333:inference-experiment/try")
        assert described["EndpointMetadata"]["EndpointName"] == "churn"


def test_production_on_another_type():
    """A different production type replaces that fleet too, and the end brings the old one back (spec inference 7.2)."""
    world = where()
    source = variant("main", "v1", kind="ml.m5.xlarge", count=3)
    run = run_of(world, later(0, created(source=source, schedule=between(world, None, 1800))))
    kinds = [dict(change.types) for change in run.instances]

    assert kinds == [
        {"ml.m5.large": 4},
        {"ml.m5.xlarge": 3, "ml.m5.large": 2},
        {"ml.m5.large": 4},
    ]
    assert run.totals.errors_5xx == 0


def test_production_with_more_instances():
    """For the time of the test."""
    world = where()
    source = variant("main", "v1", count=6)
    run = run_of(world, later(0, created(source=source, schedule=between(world, None, 1800))))

    assert [change.counts["v1"] for change in run.instances] == [4, 8, 4]


def test_callers_notice_nothing():
    """While a shadow that fails everything comes, is sampled and goes, they see the same, bit for bit."""
    world = where(new=model(error_rate_5xx=1.0))
    schedule = between(world, None, 1800)
    tested, alone = run_of(world, later(0, created(100, schedule=schedule))), run_of(world)

    assert tested.requests == alone.requests
    assert replace(tested.totals, instance_minutes=0, extra_instance_minutes=0, cost_usd=0) == replace(
        alone.totals, instance_minutes=0, extra_instance_minutes=0, cost_usd=0
    )
    of_main = [series for series in tested.metrics if dict(series.dimensions)["VariantName"] == "main"]
    assert of_main == list(alone.metrics)
    assert tested.agreement["v1/Shadow-01"].copied > 0


@pytest.mark.parametrize("days", [0.01, 30])
def test_a_run_does_not_wait_for_a_long_test(days):
    """It ends when nothing is left to do; the test is Running then, or over."""
    world = where(duration_s=1200.0)
    end = world.clock(300) + timedelta(days=days)
    run = run_of(world, later(0, created(schedule=Schedule(end_time=end))))

    assert run.ended_s == pytest.approx(1200, abs=60)
    assert the_test(run)["Status"] == ("Running" if days > 1 else "Completed")
