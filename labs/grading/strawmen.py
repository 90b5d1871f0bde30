"""Who never looks and must not be rewarded: a plan that rolls everything back."""

from __future__ import annotations

from dataclasses import replace

from engine.plan import Plan, Step
from engine.requests.cloudwatch import MetricAlarm, MetricStat
from engine.requests.sagemaker import CreateEndpoint, DeploymentConfig, EndpointConfig, UpdateEndpoint
from engine.world import World
from labs.lab import Lab

ALWAYS = "always-in-alarm"


def always_roll_back(lab: Lab) -> Plan:
    """Return the reference's update, guarded by an alarm that is in ALARM as long as there is an endpoint."""
    update = lab.reference.plan.update
    if update is None:
        return Plan()
    settings = replace(update.deployment_config or DeploymentConfig(), alarms=(ALWAYS,))
    kept = [step for step in lab.reference.plan.steps if isinstance(step.request, EndpointConfig | CreateEndpoint)]
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
