"""An artefact that was overwritten in S3: who stands keeps what was loaded, who is launched loads what is new."""

from __future__ import annotations

from engine.plan import Plan
from engine.simulate import simulate
from tests.engine.rollouts import (
    ONE,
    STEADY,
    all_at_once,
    canary,
    config,
    errors_alarm,
    failing,
    guarded,
    later,
    model,
    update,
    world,
)

LOST = world(new=failing(0.5), timing=STEADY, overwritten={"v1": "v2"}, duration_s=2400.0)


def went_wrong(run, since, until):
    """Return how many requests went wrong in the slots between two moments."""
    slots = range(int(since // run.requests.slot_s), int(until // run.requests.slot_s))
    return sum(bits.bit_count() for slot in slots for bits in run.requests.bad[slot])


def test_what_stands_keeps_what_it_has_loaded():
    """Without an update nobody meets the new artefact, and the name alone says nothing."""
    run = simulate(LOST, Plan(), 1)

    assert went_wrong(run, 0, 2400) == went_wrong(simulate(world(timing=STEADY, duration_s=2400.0), Plan(), 1), 0, 2400)


def test_a_rollback_in_a_bake_returns_to_the_old_model():
    """Blue has never been away."""
    run = simulate(LOST, guarded(canary, ONE, 600, 600, alarm=errors_alarm(threshold=0.1)), 1)

    assert run.outcome == "rolled-back"
    assert went_wrong(run, 1500, 2400) == 0


def test_an_update_back_launches_what_lies_in_s3_now():
    """InService on the old configuration, without a FailureReason, and with the new model."""
    plan = Plan((*Plan.of(update(all_at_once())).steps, later(700, update(all_at_once(), to="v1"))))
    run = simulate(LOST, plan, 1)

    assert run.endpoint["EndpointConfigName"] == "v1"
    assert "FailureReason" not in run.endpoint
    assert went_wrong(run, 1500, 2400) > 1000


def test_an_entry_of_its_own_key_brings_the_old_model_back():
    """Whose artefact nobody has touched."""
    copy = world(
        timing=STEADY,
        overwritten={"v1": "v2"},
        configs=(config("v1"), config("v2"), config("kept")),
        models={"v1": model(), "v2": failing(0.5), "kept": model()},
        duration_s=2400.0,
    )
    plan = Plan((*Plan.of(update(all_at_once())).steps, later(700, update(all_at_once(), to="kept"))))
    run = simulate(copy, plan, 1)

    assert run.endpoint["EndpointConfigName"] == "kept"
    assert went_wrong(run, 1500, 2400) == 0
