"""Who never looks and must not be rewarded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.plan import Plan, Step
from engine.requests.cloudwatch import MetricAlarm, MetricStat
from engine.requests.sagemaker import CreateEndpoint, DeploymentConfig, EndpointConfig, UpdateEndpoint
from engine.world import World
from labs.lab import Lab
from labs.measures.one_run import unguarded

ALWAYS = "always-in-alarm"


def strawmen(lab: Lab) -> Mapping[str, Plan]:
    """Return the plans of those who never look, by what they do: first the update without any guard, or nothing."""
    reference, name = lab.reference.plan, lab.world.endpoint.endpoint_name
    updates = reference.update_of(name) is not None
    plans = {NEVER: unguarded(reference, name), ALWAYS_BACK: always_roll_back(lab)} if updates else {NOTHING: Plan()}
    if reference.conditions:
        plans |= {HOLDING: as_if(reference, holds=True), FAILING: as_if(reference, holds=False)}
    return plans


NEVER, ALWAYS_BACK, NOTHING = "never rolling back", "always rolling back", "sending nothing"
HOLDING, FAILING = "taking every condition as true", "taking every condition as false"


def as_if(plan: Plan, *, holds: bool) -> Plan:
    """Return what is sent by somebody who takes all conditions for true, or all for false, without looking."""
    sent = (step for step in plan.steps if step.when is None or step.when.holds == holds)
    return Plan(tuple(replace(step, when=None) for step in sent))


def always_roll_back(lab: Lab) -> Plan:
    """Return the reference's update, guarded by an alarm that is in ALARM as long as there is an endpoint."""
    update = lab.reference.plan.update_of(lab.world.endpoint.endpoint_name)
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
