"""Alarms on their clock, in a running simulation."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.plan import Plan, Step
from engine.requests.cloudwatch import CompositeAlarm, SetAlarmState
from engine.simulate import simulate
from tests.engine.rollouts import OF_BOTH, STEADY, canary, errors_alarm, failing, later, update, world

ARN = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:"
SICK = world(old=failing(0.5), timing=STEADY)
ALARM = errors_alarm(dimensions=OF_BOTH, threshold=0.2)


def changes(run, name="errors"):
    """Return when an alarm went into which state."""
    return [(change.t, change.to_state) for change in run.alarms if change.alarm == name]


@pytest.mark.parametrize("put_at, first", [(0.0, 310.0), (3.9, 310.0), (4.0, 370.0), (4.1, 370.0), (63.25, 370.0)])
def test_an_alarm_is_evaluated_at_ten_past_every_minute(put_at, first):
    """Both measured transitions came at :10 (spec sagemaker 4.1); one put at that very second waits for the next."""
    run = simulate(SICK, Plan((later(put_at, ALARM),)), 1)

    assert changes(run) == [(first, "ALARM")]


@pytest.mark.parametrize("second", [0.0, 25.0, 59.0])
def test_the_second_is_a_parameter(second):
    """Evaluation happens at `evaluation_second` of each minute."""
    timing = replace(STEADY, evaluation_second=second)
    run = simulate(replace(SICK, timing=timing), Plan.of(ALARM), 1)

    assert changes(run)[0][0] % 60 == second


@pytest.mark.parametrize("least, first", [(0.0, 310.0), (4.0, 310.0), (5.0, 370.0), (64.0, 370.0)])
def test_how_old_an_alarm_is_at_its_first_evaluation(least, first):
    """`first_evaluation_s` at least: measured 64 s or more, not published (spec sagemaker 4.1)."""
    run = simulate(replace(SICK, timing=replace(STEADY, first_evaluation_s=least)), Plan.of(ALARM), 1)

    assert changes(run) == [(first, "ALARM")]


@given(st.floats(0, 200), st.sampled_from([10, 20, 30, 60, 300]))
@settings(max_examples=40)
def test_every_evaluation_comes_once_and_on_time(put_at, period):
    """Alarms of high resolution are evaluated every ten seconds, others every minute, from any moment on."""
    evaluated = []
    alarm = replace(ALARM, metric=replace(ALARM.metric, period=period))
    short = replace(SICK, duration_s=600.0, update_at_s=0.0, workload=replace(SICK.workload, rate=0.1))
    spied(short, Plan((later(put_at, alarm),)), evaluated)
    every = 10 if period < 60 else 60
    first = (put_at - 10) // every * every + 10 + every

    assert evaluated == [first + every * k for k in range(int((600 - first - 1e-9) // every) + 1)]


def spied(world, plan, times):
    """Run and note the time of every evaluation."""
    from engine.cloudwatch import watch

    original = watch.evaluate

    def noting(alarm, source, now, *args, **more):
        times.append(now)
        return original(alarm, source, now, *args, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watch, "evaluate", noting)
        simulate(world, plan, 1, series=False)


def test_a_new_alarm_has_insufficient_data():
    """INSUFFICIENT_DATA, "Unchecked: Initial alarm creation", until the first evaluation (spec cloudwatch 1)."""
    run = simulate(SICK, Plan.of(ALARM), 1)
    created = next(event for event in run.events if event.what == "AlarmCreated")

    assert created.t == 306
    assert created.say == "errors: Unchecked: Initial alarm creation"
    assert run.alarms[0].from_state == "INSUFFICIENT_DATA"


def test_putting_an_alarm_again_keeps_its_state():
    """A new configuration replaces the old one whole, the state stays until the next evaluation (spec cloudwatch 1)."""
    calmer = replace(ALARM, threshold=0.9)
    run = simulate(SICK, Plan((Step(request=ALARM), later(300, calmer))), 1)

    assert changes(run) == [(310.0, "ALARM"), (610.0, "OK")]
    assert sum(event.what == "AlarmCreated" for event in run.events) == 1


def test_a_world_may_have_alarms_already():
    """They are evaluated from the start of the run, so by the time of the update they have found data."""
    run = simulate(replace(SICK, alarms=(ALARM,)), Plan(), 1)

    assert changes(run) == [(10.0, "OK"), (190.0, "ALARM")]


@pytest.mark.parametrize(
    "treat, first",
    [("missing", "INSUFFICIENT_DATA"), ("ignore", "INSUFFICIENT_DATA"), ("breaching", "ALARM"), ("notBreaching", "OK")],
)
def test_missing_is_not_ok(treat, first):
    """Without data TreatMissingData decides, and four modes end in three states (spec labs 5)."""
    nobody = replace(ALARM, metric=replace(ALARM.metric, dimensions=OF_BOTH[:1]), treat_missing_data=treat)

    assert simulate(SICK, Plan.of(nobody), 1).alarm_states == {"errors": first}


def test_a_composite_follows_its_children():
    """It is evaluated at once when it is put, and then in the very evaluation in which a child changes, also through
    another composite (spec cloudwatch 6, 9)."""
    calm = errors_alarm("calm", dimensions=OF_BOTH, threshold=0.9)
    plan = Plan.of(
        ALARM,
        calm,
        CompositeAlarm(alarm_name="both", alarm_rule="ALARM(errors) AND ALARM(calm)"),
        CompositeAlarm(alarm_name="either", alarm_rule="ALARM(errors) OR ALARM(calm)"),
        CompositeAlarm(alarm_name="deep", alarm_rule="ALARM(either) AND NOT ALARM(both)"),
    )
    run = simulate(SICK, plan, 1)

    assert run.alarm_states == {"errors": "ALARM", "calm": "OK", "both": "OK", "either": "ALARM", "deep": "ALARM"}
    assert changes(run) == [(310.0, "ALARM")]
    assert changes(run, "deep") == changes(run, "either") == [(306.0, "OK"), (310.0, "ALARM")]


def test_set_alarm_state_lasts_until_the_next_evaluation():
    """A state that was set by hand is gone with the next look at the metric (spec cloudwatch 6)."""
    by_hand = SetAlarmState(alarm_name="errors", state_value="OK", state_reason="just a try")
    run = simulate(SICK, Plan((Step(request=ALARM), later(300, by_hand))), 1)

    assert changes(run) == [(310.0, "ALARM"), (606.0, "OK"), (610.0, "ALARM")]


def test_an_alarm_that_is_not_there_cannot_be_set():
    """AWS answers ResourceNotFound, 404, without a message (recorded); the event of the run says more to people."""
    wrong = SetAlarmState(alarm_name="eror", state_value="ALARM", state_reason="a drill")
    run = simulate(world(timing=STEADY), Plan.of(errors_alarm(), wrong), 1)
    [refused] = [event for event in run.events if event.what == "ResourceNotFound"]

    assert refused.detail == {"status": 404, "message": ""}
    assert refused.say == "There is no alarm 'eror'; known: ['errors']."


def by_hand(name, state="ALARM"):
    """Return the request that puts an alarm into a state."""
    return SetAlarmState(alarm_name=name, state_value=state, state_reason="a drill")


def test_a_drill_on_a_child_rolls_the_update_back():
    """The composite that guards an update fires when its child does, not at the next minute (spec cloudwatch 6)."""
    guard = CompositeAlarm(alarm_name="guard", alarm_rule="ALARM(errors)")
    guarded = update(canary(wait=600, term=600, alarms=("guard",)))
    plan = Plan((*Plan.of(errors_alarm(), guard, guarded).steps, later(310, by_hand("errors"))))
    run = simulate(world(timing=STEADY), plan, 1)

    assert run.outcome == "rolled-back"
    assert changes(run) == [(310.0, "OK"), (616.0, "ALARM"), (670.0, "OK")]
    assert changes(run, "guard") == [(306.0, "OK"), (616.0, "ALARM"), (670.0, "OK")]


def test_a_composite_set_by_hand_returns_only_when_a_child_changes():
    """Evaluations of its child that change nothing leave it; those that ask about it follow it (spec cloudwatch 6)."""
    inner = CompositeAlarm(alarm_name="inner", alarm_rule="ALARM(errors)")
    outer = CompositeAlarm(alarm_name="outer", alarm_rule="OK(inner)")
    drills = later(300, by_hand("inner")), later(600, by_hand("errors"))
    run = simulate(world(timing=STEADY), Plan((*Plan.of(errors_alarm(), inner, outer).steps, *drills)), 1)

    assert changes(run, "inner") == [(306.0, "OK"), (606.0, "ALARM"), (910.0, "OK")]
    assert changes(run, "outer") == [(306.0, "ALARM"), (606.0, "OK"), (910.0, "ALARM")]
    assert run.alarms[-2].reason == f"{ARN}errors transitioned to OK at Monday 02 March, 2026 09:15:10 UTC"


def test_a_composite_has_a_state_at_once():
    """Whenever it is put, it is evaluated then: with children that have no state yet, put in the same instant or
    before it, ALARM(child) is not true, so it is OK and says that it was created (recorded from AWS)."""
    first, second = (CompositeAlarm(alarm_name=name, alarm_rule="ALARM(errors)") for name in ("first", "second"))
    slow = errors_alarm(period=300, evaluation_periods=288)
    run = simulate(world(timing=STEADY), Plan((*Plan.of(slow, first).steps, later(43, second))), 1)

    assert [(change.t, change.from_state, change.reason) for change in run.alarms if change.alarm != "errors"] == [
        (306.0, "INSUFFICIENT_DATA", f"{ARN}first was created and its alarm rule evaluates to OK"),
        (349.0, "INSUFFICIENT_DATA", f"{ARN}second was created and its alarm rule evaluates to OK"),
    ]


def test_a_composite_sees_what_happens_in_its_instant():
    """A child that is set by hand right after the composite was put counts in its first state, which is one change."""
    page = CompositeAlarm(alarm_name="page", alarm_rule="ALARM(errors)")
    run = simulate(world(timing=STEADY), Plan.of(errors_alarm(), page, by_hand("errors")), 1)

    assert changes(run, "page")[0] == (306.0, "ALARM")
    assert run.alarms[1].reason == f"{ARN}page was created and its alarm rule evaluates to ALARM"


def test_a_suppressor_may_be_set_by_hand():
    """A suppressor put into ALARM holds back the actions of what its composite does next (spec cloudwatch 9)."""
    page = CompositeAlarm(alarm_name="page", alarm_rule="ALARM(errors)", actions_suppressor="arn:aws:x:alarm:deploying")
    alarms = errors_alarm(), errors_alarm("deploying"), page
    plan = Plan((*Plan.of(*alarms).steps, later(300, by_hand("deploying")), later(302, by_hand("errors"))))
    run = simulate(world(timing=STEADY), plan, 1)

    held = [(e.t, e.detail["by"]) for e in run.events if e.what == "ActionsSuppressed"]
    assert held[:2] == [(306.0, "WaitPeriod"), (606.0, "Alarm")]
    assert changes(run, "page")[1] == (608.0, "ALARM")
    assert 608.0 not in [e.t for e in run.events if e.what == "AlarmActions"]


@pytest.mark.parametrize(
    "starts_at, at, newest",
    [
        ("2024-03-21T15:53:00+00:00", [430.0, 4030.0], ["15:00", "16:00"]),
        ("2024-03-21T15:53:00+05:30", [2230.0, 5830.0], ["10:00", "11:00"]),
        ("2024-03-21T15:00:00+00:00", [3610.0, 7210.0], ["15:00", "16:00"]),
    ],
    ids=["7 minutes before the hour", "offset of half an hour", "on the hour"],
)
def test_alarms_over_more_than_a_day_keep_to_the_hours_of_the_clock(starts_at, at, newest):
    """They are evaluated once per hour with data up to the last :00, wherever the run starts (spec cloudwatch 1)."""
    day = replace(ALARM, metric=replace(ALARM.metric, period=3600), evaluation_periods=25, datapoints_to_alarm=1)
    slow = world(old=failing(0.5), rate=0.05, starts_at=starts_at, duration_s=8000.0, update_at_s=0.0, timing=STEADY)
    drill = later(at[0] + 100, by_hand("errors", "OK"))
    run = simulate(slow, Plan((*Plan.of(day).steps, drill)), 1, series=False)

    alarmed = [change for change in run.alarms if change.to_state == "ALARM"]
    assert [change.t for change in alarmed] == at
    assert [change.data["evaluatedDatapoints"][0]["timestamp"][11:16] for change in alarmed] == newest
