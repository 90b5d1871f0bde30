"""The way back from a blue/green update: the old fleet is still whole, so traffic returns at once (spec 2.3)."""

from __future__ import annotations

from engine.sagemaker.updates.steps import Interrupted, Steps, Update


def return_to_blue(update: Update, stop: Interrupted) -> Steps:
    """All traffic returns to the old fleet, which is still whole; then the new one goes away."""
    cloud = update.cloud
    cloud.recorder.event(cloud.env.now, "RollingBack", stop.failure_reason)
    if any(state.incoming and state.incoming.enabled for state in update.states()):
        yield from update.phase("RollingBack", "Returning all traffic to the old fleet.", _return(update))
    count = sum(state.incoming.instances for state in update.states() if state.incoming)
    if count:
        terminating = update.pause(cloud.world.timing.terminate_s)
        yield from update.phase("Deleting", f"Terminating {count} instance(s).", terminating)
    update.close(stop.outcome, config=cloud.endpoint.config_name, failure_reason=stop.failure_reason)


def _return(update: Update) -> Steps:
    yield from update.pause(update.cloud.world.timing.rollback_s)
    update.shift({})
    update.cloud.recorder.event(update.cloud.env.now, "TrafficRestored", "All traffic is back on the old fleet.")
