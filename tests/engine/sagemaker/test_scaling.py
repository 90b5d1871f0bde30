"""Variants that scale in a run: alarms, activities, bounds and times (spec inference 1, 2; sagemaker 7)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from engine.errors import WrongValues
from engine.plan import Plan
from engine.requests.autoscaling import CustomizedMetric, DeregisterScalableTarget, SuspendedState
from engine.requests.cloudwatch import MetricAlarm, MetricStat, SetAlarmState
from engine.serving.model import ServiceTime
from engine.simulate import simulate
from engine.traffic.workload import Bursts, Window, Workload
from tests.engine.autoscaling.policies import (
    CONCURRENCY,
    MAIN,
    register,
    scheduled,
    step,
    stepping,
    tracking,
)
from tests.engine.rollouts import OF_BOTH, STEADY, all_at_once, canary, config, later, model, update, world

RATE = 2.0
"""Requests per second: 120 a minute."""
STEP_AT_S = 600
STEPPED = Workload(rate=RATE, arrivals="regular", shape=Bursts(times=4, every_s=9000, lasts_s=1200, first_s=STEP_AT_S))
"""120 a minute, and 480 a minute from the tenth minute to the thirtieth."""
REGISTERED_S = 306.0
EVALUATED_S, ACTS_S, PROVISION_S = 10, 35, 157


def stepped(count=1, **changes):
    """Return a world whose traffic steps up after ten minutes and down after thirty."""
    return world(count=count, workload=STEPPED, duration_s=4800.0, timing=STEADY, **changes)


def scaling(policy, low=1, high=8):
    """Return the plan that registers the variant with a policy."""
    return Plan.of(register(low, high), policy)


def counts(run):
    """Return when DesiredInstanceCount and CurrentInstanceCount changed, and to what."""
    seen = []
    for t, answer in run.endpoint_history:
        variant = answer["ProductionVariants"][0]
        found = (variant["DesiredInstanceCount"], variant["CurrentInstanceCount"])
        if not seen or seen[-1][1:] != found:
            seen.append((t, *found))
    return seen


def said(run):
    """Return description, cause, status and message of each activity."""
    fields = ("Description", "Cause", "StatusCode", "StatusMessage")
    return [tuple(each.get(field) for field in fields) for each in run.scaling_activities]


def reasons(run):
    """Return the reasons of what was not scaled."""
    return [each["NotScaledReasons"][0] for each in run.scaling_activities if "NotScaledReasons" in each]


@pytest.fixture(scope="module")
def tracked():
    """A run whose traffic steps up to 480 a minute and down again, at a target of 150 per instance."""
    return simulate(stepped(), scaling(tracking(150)), 1)


def test_a_step_of_traffic_is_followed(tracked):
    """Three full minutes above the target, their delay and evaluation, Auto Scaling, and instances that take minutes.

    480 a minute on one instance against 150 are 3.2: four, in one activity (spec inference 1.4, 1.5, 2).
    """
    alarm = next(each for each in tracked.alarms if each.to_state == "ALARM" and "AlarmHigh" in each.alarm)
    visible = STEP_AT_S + 3 * 60 + STEADY.metric_delay_s
    asked = alarm.t + ACTS_S
    changes = counts(tracked)

    assert alarm.t == visible - visible % 60 + 60 + EVALUATED_S == 910
    assert changes[:3] == [(0.0, 1, 1), (asked, 4, 1), (asked + PROVISION_S, 4, 4)]
    assert asked - STEP_AT_S > 5 * 60


def test_scaling_in_takes_fifteen_minutes(tracked):
    """15 minutes below nine tenths of the target (spec inference 1.4): so long after the traffic has fallen.

    Before, 120 on each of four are below that, too, but three of them would have too many: nothing is removed.
    """
    asked, desired, _ = counts(tracked)[3]
    early = [each for each in tracked.alarms if each.to_state == "ALARM" and "AlarmLow" in each.alarm and each.t > 1102]

    assert early[0].t < 1102 + 20 * 60
    assert reasons(tracked)[-1] == {"Code": "AutoScalingAnticipatedFlapping"}
    assert desired == 1
    assert 15 * 60 < asked - 1800 < 20 * 60
    assert counts(tracked)[-1][1:] == (1, 1)


def test_what_aws_would_list(tracked):
    """Descriptions, causes and messages are AWS's (spec inference 1.9)."""
    high = next(name for name in tracked.alarm_states if "AlarmHigh" in name)

    assert said(tracked)[0] == (
        "Setting desired instance count to 4.",
        f"monitor alarm {high} in state ALARM triggered policy track",
        "Successful",
        "Successfully set desired instance count to 4. Change successfully fulfilled by sagemaker.",
    )
    assert tracked.scaling_activities[0]["StartTime"] == "2026-03-02T09:15:45+00:00"
    assert tracked.scaling_activities[0]["EndTime"] == "2026-03-02T09:18:22+00:00"


def test_no_request_is_lost(tracked):
    """Every request of the counted time is answered once, however many instances there are."""
    assert tracked.totals.requests == 120 * 80 + 360 * 20
    assert sum(tracked.totals.by_config.values()) == tracked.totals.requests


def test_the_same_run_again(tracked):
    """Nothing in it hangs on chance that is not the seed's."""
    assert simulate(stepped(), scaling(tracking(150)), 1) == tracked


def test_high_resolution_is_quicker():
    """Three times ten seconds of requests in work (spec inference 1.4): in one to two minutes."""
    slow = model(service=ServiceTime(mean_ms=2000, kind="constant"), workers=64, queue="shared")
    run = simulate(stepped(old=slow), scaling(tracking(5, CONCURRENCY)), 1)
    asked = counts(run)[1]

    assert 30 < asked[0] - STEP_AT_S < 120
    assert asked[1] == 4  # 8 requests a second of 2 seconds are 16 in work: 16 / 5


def test_a15_no_data_scales_nothing():
    """A15: the alarm has INSUFFICIENT_DATA, and the instances stay (spec inference 1.4, 1.10)."""
    nothing = replace(stepped(count=3), workload=Workload(rate=RATE, shape=Window(from_s=0, until_s=1)))
    custom = replace(
        tracking(50).target_tracking,
        predefined_metric_type=None,
        customized_metric=_metric("ModelLatency"),
    )
    run = simulate(nothing, scaling(replace(tracking(50), target_tracking=custom)), 1)

    assert counts(run) == [(0.0, 3, 3)]
    assert {state for name, state in run.alarm_states.items() if "TargetTracking" in name} == {"INSUFFICIENT_DATA"}


def _metric(name):
    return CustomizedMetric(metric_name=name, namespace="AWS/SageMaker", statistic="Average", dimensions=OF_BOTH)


def quiet(count=2, **changes):
    """Return a world in which no policy would act."""
    return world(count=count, rate=1.0, duration_s=1500.0, timing=STEADY, **changes)


def test_a16_registering_moves_the_capacity():
    """A16: 2 instances, at least 5: it goes to 5 at once, and takes the time of new instances."""
    run = simulate(quiet(), Plan.of(register(5, 10)), 1)

    assert counts(run) == [(0.0, 2, 2), (REGISTERED_S, 5, 2), (REGISTERED_S + PROVISION_S, 5, 5)]
    assert said(run)[0][:2] == ("Setting desired instance count to 5.", "minimum capacity was set to 5")


def test_a17_a_schedule_raises_the_minimum():
    """A17: at 6 instances a minimum of 10 is reached, at its time."""
    run = simulate(quiet(6), Plan.of(register(1, 20), scheduled("at(2026-03-02T09:10:00)", low=10)), 1)

    assert counts(run)[1:] == [(600.0, 10, 6), (600.0 + PROVISION_S, 10, 10)]
    assert said(run) == [
        (
            "Setting desired instance count to 10.",
            "minimum capacity was set to 10",
            "Successful",
            "Successfully set desired instance count to 10. Change successfully fulfilled by sagemaker.",
        )
    ]


def test_a18_a_schedule_lowers_the_maximum():
    """A18: at 6 instances a maximum of 4 is reached."""
    run = simulate(quiet(6), Plan.of(register(1, 20), scheduled("rate(10 minutes)", high=4)), 1)

    assert counts(run)[1][:2] == (REGISTERED_S + 600, 4)
    assert counts(run)[-1][1:] == (4, 4)


def test_a24_at_the_maximum_nothing_happens():
    """A24: the maximum is reached and the alarm goes on: one entry that says why, until the reason changes."""
    run = simulate(stepped(), scaling(tracking(150), high=2), 1)

    assert max(desired for _, desired, _ in counts(run)) == 2
    assert reasons(run)[0] == {"Code": "AlreadyAtMaxCapacity", "MaxCapacity": 2}
    assert all(one != other for one, other in pairwise(reasons(run)))


def test_a25_resuming_scales():
    """A25: scaling out is suspended while the alarm fires; when it is resumed, capacity is set at once."""
    suspended = register(1, 8, suspended_state=SuspendedState(dynamic_scaling_out_suspended=True))
    resumed = register(suspended_state=SuspendedState(dynamic_scaling_out_suspended=False))
    plan = Plan.of(suspended, tracking(150))
    run = simulate(stepped(), Plan((*plan.steps, later(900, resumed))), 1)

    assert counts(run)[1][:2] == (REGISTERED_S + 900 + ACTS_S, 4)


def test_scheduled_scaling_can_be_suspended():
    """Times that are missed meanwhile are not made up (spec inference 1.9)."""
    suspended = register(1, 8, suspended_state=SuspendedState(scheduled_scaling_suspended=True))
    resumed = register(suspended_state=SuspendedState(scheduled_scaling_suspended=False))
    at_ten = scheduled("at(2026-03-02T09:10:00)", low=5)
    run = simulate(quiet(), Plan((*Plan.of(suspended, at_ten).steps, later(600, resumed))), 1)

    assert counts(run) == [(0.0, 2, 2)]


ARN = f"arn:aws:autoscaling:us-east-1:111122223333:scalingPolicy:1-2-3:resource/sagemaker/{MAIN}:policyName/steps"


def calls_alarm(**changes):
    """Return an alarm on the calls of a minute that acts through the step policy."""
    metric = MetricStat(namespace="AWS/SageMaker", metric_name="Invocations", dimensions=OF_BOTH)
    return MetricAlarm(alarm_name="calls", metric=metric, threshold=200, **{"alarm_actions": (ARN,), **changes})


def test_a_step_policy_acts_by_its_alarm():
    """480 calls are 280 above the threshold: the second step; then nothing until the cooldown is over (1.6, 1.7)."""
    policy = stepping(step(1, 0, 200), step(2, 200), cooldown=120)
    run = simulate(stepped(), Plan.of(register(1, 6), calls_alarm(), policy), 1)
    first, second, third = (each for each in counts(run) if each[1] != each[2])

    assert (first[1], second[1], third[1]) == (3, 5, 6)
    assert second[0] - (first[0] + PROVISION_S) >= 120
    assert second[0] - (first[0] + PROVISION_S) < 120 + 60 + ACTS_S


def test_an_action_that_is_disabled_does_nothing():
    """ActionsEnabled: false, and actions that name another policy (spec cloudwatch 6)."""
    for changes in ({"actions_enabled": False}, {"alarm_actions": (ARN.replace("steps", "other"),)}):
        run = simulate(stepped(), Plan.of(register(1, 6), calls_alarm(**changes), stepping(step(1, 0))), 1)

        assert counts(run) == [(0.0, 1, 1)]


def test_an_alarm_set_by_hand_acts_once():
    """SetAlarmState starts a policy, which takes the value that there is (spec cloudwatch 6)."""
    by_hand = SetAlarmState(alarm_name="calls", state_value="ALARM", state_reason="try")
    plan = Plan.of(register(1, 6), calls_alarm(), stepping(step(-1, None, 0), step(2, 0)))
    run = simulate(quiet(3), Plan((*plan.steps, later(200, by_hand))), 1)

    assert [desired for _, desired, _ in counts(run)] == [3, 2, 2]


def test_an_update_blocks_scaling():
    """While UpdateEndpoint runs nothing scales, and is said to; afterwards it does (spec sagemaker 7)."""
    plan = Plan.of(update(canary(wait=900, term=300)), register(1, 8), tracking(150))
    run = simulate(stepped(count=2), plan, 1)
    up = next(t for t, desired, current in counts(run) if desired > 2)

    assert reasons(run)[0] == {"Code": "TargetServicePutResourceAsUnscalable"}
    assert run.outcome == "promoted"
    assert run.update_ended_s is not None
    assert up > run.update_ended_s
    assert run.alarms[0].t < run.update_ended_s


def test_retained_properties_keep_the_count():
    """RetainAllVariantProperties keeps what scaling came to; without it InitialInstanceCount comes back (spec sm 7)."""
    scaled = Plan.of(register(5, 10))
    for retain, count in ((True, 5), (False, 2)):
        change = update(all_at_once(), retain_all_variant_properties=retain)
        run = simulate(quiet(), Plan((*scaled.steps, later(300, change))), 1)

        assert counts(run)[-1][2] == count


LARGER = (config("v1", 2), config("v2", 2, instance_type="ml.m5.xlarge"))
RENAMED = (config("v1", 2), config("v2", 2, variant_name="other"))


@pytest.mark.parametrize("configs", [LARGER, RENAMED])
def test_a_registered_variant_stays_as_it_is(configs):
    """Another instance type, or no such variant: the update is refused until the target is deregistered (spec sm 7)."""
    registered, there = Plan.of(register(1, 8)), quiet(configs=configs)
    refused = simulate(there, Plan((*registered.steps, later(60, update()))), 1)
    freed = Plan((*registered.steps, later(60, DeregisterScalableTarget(resource_id=MAIN)), later(60, update())))

    assert refused.outcome == "refused"
    assert "is registered as a scalable target" in next(each.say for each in refused.events if each.is_refusal)
    assert simulate(there, freed, 1).outcome == "promoted"


def test_deregistering_takes_policies_and_alarms_along():
    """The alarms of a tracking policy are deleted, and nothing scales any more (spec inference 1.1)."""
    steps = scaling(tracking(150)).steps
    run = simulate(stepped(), Plan((*steps, later(60, DeregisterScalableTarget(resource_id=MAIN)))), 1)

    assert run.alarm_states == {}
    assert counts(run) == [(0.0, 1, 1)]


def test_the_quota_refuses():
    """Beyond the account's limit the activity fails, with SageMaker's answer (spec inference 1.9)."""
    run = simulate(stepped(instance_quota=3), scaling(tracking(150)), 1)
    failed = said(run)[0]

    assert counts(run) == [(0.0, 1, 1)]
    assert failed[2] == "Failed"
    assert failed[3].startswith(
        "Failed to set desired instance count to 4. Reason: The account-level service limit 'ml.m5.large for endpoint "
        "usage' is 3 Instances, with current utilization of 1 Instances and a request delta of 3 Instances."
    )
    assert failed[3].endswith("Error Code: ResourceLimitExceeded)")


def test_scale_in_can_be_disabled():
    """DisableScaleIn: what was added stays (spec inference 1.4)."""
    run = simulate(stepped(), scaling(tracking(150, disable_scale_in=True)), 1)

    assert counts(run)[-1][1:] == (4, 4)


def test_one_at_a_time():
    """How far AWS scales in at once is not known: with this setting by one instance, cooldowns between (1.5, 1.6)."""
    there = replace(stepped(), duration_s=6000.0)
    slowly = replace(there, timing=replace(STEADY, tracking_scale_in="one-at-a-time"))
    run = simulate(slowly, scaling(tracking(150, scale_in_cooldown=120)), 1)

    assert [desired for _, desired, current in counts(run) if desired < current] == [3, 2, 1]


def test_a_world_may_scale_already():
    """What is registered before the run scales from its first minute on, and guards its variant (spec sagemaker 7)."""
    there = stepped(scalable_targets=(register(1, 8),), scaling_policies=(tracking(150),), configs=LARGER)
    run = simulate(there, Plan.of(update()), 1)

    assert counts(run)[0][1:] == (2, 2)
    assert counts(run)[-1][1:] == (1, 1)
    assert run.outcome == "refused"


WRONG_WORLDS = [
    ({"scalable_targets": (register(1),)}, "need MinCapacity up to MaxCapacity"),
    ({"scalable_targets": (replace(register(1, 2), resource_id="endpoint/churn/variant/b"),)}, "known: "),
    ({"scaling_policies": (tracking(150),)}, "registered: "),
]


@pytest.mark.parametrize(("fields", "say"), WRONG_WORLDS)
def test_a_world_cannot_scale_what_is_not_there(fields, say):
    """Targets are variants of its endpoint, with bounds, and policies belong to one of them."""
    with pytest.raises(WrongValues, match=say):
        world(**fields)
