"""What somebody does in an incident who never looks, and must not be rewarded."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.plan import Plan, Step
from engine.requests.cloudwatch import SetAlarmState
from engine.requests.sagemaker import DeleteEndpointConfig
from labs.incidents.session import Incident, replay


def always_stop(incident: Incident, release: str, seed: int) -> Plan:
    """Return the actions of somebody who stops every update as soon as it can be stopped, and deletes what was new."""
    update = incident.update
    times = range(STOP_EVERY_S, int(incident.world.duration_s - incident.world.update_at_s), STOP_EVERY_S)
    stops = (
        Step(request=SetAlarmState(alarm_name=name, state_value="ALARM", state_reason="Stop."), after_s=s)
        for name in incident.rollback_alarms[:1]
        for s in times
    )
    return _then_delete(incident, release, seed, Plan(tuple(stops)), update.endpoint_config_name if update else "")


def never_stop(incident: Incident, release: str, seed: int) -> Plan:
    """Return the actions of somebody who lets every update go its way, and deletes what was old."""
    return _then_delete(incident, release, seed, Plan(), incident.world.endpoint.endpoint_config_name)


def _then_delete(incident: Incident, release: str, seed: int, plan: Plan, config: str) -> Plan:
    """Return the plan with a deletion as soon as the update has ended."""
    ended = replay(incident, release, plan, seed).run.update_ended_s
    if ended is None:
        return plan
    deletion = DeleteEndpointConfig(endpoint_config_name=config)
    return Plan((*plan.steps, Step(request=deletion, after_s=ended - incident.world.update_at_s + 1)))


STOP_EVERY_S = 30
"""Shorter than any period of an alarm: its next evaluation puts the state back."""
HABITS: Mapping[str, Callable[[Incident, str, int], Plan]] = {
    "always stopping": always_stop,
    "never stopping": never_stop,
}
"""Each may watch one session to its end, and knows to the second when the update is over."""
