"""Advice on fields that do nothing as they stand, whatever their value (spec sagemaker 1.2, 1.6, 2.5)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.finding import Path
from engine.aws.rules.outlook import Outlook
from engine.aws.rules.rollout import rollouts
from engine.requests.sagemaker import UpdateEndpoint

Advice = Iterator[tuple[Path, str]]
ROUTING = ("DeploymentConfig", "BlueGreenUpdatePolicy", "TrafficRoutingConfiguration")
COUNTS_AND_WEIGHTS = {"DesiredInstanceCount", "DesiredWeight"}


def unused_size(outlook: Outlook) -> Advice:
    """A size that belongs to another kind of routing does nothing."""
    for call, update in outlook.every(UpdateEndpoint):
        policy = update.deployment_config and update.deployment_config.blue_green_update_policy
        if not policy:
            continue
        routing = policy.traffic_routing_configuration
        sizes = (
            ("CanarySize", routing.canary_size, "CANARY"),
            ("LinearStepSize", routing.linear_step_size, "LINEAR"),
        )
        for field, size, kind in sizes:
            if size and routing.type != kind:
                say = f"{field} does nothing with {routing.type}. Leave it out, or use {kind}."
                yield call.at(*ROUTING, field), say


def unused_wait(outlook: Outlook) -> Advice:
    """Where one step takes all the traffic there is none to wait after: the bake is TerminationWait (spec 2.5)."""
    for rollout in rollouts(outlook):
        deployment = rollout.update.deployment_config
        policy = deployment and deployment.blue_green_update_policy
        if not policy or deployment is not rollout.deployment:
            continue
        routing, last = policy.traffic_routing_configuration, policy.termination_wait_in_seconds
        kind, wait = routing.type, routing.wait_interval_in_seconds
        if not wait or kind == "CANARY":  # which always has a second step
            continue
        if sum(step.status == "Baking" for step in rollout.schedule.steps) == (last > 0):
            fleet = sum(rollout.fleets.values())
            where = f"with {kind}" if kind == "ALL_AT_ONCE" else f"on {fleet} instance(s)"
            say = f"WaitIntervalInSeconds does nothing {where}: one step takes all the traffic, and the only bake is"
            say = f"{say} TerminationWaitInSeconds, which is {last} here."
            remedy = "Write 0 for what does nothing." if last else f"Write the {wait} there, and 0 here."
            yield rollout.call.at(*ROUTING, "WaitIntervalInSeconds"), f"{say} {remedy}"


def retained(outlook: Outlook) -> Advice:
    """RetainDeploymentConfig reuses the last one (spec sagemaker 1.6), if there is one."""
    for rollout in rollouts(outlook):
        update, last = rollout.update, rollout.outlook.last_deployment
        place = rollout.call.at("RetainDeploymentConfig")
        if update.retain_deployment_config and outlook.world and last is None:
            yield place, "There is no earlier DeploymentConfig to retain. Write one, and leave this out."
        elif update.retain_deployment_config and last and update.deployment_config:
            yield (
                place,
                "The last DeploymentConfig is used, and not the one written here. Keep one of the two.",
            )


def nothing_retained(outlook: Outlook) -> Advice:
    """Counts and weights are kept for variants of the same name (spec sagemaker 1.6), and for no others."""
    for rollout in rollouts(outlook):
        if not rollout.update.retain_all_variant_properties:
            continue
        now, new = rollout.outlook.desired, [variant.variant_name for variant in rollout.target]
        if now and new and not now.keys() & set(new):
            say = f"This keeps nothing: the variants are called {', '.join(now)} now and {', '.join(new)} then."
            remedy = "Keep their names in the new configuration."
            yield rollout.call.at("RetainAllVariantProperties"), f"{say} {remedy}"


def unused_exclusion(outlook: Outlook) -> Advice:
    """Only what is retained can be excluded from it: botocore's model documents the list for true (spec 1.6)."""
    for call, update in outlook.every(UpdateEndpoint):
        excluded, place = update.exclude_retained_variant_properties, call.at("ExcludeRetainedVariantProperties")
        if excluded and not update.retain_all_variant_properties:
            say = "This does nothing unless RetainAllVariantProperties is true: without it all counts and weights are"
            yield place, f"{say} the new configuration's anyway. Add RetainAllVariantProperties, or leave this out."
        elif set(excluded) >= COUNTS_AND_WEIGHTS:
            say = "All that RetainAllVariantProperties keeps is excluded here, so nothing is kept."
            yield place, f"{say} Leave both out, or exclude one of them only."


UNUSED_ADVICE = (unused_size, unused_wait, retained, nothing_retained, unused_exclusion)
