"""Lab no-room-for-two-fleets: blue/green needs a second fleet, rolling about a batch (spec labs 22)."""

import pytest

from engine.plan import Plan
from engine.serving.model import ServiceTime
from engine.simulate import simulate
from tests.engine.rollouts import (
    all_at_once,
    canary,
    errors_alarm,
    failing,
    guarded,
    in_batches,
    linear,
    model,
    percent,
    world,
)

FLEET, QUOTA, BATCH = 8, 10, percent(25)
ALARM = errors_alarm(threshold=0.05)


def cramped(**changes):
    """Return a world with eight instances of ten that are allowed."""
    return world(count=FLEET, instance_quota=QUOTA, duration_s=1200.0, **changes)


def played(settings, *args, **changes):
    """Return one run of a guarded update."""
    return simulate(cramped(**changes), guarded(settings, *args, alarm=ALARM), 0, series=False)


def relaunched(run):
    """Return how many instances are launched after the rollback has begun."""
    since = next(event.t for event in run.events if event.what == "RollingBack")
    launches = [event.say for event in run.events if event.what == "Creating" and event.t >= since]
    return sum(int(say.split()[1]) for say in launches)


def recovery_s(run):
    """Return the seconds from green's first traffic to the moment in which the old fleet has all of it again."""
    first = next(change.t for change in run.traffic if change.shares.get("v2"))
    return next(event.t for event in run.events if event.what == "TrafficRestored") - first


@pytest.mark.parametrize(
    ("settings", "arguments"),
    [
        pytest.param(all_at_once, (600,), id="all at once"),
        pytest.param(canary, (BATCH, 300, 300), id="canary"),
        pytest.param(linear, (BATCH, 300, 300), id="linear"),
    ],
)
def test_blue_green_is_refused(settings, arguments):
    """Two fleets of eight are sixteen, and ten are allowed: ResourceLimitExceeded, and nothing starts (spec labs 22,
    sagemaker 8.1)."""
    run = played(settings, *arguments)

    assert run.outcome == "refused"
    assert any("request delta of 8 Instances" in event.say for event in run.events)
    assert max(sum(count.counts.values()) for count in run.instances) == FLEET


def test_rolling_needs_one_batch_extra():
    """A rolling update of the same fleet never runs more than the fleet and one batch (spec labs 22, sagemaker 2.4)."""
    run = played(in_batches, BATCH, 300)

    assert run.outcome == "promoted"
    assert max(sum(count.counts.values()) for count in run.instances) == FLEET + 2


def test_a_batch_without_room_is_refused():
    """Half of the fleet as a batch is four, and there is room for two."""
    assert played(in_batches, percent(50), 300).outcome == "refused"


def test_after_the_first_batch_the_rollback_must_launch_instances():
    """A bake longer than the alarm needs finds the old fleet complete; with one minute a batch is gone, and the way
    back takes a whole provisioning longer (spec labs 22, sagemaker 2.4)."""
    patient, hasty = (played(in_batches, BATCH, wait, new=failing(0.2)) for wait in (300, 60))

    assert {patient.outcome, hasty.outcome} == {"rolled-back"}
    assert relaunched(patient) == 0
    assert relaunched(hasty) == 2
    assert recovery_s(hasty) > recovery_s(patient) + 140


def test_the_rollback_fails_without_capacity():
    """Where the old instances cannot be had again, the endpoint stays with a mix of both (spec sagemaker 2.4, 3.2)."""
    run = played(in_batches, BATCH, 60, new=failing(0.2), relaunch="insufficient-capacity")

    assert run.outcome == "rollback-failed"
    assert run.endpoint["EndpointStatus"] == "UpdateRollbackFailed"
    assert len([share for share in run.traffic[-1].shares.values() if share]) == 2


def test_a_fleet_that_fits_drowns():
    """A new configuration of two instances has room beside the old eight, and cannot do their work."""
    slow = model(service=ServiceTime(mean_ms=200), workers=1)
    place = cramped(new_count=2, old=slow, new=slow, rate=12.0)
    alone = simulate(place, Plan(), 0, series=False)
    run = simulate(place, guarded(all_at_once, 600, alarm=ALARM), 0, series=False)

    assert alone.totals.slo_missed < 0.05 * alone.totals.requests
    assert run.totals.errors_5xx + run.totals.slo_missed > 1000
