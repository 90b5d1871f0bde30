"""Blue/green: two whole fleets side by side, traffic moves all at once, by a canary, or in steps (spec sagemaker 2).

Alarms are heeded in bakes (3), and while a linear update shifts on: "at any point" (2.3). For a canary's second shift
no source says so; there the next bake finds the alarm, if there is one.
"""

from __future__ import annotations

from engine.requests.sagemaker import BlueGreenUpdatePolicy, TrafficRoutingConfiguration
from engine.sagemaker.capacity import instances_of, steps
from engine.sagemaker.updates.steps import Interrupted, Steps, Update

Shift = dict[str, int]
"""New instances with traffic, by variant."""


def blue_green(update: Update, policy: BlueGreenUpdatePolicy, new_config: str) -> Steps:
    """Carry out the update; it ends in service on the new configuration, or on the old one."""
    try:
        yield from _forward(update, policy)
    except Interrupted as stop:
        yield from _back(update, stop)
        return
    yield from update.phase("Deleting", _terminating(update), _terminate_old(update))
    update.close("promoted", config=new_config, failure_reason=None)


def _forward(update: Update, policy: BlueGreenUpdatePolicy) -> Steps:
    whole = {s.incoming.variant.variant_name: s.incoming_desired for s in update.states() if s.incoming}
    total, routing = sum(whole.values()), policy.traffic_routing_configuration
    yield from update.provision(whole)
    shifts, linear = _shifts(update, routing), routing.type == "LINEAR"
    for k, shift in enumerate(shifts):
        enabled, last = sum(shift.values()), k == len(shifts) - 1
        capacity = "full" if last else "canary"
        message = f"Activating traffic on {capacity} capacity of {enabled} instance(s)."
        yield from update.activate(shift, message, watched=linear and k > 0)
        if not last or (linear and update.cloud.world.timing.linear_waits_after_last_step):
            yield from update.bake(routing.wait_interval_in_seconds, _traffic(capacity, enabled))
    yield from update.bake(policy.termination_wait_in_seconds, _traffic("full", total))


def _traffic(capacity: str, instances: int) -> str:
    """Return the rest of a bake's message; AWS prints this field's name for the canary's bake too (spec 2.5)."""
    return f"(TerminationWaitInSeconds) with traffic enabled on {capacity} capacity of {instances} instance(s)."


def _shifts(update: Update, routing: TrafficRoutingConfiguration) -> list[Shift]:
    """Return how many new instances of each variant have traffic after each shift."""
    timing = update.cloud.world.timing
    rows: dict[str, tuple[int, ...]] = {}
    for state in update.states():
        if state.incoming is None:
            continue
        fleet = state.incoming_desired
        size = routing.canary_size if routing.type == "CANARY" else routing.linear_step_size
        if routing.type == "ALL_AT_ONCE" or size is None:
            rows[state.incoming.variant.variant_name] = (fleet,)
        elif routing.type == "CANARY":
            rows[state.incoming.variant.variant_name] = (instances_of(size, fleet, timing), fleet)
        else:
            rows[state.incoming.variant.variant_name] = steps(instances_of(size, fleet, timing), fleet)
    longest = max(len(row) for row in rows.values())
    return [{name: row[min(k, len(row) - 1)] for name, row in rows.items()} for k in range(longest)]


def _terminating(update: Update) -> str:
    return f"Terminating {sum(state.fleet.instances for state in update.states())} instance(s)."


def _terminate_old(update: Update) -> Steps:
    """Take the old fleet away; the new one becomes the endpoint's."""
    yield from update.pause(update.cloud.world.timing.terminate_s)
    for state in update.states():
        if state.incoming is not None:
            state.fleet, state.incoming = state.incoming, None
            state.variant, state.weight = state.fleet.variant, state.incoming_weight
            state.desired_count = state.incoming_desired


def _back(update: Update, stop: Interrupted) -> Steps:
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
