"""What DescribeEndpoint and EventBridge show while an update goes on (spec sagemaker 3.1, 3.2)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from engine.plan import Plan
from engine.requests.sagemaker import DesiredWeightAndCapacity, UpdateEndpointWeightsAndCapacities
from engine.sagemaker.eventbridge import spelled
from engine.simulate import simulate
from tests.engine.rollouts import ONE, STEADY, all_at_once, canary, failing, guarded, in_batches, linear, update, world

START = 306.0
ACTIVE = START + 157 + 30
WITH_TRAFFIC = "(TerminationWaitInSeconds) with traffic enabled"
CANARY_RUN = simulate(world(count=3, timing=STEADY), Plan.of(update(canary(ONE, 600, 120))), 1)
ROLLED_BACK = simulate(world(count=3, new=failing(1.0), timing=STEADY), guarded(canary, ONE, 600, 120), 1)


def pending(run, t):
    """Return the one variant of PendingDeploymentSummary."""
    (variant,) = run.describe_endpoint(t)["PendingDeploymentSummary"]["ProductionVariants"]
    return variant


def status(run, t):
    """Return VariantStatus and StatusMessage."""
    (shown,) = pending(run, t)["VariantStatus"]
    return shown["Status"], shown["StatusMessage"]


def test_before_the_update():
    """InService on the old configuration, nothing pending, no LastDeploymentConfig, no FailureReason."""
    answer = CANARY_RUN.describe_endpoint(START - 1)

    assert (answer["EndpointStatus"], answer["EndpointConfigName"]) == ("InService", "v1")
    assert answer["EndpointArn"].endswith(":endpoint/churn")
    assert answer["CreationTime"] == answer["LastModifiedTime"] == "2026-03-02T09:00:00+00:00"
    assert not answer.keys() & {"PendingDeploymentSummary", "LastDeploymentConfig", "FailureReason"}


def test_it_was_modified_when_its_status_changed():
    """LastModifiedTime moves with the beginning and the end of an update, and with nothing in between."""
    assert CANARY_RUN.describe_endpoint(ACTIVE)["LastModifiedTime"] == "2026-03-02T09:05:06+00:00"
    assert CANARY_RUN.endpoint["LastModifiedTime"] == CANARY_RUN.event_bridge[-1]["time"]


def test_a_rollback_is_an_update_of_the_variants():
    """VariantStatus has no word for a rollback, so it is Updating while traffic returns (spec sagemaker 3.2)."""
    back = next(phase for phase in ROLLED_BACK.phases if phase.status == "RollingBack")

    assert status(ROLLED_BACK, back.start + 1) == ("Updating", "Returning all traffic to the old fleet.")


@pytest.mark.parametrize("count, way", [(5, "out"), (2, "in")])
def test_while_capacity_changes(count, way):
    """What is desired shows at once, what is current follows, and the variant is Updating meanwhile (spec 3.2)."""
    wanted = DesiredWeightAndCapacity(variant_name="main", desired_instance_count=count, desired_weight=3.0)
    request = UpdateEndpointWeightsAndCapacities(endpoint_name="churn", desired_weights_and_capacities=(wanted,))
    run = simulate(world(count=3, timing=STEADY), Plan.of(request), 1)
    (before,) = run.describe_endpoint(START + 1)["ProductionVariants"]
    (after,) = run.endpoint["ProductionVariants"]
    (shown,) = before.pop("VariantStatus")

    assert before == {
        "VariantName": "main",
        "CurrentWeight": 1.0,
        "DesiredWeight": 3.0,
        "CurrentInstanceCount": 3,
        "DesiredInstanceCount": count,
    }
    assert (shown["Status"], shown["StatusMessage"]) == (
        "Updating",
        f"Scaling {way} desired instance count to {count}.",
    )
    assert after == {**before, "CurrentWeight": 3.0, "CurrentInstanceCount": count}


@pytest.mark.parametrize("run", [CANARY_RUN, ROLLED_BACK], ids=["promoted", "rolled back"])
def test_one_second_after_the_request(run):
    """Updating, LastDeploymentConfig new, EndpointConfigName old, no PendingDeploymentSummary yet (spec 3.1.1)."""
    answer = run.describe_endpoint(START + 1)
    policy = answer["LastDeploymentConfig"]["BlueGreenUpdatePolicy"]

    assert answer["EndpointStatus"] == "Updating"
    assert answer["EndpointConfigName"] == "v1"
    assert policy["TrafficRoutingConfiguration"]["Type"] == "CANARY"
    assert "PendingDeploymentSummary" not in answer


@pytest.mark.parametrize(
    "t, shown, message",
    [
        pytest.param(START + 60, "Creating", "Launching 3 instance(s).", id="provisioning"),
        pytest.param(
            ACTIVE - 1, "ActivatingTraffic", "Activating traffic on canary capacity of 1 instance(s).", id="first shift"
        ),
        pytest.param(
            ACTIVE + 300,
            "Baking",
            f"Baking for 600 seconds {WITH_TRAFFIC} on canary capacity of 1 instance(s).",
            id="canary",
        ),
        pytest.param(
            ACTIVE + 601,
            "ActivatingTraffic",
            "Activating traffic on full capacity of 3 instance(s).",
            id="next shift",
        ),
        pytest.param(
            ACTIVE + 640,
            "Baking",
            f"Baking for 120 seconds {WITH_TRAFFIC} on full capacity of 3 instance(s).",
            id="final bake",
        ),
        pytest.param(ACTIVE + 751, "Deleting", "Terminating 3 instance(s).", id="teardown"),
    ],
)
def test_status_messages(t, shown, message):
    """VariantStatus and AWS's messages, step by step (spec sagemaker 3.2)."""
    assert status(CANARY_RUN, t) == (shown, message)
    assert CANARY_RUN.describe_endpoint(t)["PendingDeploymentSummary"]["EndpointConfigName"] == "v2"


@pytest.mark.parametrize(
    "t, old, new", [(START + 60, 3, 0), (ACTIVE + 300, 2, 1), (ACTIVE + 640, 0, 3)], ids=["none", "canary", "full"]
)
def test_current_counts_are_those_with_traffic(t, old, new):
    """CurrentInstanceCount counts those with traffic: 0 of 3 blue in the full bake, 1 of 3 green in the canary."""
    (variant,) = CANARY_RUN.describe_endpoint(t)["ProductionVariants"]
    incoming = pending(CANARY_RUN, t)

    assert (variant["CurrentInstanceCount"], variant["DesiredInstanceCount"]) == (old, 3)
    assert (incoming["CurrentInstanceCount"], incoming["DesiredInstanceCount"]) == (new, 3)


@pytest.mark.parametrize("settings", [None, canary(), linear(ONE), in_batches(ONE)])
@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_every_moment_of_an_update(settings, rate):
    """The name changes only with the end; Updating from start to end; pending from a little later to the end."""
    run = simulate(world(count=3, new=failing(rate), timing=STEADY), Plan.of(update(settings)), 1)
    for t, answer in run.endpoint_history:
        inside = START <= t < run.update_ended_s
        assert answer["EndpointStatus"] == ("Updating" if inside else "InService")
        assert answer["EndpointConfigName"] == ("v2" if t >= run.update_ended_s else "v1")
        assert ("PendingDeploymentSummary" in answer) == (START + 5 <= t < run.update_ended_s)
        assert ("LastDeploymentConfig" in answer) == (settings is not None and t >= START)
    times = [t for t, _ in run.endpoint_history]
    assert all(before < after for before, after in pairwise(times))


def test_the_rollback_is_silent():
    """A waiter that looks for InService is content after a rollback: only name and FailureReason tell (spec 3.1.6)."""
    seen = [ROLLED_BACK.describe_endpoint(t) for t in range(int(START), 1800, 30)]

    assert {answer["EndpointStatus"] for answer in seen} == {"Updating", "InService"}
    assert {answer["EndpointConfigName"] for answer in seen} == {"v1"}
    assert "FailureReason" in seen[-1]


def test_the_reason_of_an_earlier_rollback_stands_while_an_update_runs():
    """Until it has ended: a reason alone does not say of which update it is (spec sagemaker 3.1)."""
    before = world(endpoint={"failure_reason": "Last night's alarm."})
    run = simulate(before, Plan.of(update(all_at_once())), 1)
    seen = [(answer["EndpointStatus"], answer.get("FailureReason")) for _, answer in run.endpoint_history]

    assert run.outcome == "promoted"
    assert ("Updating", "Last night's alarm.") in seen
    assert seen[-1] == ("InService", None)


@pytest.mark.parametrize(
    "api, event",
    [("InService", "IN_SERVICE"), ("Updating", "UPDATING"), ("UpdateRollbackFailed", "UPDATE_ROLLBACK_FAILED")],
)
def test_events_spell_statuses_their_own_way(api, event):
    """The API says InService, the event IN_SERVICE (spec sagemaker 3.2)."""
    assert spelled(api) == event


@pytest.mark.parametrize("run", [CANARY_RUN, ROLLED_BACK], ids=["promoted", "rolled back"])
def test_events(run):
    """State changes begin and end the update; in between come deployment state changes with what is pending."""
    state, deployment = "SageMaker Endpoint State Change", "SageMaker Endpoint Deployment State Change"
    kinds = [event["detail-type"] for event in run.event_bridge]
    spoken = [event["detail"]["EndpointStatus"] for event in run.event_bridge if event["detail-type"] == state]

    assert kinds[0] == kinds[-1] == state
    assert set(kinds[1:-1]) == {deployment}
    assert spoken == ["UPDATING", "IN_SERVICE"]
    assert all(event["source"] == "aws.sagemaker" for event in run.event_bridge)
    for event in run.event_bridge[1:-1]:
        assert event["detail"]["EndpointStatus"] == "UPDATING"
        assert event["detail"]["PendingDeploymentSummary"]["EndpointConfigName"] == "v2"


def test_events_carry_the_wall_clock():
    """Second 306 of a run that starts at 09:00:00 UTC is 09:05:06."""
    assert CANARY_RUN.event_bridge[0]["time"] == "2026-03-02T09:05:06+00:00"
    summary = CANARY_RUN.describe_endpoint(START + 60)["PendingDeploymentSummary"]
    assert summary["StartTime"] == "2026-03-02T09:05:06+00:00"
