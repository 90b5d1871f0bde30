"""Who never looks and must not be rewarded: a plan that rolls everything back, and two habits in an incident."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from engine.plan import Plan, Step
from engine.requests.cloudwatch import MetricAlarm, MetricStat, SetAlarmState
from engine.requests.sagemaker import DeleteEndpointConfig, DeploymentConfig, EndpointConfig, UpdateEndpoint
from engine.world import World
from labs.incidents.session import Incident, replay
from labs.lab import Lab

ALWAYS = "always-in-alarm"


def always_roll_back(lab: Lab) -> Plan:
    """Return the reference's update, guarded by an alarm that is in ALARM as long as there is an endpoint."""
    update = lab.reference.plan.update
    if update is None:
        return Plan()
    settings = replace(update.deployment_config or DeploymentConfig(), alarms=(ALWAYS,))
    kept = [step for step in lab.reference.plan.steps if isinstance(step.request, EndpointConfig)]
    alarm, guarded = _always(lab.world), replace(update, deployment_config=settings)
    return Plan((*kept, Step(request=alarm), *_at(lab.reference.plan, update, guarded)))


def _at(plan: Plan, update: UpdateEndpoint, guarded: UpdateEndpoint) -> tuple[Step, ...]:
    return tuple(replace(step, request=guarded) for step in plan.steps if step.request is update)


def _always(world: World) -> MetricAlarm:
    """Return an alarm on any number of invocations, none included."""
    config = world.config(world.endpoint.endpoint_config_name)
    variant = config.production_variants[0].variant_name if config else ""
    dimensions = (("EndpointName", world.endpoint.endpoint_name), ("VariantName", variant))
    metric = MetricStat(namespace="AWS/SageMaker", metric_name="Invocations", dimensions=dimensions)
    return MetricAlarm(alarm_name=ALWAYS, metric=metric, treat_missing_data="breaching")


def always_stop(incident: Incident, release: str, seed: int) -> Plan:
    """Return the actions of somebody who stops every update as soon as it can be stopped, and deletes what was new."""
    update = incident.plan.plan.update
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
