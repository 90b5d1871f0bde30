"""What a policy does, as a value, against what runs do."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from engine.plan import Plan
from engine.requests.cloudwatch import SetAlarmState
from engine.sagemaker.updates.schedule import Replacement, schedule
from engine.sagemaker.updates.terms import policy_of
from engine.simulate import simulate
from engine.timing import Timing
from engine.traffic.workload import Workload
from tests.engine.rollouts import (
    ONE,
    all_at_once,
    canary,
    errors_alarm,
    failing,
    guarded,
    in_batches,
    later,
    linear,
    percent,
    update,
    world,
)

waits = st.sampled_from([0, 30, 60, 300])
sizes = st.one_of(st.builds(percent, st.integers(10, 50)), st.just(ONE))
settings = st.one_of(
    st.none(),
    st.builds(all_at_once, waits),
    st.builds(canary, sizes, waits, waits),
    st.builds(linear, sizes, waits, waits),
    st.builds(in_batches, sizes, waits),
)
timings = st.builds(
    Timing,
    provision_s=st.sampled_from([0.0, 40.0, 157.0]),
    provision_jitter=st.just(0.0),
    activate_s=st.sampled_from([7.0, 30.0]),
    terminate_s=st.sampled_from([7.0, 30.0]),
    linear_waits_after_last_step=st.booleans(),
)
counts = st.integers(2, 10)
"""Of these one instance is 10 % at least and half at most, as all policies need."""


def running(settings, old, new, timing):
    """Return a run of the update in a quiet world, and what its schedule says."""
    quiet = world(
        count=old, new_count=new, timing=timing, workload=Workload(rate=0.05), duration_s=60.0, update_at_s=0.0
    )
    run = simulate(quiet, Plan.of(update(settings)), 1)
    return run, schedule(policy_of(settings), {"main": Replacement(old=old, new=new)}, timing)


@given(settings, counts, counts, timings)
@limits(max_examples=80, deadline=None)
def test_a_run_does_what_the_schedule_says(settings, old, new, timing):
    """Each phase of a run in which nothing goes wrong is a step of the schedule: status, words and length."""
    run, plan = running(settings, old, new, timing)
    begun = [0.0, *accumulate(step.lasts_s for step in plan.steps)]

    assert run.outcome == "promoted"
    assert [(phase.status, phase.say) for phase in run.phases] == [(step.status, step.say) for step in plan.steps]
    assert [phase.start for phase in run.phases] == pytest.approx(begun[:-1])
    assert run.update_ended_s == pytest.approx(plan.total_s)


@given(settings, counts, counts, timings)
@limits(max_examples=80, deadline=None)
def test_traffic_and_instances_are_where_the_schedule_puts_them(settings, old, new, timing):
    """After each shift the new fleet has the share that the step says, and after each deletion the old one its rest."""
    run, plan = running(settings, old, new, timing)
    for phase, step in zip(run.phases, plan.steps, strict=True):
        if step.enabled is not None:
            assert run.traffic_at(phase.end).get("v2", 0.0) == pytest.approx(step.enabled["main"] / new)
        if step.kept is not None:
            left = [each.counts for each in run.instances if each.t <= phase.end][-1]
            assert left.get("v1", 0) == step.kept["main"]
    billed = [sum(each.counts.values()) for each in run.instances]
    assert max(billed) <= old + new


@given(settings, counts, counts)
@limits(max_examples=40, deadline=None)
def test_somebody_looks_exactly_while_the_schedule_says_so(settings, old, new):
    """An alarm that is in ALARM from green's first request on rolls back if and only if anybody looks after it."""
    timing = Timing(provision_jitter=0.0, first_evaluation_s=600.0, activate_s=30)
    plan = schedule(policy_of(settings), {"main": Replacement(old=old, new=new)}, timing)
    quiet = world(count=old, new_count=new, timing=timing, workload=Workload(rate=0.05), update_at_s=0.0)
    alarm = errors_alarm(evaluation_periods=1)
    watching = replace(settings, alarms=("errors",)) if settings is not None else None
    stop = later(plan.start_s + 1, SetAlarmState(alarm_name="errors", state_value="ALARM", state_reason="test"))
    run = simulate(quiet, Plan((*Plan.of(alarm, update(watching)).steps, stop)), 1)

    assert (run.outcome == "rolled-back") == (plan.watched_s > 1 and settings is not None)


@pytest.mark.parametrize("seed", range(10))
def test_a_linear_update_without_any_bake_is_watched_while_it_shifts(seed):
    """LINEAR 10 %, no bake at all, shifts of half a minute: an alarm rolls back, as it is heeded at any point."""
    where = world(count=10, new=failing(), timing=Timing(activate_s=30))
    alarm = errors_alarm(threshold=0.5)

    assert simulate(where, guarded(linear, percent(10), 0, 0, alarm=alarm), seed).outcome == "rolled-back"


def test_the_linear_bake_after_the_last_step_is_a_parameter():
    """No source says whether LINEAR waits once more before TerminationWait (spec 13.5): both can be had."""
    fleets = {"main": Replacement(old=4, new=4)}
    policy = policy_of(linear(ONE, 60, 0))
    without, waiting = (schedule(policy, fleets, Timing(linear_waits_after_last_step=each)) for each in (False, True))

    assert (without.bakes_s, waiting.bakes_s) == (180, 240)
