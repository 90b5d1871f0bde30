"""The way back from a rolling update: the old fleet is launched again, batch by batch (spec sagemaker 2.4).

After some batches old instances are gone, so a rollback must launch them again, and that can fail. Whether such a
launch counts against the account's quota is not published; here it does not, `World.relaunch` says whether it works.
AWS's messages of a rolling update were never seen either (spec sagemaker 13.13): these are ours.
"""

from __future__ import annotations

from engine.requests.sagemaker import RollingUpdatePolicy
from engine.sagemaker.capacity import counterpart, instances_of
from engine.sagemaker.endpoint import VariantState
from engine.sagemaker.life.launching import lacks_capacity, provision_time
from engine.sagemaker.updates.steps import Interrupted, Steps, Update
from engine.sagemaker.updates.terms import ROLLBACK_MAXIMUM_BATCH_SIZE


def relaunch_blue(update: Update, policy: RollingUpdatePolicy, stop: Interrupted) -> Steps:
    """Bring the old fleet up again, in batches of RollbackMaximumBatchSize, and traffic with it."""
    (state,) = update.states()
    cloud, old = update.cloud, state.fleet
    assert state.incoming is not None
    cloud.recorder.event(cloud.env.now, "RollingBack", stop.failure_reason)
    target = state.desired_count
    size = policy.rollback_maximum_batch_size
    timing, terms = cloud.world.timing, ROLLBACK_MAXIMUM_BATCH_SIZE
    batch = instances_of(size, target, timing, terms) if size is not None else target
    while state.incoming.enabled:
        missing = min(batch, target - old.instances)
        if missing > 0:
            if cloud.world.relaunch != "ok" or lacks_capacity(cloud, old):
                in_vain = update.pause(provision_time(cloud))
                yield from update.phase("Creating", f"Launching {missing} instance(s).", in_vain)
                _stuck(update, state, stop)
                return
            yield from update.phase("Creating", f"Launching {missing} instance(s).", _relaunch(update, state, missing))
        yield from update.phase("RollingBack", "Returning traffic to the old fleet.", _return(update, state))
    count = state.incoming.instances
    if count:
        ending = update.pause(cloud.world.timing.terminate_s)
        yield from update.phase("Deleting", f"Terminating {count} instance(s).", ending)
    state.leftover = None
    update.close(stop.outcome, config=cloud.endpoint.config_name, failure_reason=stop.failure_reason)


def _relaunch(update: Update, state: VariantState, count: int) -> Steps:
    yield from update.pause(provision_time(update.cloud))
    update.cloud.plane.advance(update.cloud.env.now)
    state.fleet.launch(count)
    update.cloud.changed()


def _return(update: Update, state: VariantState) -> Steps:
    """Give the old instances that are there their share of the traffic back."""
    cloud = update.cloud
    assert state.incoming is not None
    yield from update.pause(cloud.world.timing.rollback_s)
    now, old, target = cloud.env.now, state.fleet, state.desired_count
    cloud.plane.advance(now)
    old.enable(min(old.instances, target), now)
    kept = 0 if old.enabled >= target else counterpart(state.incoming_desired, target, old.enabled)
    state.incoming.enable(min(kept, state.incoming.enabled), now)
    cloud.reroute()
    if not state.incoming.enabled:
        cloud.recorder.event(now, "TrafficRestored", "All traffic is back on the old fleet.")


def _stuck(update: Update, state: VariantState, stop: Interrupted) -> None:
    """UpdateRollbackFailed: in service with a mix of both configurations, until another update repairs it.

    What is left of the old fleet takes its part of the traffic again.
    """
    cloud, now = update.cloud, update.cloud.env.now
    cloud.plane.advance(now)
    state.fleet.enable(state.fleet.instances, now)
    reason = f"{stop.failure_reason} The rollback failed: there was no capacity to launch the old instances again."
    cloud.endpoint.turn("UpdateRollbackFailed", now)
    cloud.endpoint.failure_reason = reason
    cloud.endpoint.doing, cloud.endpoint.pending_config = None, None
    state.leftover, state.incoming = state.incoming, None
    cloud.endpoint.shadows = [shadow for shadow in cloud.endpoint.shadows if shadow.fleet.instances]
    for shadow in cloud.endpoint.shadows:
        shadow.incoming = None
    cloud.reroute()
    cloud.recorder.event(now, "UpdateRollbackFailed", reason)
    update.finish("rollback-failed")
