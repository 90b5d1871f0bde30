"""How an update that must not go on goes back, and how that looks from outside (spec sagemaker 2.4, 3, 3.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.plan import Plan, Step
from engine.requests.cloudwatch import CompositeAlarm, SetAlarmState
from engine.requests.sagemaker import DesiredWeightAndCapacity, UpdateEndpointWeightsAndCapacities
from engine.serving.faults import Errors, Leak
from engine.simulate import simulate
from tests.engine.rollouts import (
    OF_BOTH,
    ONE,
    STEADY,
    all_at_once,
    canary,
    config,
    errors_alarm,
    failing,
    guarded,
    in_batches,
    later,
    linear,
    model,
    percent,
    update,
    world,
)

BROKEN = world(new=failing(1.0), timing=STEADY)
REASON = "One or more configured alarm for automatic rollback deployment is in ALARM state: [errors]."


def events(run, what):
    """Return when events of this name happened."""
    return [event.t for event in run.events if event.what == what]


@pytest.mark.parametrize(
    "settings_of",
    [
        pytest.param(lambda **more: all_at_once(600, **more), id="all at once"),
        pytest.param(lambda **more: canary(ONE, 600, 600, **more), id="canary"),
        pytest.param(lambda **more: linear(percent(25), 300, 600, **more), id="linear"),
        pytest.param(lambda **more: in_batches(ONE, 300, **more), id="rolling"),
    ],
)
def test_every_strategy_rolls_back(settings_of):
    """An alarm in a bake ends InService on the old configuration with AWS's FailureReason (spec sagemaker 3.1)."""
    run = simulate(BROKEN, guarded(settings_of), 1)

    assert run.outcome == "rolled-back"
    assert run.endpoint["EndpointStatus"] == "InService"
    assert run.endpoint["EndpointConfigName"] == "v1"
    assert run.endpoint["FailureReason"] == REASON
    assert "PendingDeploymentSummary" not in run.endpoint
    assert run.traffic[-1].shares == {"v1": 1.0}
    assert run.instances[-1].counts == {"v1": 4}
    assert run.deciding_alarm.alarm == "errors"
    assert run.deciding_alarm.to_state == "ALARM"


def test_traffic_is_back_about_52_seconds_after_the_alarm():
    """Up to one look, then the rollback: the measured 52 s lie within (spec sagemaker 4.1)."""
    run = simulate(BROKEN, guarded(canary, ONE, 600, 600), 1)
    (restored,) = events(run, "TrafficRestored")
    waited = restored - run.deciding_alarm.t

    assert STEADY.rollback_s <= waited <= STEADY.rollback_s + STEADY.alarm_poll_s
    assert run.update_ended_s == restored + STEADY.terminate_s


def test_the_whole_of_blue_is_there_to_go_back_to():
    """Blue/green keeps the old fleet whole, so nothing needs to be launched for a rollback."""
    run = simulate(BROKEN, guarded(linear, percent(25), 300, 600), 1)

    assert all(change.counts["v1"] == 4 for change in run.instances)
    assert [phase.status for phase in run.phases][-2:] == ["RollingBack", "Deleting"]


def test_a_linear_update_stops_shifting_at_any_point():
    """An alarm while the second step takes its traffic ends it there: the step never comes (spec sagemaker 2.3)."""
    drill = SetAlarmState(alarm_name="errors", state_value="ALARM", state_reason="drill")
    plan = guarded(linear, ONE, 150, 600)
    run = simulate(world(timing=STEADY), Plan((*plan.steps, later(340.0, drill))), 1)
    stopped = events(run, "RollingBack")[0]

    assert run.outcome == "rolled-back"
    assert 306 + 340 <= stopped <= 306 + 340 + STEADY.alarm_poll_s
    assert max(change.shares.get("v2", 0.0) for change in run.traffic) == 0.25


def test_a_rolling_rollback_launches_old_instances_again():
    """After some batches old instances are gone, so the way back provisions them (spec sagemaker 2.4)."""
    leaky = world(new=model(faults=(Errors(rate=1, after_s=400),)), timing=STEADY)
    run = simulate(leaky, guarded(in_batches, ONE, 300), 1)
    back = [phase for phase in run.phases if phase.start >= events(run, "RollingBack")[0]]

    assert run.outcome == "rolled-back"
    assert min(change.counts["v1"] for change in run.instances) == 3
    assert [(phase.status, phase.say) for phase in back] == [
        ("Creating", "Launching 1 instance(s)."),
        ("RollingBack", "Returning traffic to the old fleet."),
        ("Deleting", "Terminating 2 instance(s)."),
    ]


def test_a_rolling_rollback_in_batches():
    """RollbackMaximumBatchSize brings the old fleet up piece by piece, and traffic with it (spec sagemaker 1.4)."""
    tired = world(new=model(faults=(Leak(requests=2100),)), timing=STEADY, rate=6.0, count=3, duration_s=3600.0)
    run = simulate(tired, guarded(in_batches, ONE, 300, back=ONE, alarm=errors_alarm(threshold=0.2)), 1)
    begun = events(run, "RollingBack")[0]
    shares = [change.shares.get("v1", 0.0) for change in run.traffic if change.t >= begun]

    assert run.outcome == "rolled-back"
    assert [phase.say for phase in run.phases if phase.start >= begun].count("Launching 1 instance(s).") == 2
    assert shares == pytest.approx([2 / 3, 1, 1])


OTHER_TYPE = (config("v1", 4), config("v2", 4, instance_type="ml.m5.xlarge"))
STUCK = replace(
    world(new=model(faults=(Errors(rate=1, after_s=400),)), timing=STEADY, duration_s=3600.0),
    relaunch="insufficient-capacity",
)


@pytest.mark.parametrize(
    "where", [STUCK, replace(STUCK, relaunch="ok", unavailable_types=("ml.m5.large",), configs=OTHER_TYPE)]
)
def test_a_rollback_can_fail_itself(where):
    """Without capacity for the old instances: UpdateRollbackFailed, in service with a mix (spec sagemaker 2.4); so it
    is where AWS has none left of their type."""
    run = simulate(where, guarded(in_batches, ONE, 300), 1)

    assert run.outcome == "rollback-failed"
    assert run.endpoint["EndpointStatus"] == "UpdateRollbackFailed"
    assert run.endpoint["FailureReason"].startswith(REASON)
    assert run.traffic[-1].shares == {"v1": pytest.approx(0.6), "v2": pytest.approx(0.4)}
    assert run.instances[-1].counts == {"v1": 3, "v2": 2}
    assert run.endpoint["ProductionVariants"][0]["CurrentInstanceCount"] == 5


@pytest.mark.parametrize("what", [{"desired_weight": 2.0}, {"desired_instance_count": 6}])
def test_a_mix_takes_no_weights_and_capacities(what):
    """Only UpdateEndpoint repairs UpdateRollbackFailed: others are refused, and the mix stays (spec sagemaker 3.2)."""
    row = DesiredWeightAndCapacity(variant_name="main", **what)
    change = UpdateEndpointWeightsAndCapacities(endpoint_name="churn", desired_weights_and_capacities=(row,))
    plan = guarded(in_batches, ONE, 300)
    run = simulate(STUCK, Plan((*plan.steps, later(2000, change))), 1)
    (refusal,) = [event for event in run.events if event.detail.get("status") == 400]

    assert (refusal.t, refusal.what) == (2306, "ValidationException")
    assert run.endpoint["EndpointStatus"] == "UpdateRollbackFailed"
    assert run.instances[-1].counts == {"v1": 3, "v2": 2}


@pytest.mark.parametrize("settings", [None, canary(ONE, 60, 60), in_batches(percent(50), 60)])
def test_another_update_repairs_a_mix(settings):
    """Rolling, blue/green or neither: success returns the status to InService, all of one kind (spec sagemaker 2.4)."""
    plan = guarded(in_batches, ONE, 300)
    repair = later(2000, update(settings, to="v1"))
    run = simulate(STUCK, Plan((*plan.steps, repair)), 1)

    assert run.outcome == "promoted"
    assert run.endpoint["EndpointStatus"] == "InService"
    assert "FailureReason" not in run.endpoint
    assert run.traffic[-1].shares == {"v1": pytest.approx(1.0)}
    assert run.instances[-1].counts == {"v1": 4}


def test_a_repair_that_rolls_back_leaves_the_mix():
    """What a failed rollback left in service stays there when the repair goes back too."""
    plan = guarded(in_batches, ONE, 300)
    again = later(2000, update(canary(ONE, 600, 600, alarms=("errors",))))
    run = simulate(STUCK, Plan((*plan.steps, again)), 1)

    assert run.endpoint["EndpointStatus"] == "UpdateRollbackFailed"
    assert run.instances[-1].counts == {"v1": 3, "v2": 2}
    assert set(run.traffic[-1].shares) == {"v1", "v2"}


def test_an_alarm_in_alarm_before_the_update():
    """The check is of the state, not of a change: the first look of the first bake rolls back (spec sagemaker 3)."""
    sick = world(old=failing(0.5), timing=STEADY, update_at_s=600.0)
    alarm = errors_alarm(dimensions=OF_BOTH, threshold=0.2)
    run = simulate(replace(sick, alarms=(alarm,)), Plan.of(update(canary(alarms=("errors",)))), 1)

    assert run.deciding_alarm.t < run.update_started_s
    assert run.outcome == "rolled-back"
    assert events(run, "RollingBack")[0] == events(run, "Baking")[0]


@pytest.mark.parametrize(
    "alarm, why",
    [
        pytest.param(errors_alarm(name="other"), "a named alarm that does not exist never fires", id="missing"),
        pytest.param(
            errors_alarm(
                dimensions=(("EndpointName", "churn"), ("VariantName", "nobody")), treat_missing_data="missing"
            ),
            "INSUFFICIENT_DATA is not ALARM",
            id="no data",
        ),
        pytest.param(
            errors_alarm(threshold=1.0, comparison_operator="GreaterThanThreshold"),
            "a mean of zeros and ones is at most 1",
        ),
        pytest.param(errors_alarm(period=600, evaluation_periods=2), "slower than the bakes", id="too slow"),
    ],
)
def test_alarms_that_cannot_stop_anything(alarm, why):
    """Missing, without data, unreachable or too slow: the broken release is promoted (spec sagemaker 3, labs 3, 6)."""
    plan = Plan.of(alarm, update(canary(ONE, 300, 120, alarms=("errors",))))

    assert simulate(BROKEN, plan, 1).outcome == "promoted"


def test_an_alarm_that_nobody_named():
    """Only the alarms of AutoRollbackConfiguration count, whatever others say."""
    run = simulate(BROKEN, Plan.of(errors_alarm(), update(canary(ONE, 600, 600))), 1)

    assert run.alarm_states["errors"] == "ALARM"
    assert run.outcome == "promoted"


def test_the_final_bake_rolls_back_too():
    """TerminationWait is a bake: a fault that shows only later is still caught there (spec sagemaker 0.2.9, 2.5)."""
    late = world(new=model(faults=(Errors(rate=1, after_s=500),)), timing=STEADY)
    for term, outcome in ((900, "rolled-back"), (0, "promoted")):
        assert simulate(late, guarded(canary, ONE, 300, term), 1).outcome == outcome


def test_a_composite_alarm_guards_as_well():
    """A composite that is true of its children is in ALARM and rolls back under its own name."""
    composite = CompositeAlarm(alarm_name="any", alarm_rule="ALARM(errors) OR ALARM(errors)")
    plan = Plan.of(errors_alarm(), composite, update(canary(ONE, 600, 600, alarms=("any",))))
    run = simulate(BROKEN, plan, 1)

    assert run.outcome == "rolled-back"
    assert run.endpoint["FailureReason"] == REASON.replace("errors", "any")


@pytest.mark.parametrize(
    "settings, at_s",
    [
        pytest.param(canary(ONE, 600, 60, timeout=600), 600.0, id="in the bake"),
        pytest.param(in_batches(ONE, 120, timeout=700), 700.0, id="in a later batch"),
        pytest.param(linear(ONE, 200, 200, timeout=610), 610.0, id="between steps"),
    ],
)
def test_execution_timeout(settings, at_s):
    """MaximumExecutionTimeoutInSeconds ends the update at that second; here it rolls back (spec sagemaker 13.6)."""
    run = simulate(world(timing=STEADY), Plan.of(update(settings)), 1)

    assert run.outcome == "timed-out"
    assert events(run, "RollingBack")[0] == run.update_started_s + at_s
    assert run.endpoint["EndpointStatus"] == "InService"
    assert run.endpoint["EndpointConfigName"] == "v1"
    assert "MaximumExecutionTimeoutInSeconds" in run.endpoint["FailureReason"]
    assert run.deciding_alarm is None


@pytest.mark.parametrize("spare_s, outcome", [(0, "promoted"), (-1, "timed-out")])
def test_a_timeout_is_met_to_the_second(spare_s, outcome):
    """What ends with the last second is in time, without its teardown; a second more is not (spec sagemaker 13.6)."""
    ends_at = 157 + 30 + 400 + 30
    settings = canary(ONE, 400, 0, timeout=ends_at + spare_s)
    run = simulate(world(timing=STEADY), Plan.of(update(settings)), 1)

    assert run.outcome == outcome


@pytest.mark.parametrize(
    "start, reason",
    [
        ("failed-ping", "The primary container for production variant main did not pass the ping health check."),
        ("bad-image", "The image of the primary container for production variant main could not be used."),
    ],
)
def test_provisioning_failure(start, reason):
    """A container that never serves: no traffic moved, InService on the old one, FailureReason filled (spec 3, 8)."""
    run = simulate(world(new=model(start=start), timing=STEADY, duration_s=3000.0), Plan.of(update(canary())), 1)

    assert run.outcome == "failed"
    assert run.endpoint["EndpointStatus"] == "InService"
    assert run.endpoint["FailureReason"].startswith(reason)
    assert run.totals.by_config.keys() == {"v1"}
    assert run.phases[0].end - run.phases[0].start == STEADY.provision_failure_s


def test_what_a_caller_sees_after_a_rollback():
    """LastDeploymentConfig stays the failed one; the FailureReason stays until an update succeeds (spec 3.1)."""
    plan = guarded(canary, ONE, 600, 600)
    again = later(1500, update(all_at_once(60), to="v1"))
    run = simulate(BROKEN, Plan((*plan.steps, again)), 1)
    back, second = run.update_started_s - 1, run.update_started_s + 60

    assert run.describe_endpoint(back)["EndpointStatus"] == "InService"
    assert "CANARY" in str(run.describe_endpoint(back)["LastDeploymentConfig"])
    assert run.describe_endpoint(second)["EndpointStatus"] == "Updating"
    assert run.describe_endpoint(second)["FailureReason"] == REASON
    assert run.outcome == "promoted"
    assert "FailureReason" not in run.endpoint


def test_retain_deployment_config_reuses_the_last_one():
    """RetainDeploymentConfig takes the configuration of the last update, also of one that failed (spec 3.1)."""
    plan = guarded(canary, ONE, 600, 600)
    again = later(1500, update(retain_deployment_config=True))
    run = simulate(BROKEN, Plan((*plan.steps, again)), 1)

    assert events(run, "UpdateEndpoint") == [306, 1806]
    assert run.outcome == "rolled-back"
    assert [phase.status for phase in run.phases].count("Baking") == 2


def test_a_percentile_alarm_knows_the_minutes_before_it_was_put():
    """Points from before an alarm's creation count (spec cloudwatch 1), so p99 has data at its first evaluation."""
    latency = errors_alarm(name="slow", dimensions=OF_BOTH, threshold=1.0)
    metric = replace(latency.metric, metric_name="ModelLatency", stat="p99")
    slow = replace(latency, metric=metric, treat_missing_data="missing")
    run = simulate(world(rate=20.0, timing=STEADY), Plan((Step(request=slow, after_s=100.0),)), 1)

    assert [(change.t, change.to_state) for change in run.alarms] == [(430.0, "ALARM")]
