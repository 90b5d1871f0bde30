"""What the service refuses of one update, given its fleets (spec sagemaker 1.2, 1.4, 2.9, 8)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.finding import Finding, Path
from engine.aws.rules.deployments import sizes
from engine.aws.rules.outlook import Rollout, Scene, rollouts
from engine.aws.shapes.partial import as_far_as_known
from engine.requests.sagemaker import EndpointConfig
from engine.sagemaker.capacity import instances_of

Said = Iterator[tuple[Path, str]]


def rollout_refusals(scene: Scene) -> Iterator[Finding]:
    """Yield what the service refuses in each update of a plan whose requests are fine by themselves."""
    for rollout in as_far_as_known(rollouts(scene)):
        for rule in RULES:
            for path, say in as_far_as_known(rule(rollout)):
                yield Finding(path, "service", say)


def _serverless(rollout: Rollout) -> Said:
    """A real-time endpoint cannot become serverless (spec sagemaker 8)."""
    for call, config in rollout.scene.every(EndpointConfig):
        if config.endpoint_config_name == rollout.update.endpoint_config_name and any(
            "ServerlessConfig" in variant for variant in call.request["ProductionVariants"]
        ):
            say = "A real-time endpoint cannot become a serverless one. Use a configuration with instances."
            yield rollout.call.at("EndpointConfigName"), say


def _renamed(rollout: Rollout) -> Said:
    """With a policy the variants keep their names (spec sagemaker 2.9); without one a rename is accepted."""
    old = rollout.scene.current_config
    if old is None or not rollout.target or not _policy_path(rollout):
        return
    before = {variant.variant_name for variant in old.production_variants}
    after = {variant.variant_name for variant in rollout.target}
    if before != after:
        say = (
            f"The endpoint's variants are called {', '.join(sorted(before))}, those of the new configuration"
            f" {', '.join(sorted(after))}. With an update policy the names must be the same: create a"
            " configuration that keeps them."
        )
        yield rollout.call.at("EndpointConfigName"), say


def _several_variants(rollout: Rollout) -> Said:
    """Rolling excludes endpoints with several variants (spec sagemaker 2.9)."""
    deployment = rollout.deployment
    if deployment and deployment.rolling_update_policy and len(rollout.target) > 1:
        say = "A rolling update is not possible with several variants. Use BlueGreenUpdatePolicy."
        yield _policy_path(rollout), say


def _instances(rollout: Rollout) -> Said:
    """A number of instances is judged by its share of the variant (spec sagemaker 1.2, 1.4)."""
    for place, size, (low, high) in sizes(rollout.call):
        for name, count in rollout.fleets.items() if size["Type"] == "INSTANCE_COUNT" else ():
            if count and not count * low <= 100 * size["Value"] <= count * high:
                share = 100 * size["Value"] / count
                say = f"{place[-1]} is {size['Value']} of the {count} instances of {name}, {share:.0f} %."
                yield (*place, "Value"), f"{say} {low} to {high} % are possible{_fitting(count, low, high)}."


def _fitting(count: int, low: int, high: int) -> str:
    least, most = max(1, -(-count * low // 100)), count * high // 100
    if most < least:
        return ": with so few instances no number fits, so use ALL_AT_ONCE or more instances"
    return f": write {least}" if least == most else f": write {least} to {most}"


def _quota(rollout: Rollout) -> Said:
    """Both fleets count in this world; whether they do on AWS is not published (spec sagemaker 8.1)."""
    world, deployment = rollout.scene.world, rollout.deployment
    if world is None or world.instance_quota is None or not rollout.target:
        return
    used, more = sum(each.count for each in rollout.scene.desired.values()), sum(rollout.fleets.values())
    if deployment and deployment.rolling_update_policy:
        more = instances_of(deployment.rolling_update_policy.maximum_batch_size, more, rollout.scene.timing)
    if used + more > world.instance_quota:
        say = (
            f"The account-level service limit '{rollout.target[0].instance_type} for endpoint usage' is"
            f" {world.instance_quota} Instances, with current utilization of {used} Instances and a request"
            f" delta of {more} Instances. Both fleets run during the update: use fewer instances, or"
            " RollingUpdatePolicy."
        )
        yield rollout.call.path, say


def _policy_path(rollout: Rollout) -> Path:
    """Return the place of the update policy; empty where none applies."""
    deployment = rollout.deployment
    if deployment is None:
        return ()
    if rollout.update.deployment_config is not deployment:
        return rollout.call.at("RetainDeploymentConfig")
    if deployment.rolling_update_policy:
        return rollout.call.at("DeploymentConfig", "RollingUpdatePolicy")
    blue_green = deployment.blue_green_update_policy
    return rollout.call.at("DeploymentConfig", "BlueGreenUpdatePolicy") if blue_green else ()


RULES = (_serverless, _renamed, _several_variants, _instances, _quota)
"""To add a rule about one update, write it above and name it here."""
