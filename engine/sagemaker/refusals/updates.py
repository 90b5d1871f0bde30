"""What the service refuses of an UpdateEndpoint (spec sagemaker 1.1 to 1.6, 2.9)."""

from __future__ import annotations

from engine.requests.refusal import Refusal, Refusals
from engine.requests.sagemaker import CapacitySize, DeploymentConfig, RollingUpdatePolicy, UpdateEndpoint
from engine.sagemaker.account import Account, deployment_of
from engine.sagemaker.capacity import Newcomer, instances_of, new_fleets, new_shadows
from engine.sagemaker.refusals.scaling import registered_variants
from engine.sagemaker.refusals.shared import (
    busy,
    config_missing,
    failed,
    limit,
    own_config,
    own_endpoint,
    serverless_limit,
    under_test,
)
from engine.sagemaker.serverless import becomes_serverless, no_guardrails
from engine.sagemaker.updates.terms import MAXIMUM_BATCH_SIZE, Size, policy_of, sizes_of


def _under_test(update: UpdateEndpoint, account: Account) -> Refusals:
    return under_test(account)


def _target(update: UpdateEndpoint, account: Account) -> Refusals:
    return config_missing(update.endpoint_config_name, account)


def _two_policies(update: UpdateEndpoint, account: Account) -> Refusals:
    """Only one policy may be used; what the service answers to two is not published (spec sagemaker 1.1)."""
    settings = deployment_of(update, account.last_deployment)
    if settings and settings.blue_green_update_policy is not None and settings.rolling_update_policy is not None:
        message = "A deployment configuration takes one update policy, got two."
        yield Refusal(message=message, field=("DeploymentConfig", "RollingUpdatePolicy"), remedy="Keep one of them.")


def _renamed(update: UpdateEndpoint, account: Account) -> Refusals:
    """With a policy the variants keep their names (spec sagemaker 2.9); without one a rename is accepted."""
    config = account.configs.get(update.endpoint_config_name)
    if config is None or not _has_policy(deployment_of(update, account.last_deployment)):
        return
    old, new = sorted(account.desired), sorted(each.variant_name for each in config.production_variants)
    if old and old != new:
        message = (
            f"The endpoint's variants are called {', '.join(old)}, those of the new configuration {', '.join(new)}. "
            "With an update policy the names must be the same."
        )
        remedy = "Create a configuration that keeps them."
        yield Refusal(message=message, field=("EndpointConfigName",), remedy=remedy)


def _several_variants(update: UpdateEndpoint, account: Account) -> Refusals:
    """Rolling excludes endpoints with several variants (spec sagemaker 2.9)."""
    config, settings = account.configs.get(update.endpoint_config_name), deployment_of(update, account.last_deployment)
    if config and settings and settings.rolling_update_policy and len(config.production_variants) > 1:
        message = "A rolling update is not possible with several variants."
        field = ("DeploymentConfig", "RollingUpdatePolicy")
        yield Refusal(message=message, field=field, remedy="Use BlueGreenUpdatePolicy.")


def _sizes(update: UpdateEndpoint, account: Account) -> Refusals:
    """A number of instances is judged by its share of the variant (spec sagemaker 1.2, 1.4)."""
    settings = deployment_of(update, account.last_deployment)
    for size, value in sizes_of(policy_of(settings)).items() if settings else ():
        for each in _newcomers(update, account):
            yield from _size(size, value, each)


def _size(size: Size, value: CapacitySize, fleet: Newcomer) -> Refusals:
    name, count = fleet.variant.variant_name, fleet.count
    if value.type == "INSTANCE_COUNT" and count and not size.allows(value, count):
        share = 100 * value.value / count
        message = (
            f"{size.field} is {value.value} of the {count} instances of {name}, {share:.0f} %. {size.low} to "
            f"{size.high} % are possible."
        )
        field = ("DeploymentConfig", *size.path, "Value")
        yield Refusal(message=message, field=field, remedy=_fitting(count, size.low, size.high))


def _fitting(count: int, low: int, high: int) -> str:
    least, most = max(1, -(-count * low // 100)), count * high // 100
    if most < least:
        return "With so few instances no number fits, so use ALL_AT_ONCE or more instances."
    return f"Write {least}." if least == most else f"Write {least} to {most}."


def _quota_of_update(update: UpdateEndpoint, account: Account) -> Refusals:
    """The old fleet counts too; whether it does on AWS is not published (spec sagemaker 8.1, 13.10)."""
    quota, fleets = account.quota, _newcomers(update, account)
    if quota is None or not fleets:
        return
    more, policy = sum(each.instances for each in fleets), policy_of(deployment_of(update, account.last_deployment))
    if isinstance(policy, RollingUpdatePolicy):
        more = instances_of(policy.maximum_batch_size, more, account.timing, MAXIMUM_BATCH_SIZE)
    more += sum(each.count for each in _new_shadows(update, account))
    remedy = "Both fleets run during the update: use fewer instances, or RollingUpdatePolicy."
    yield from limit(quota, account.instances, more, fleets[0].variant.instance_type, (), remedy)


def _concurrency_of_update(update: UpdateEndpoint, account: Account) -> Refusals:
    """What the new environments may do replaces what the old ones may."""
    config = account.configs.get(update.endpoint_config_name)
    if config is not None:
        before = [each.serverless for each in account.desired.values()]
        yield from serverless_limit([each.serverless_config for each in config.production_variants], before, account)


def _newcomers(update: UpdateEndpoint, account: Account) -> tuple[Newcomer, ...]:
    config = account.configs.get(update.endpoint_config_name)
    return new_fleets(config, update, account.desired) if config else ()


def _new_shadows(update: UpdateEndpoint, account: Account) -> tuple[Newcomer, ...]:
    config = account.configs.get(update.endpoint_config_name)
    return new_shadows(config, update, account.shadows) if config else ()


def _has_policy(settings: DeploymentConfig | None) -> bool:
    return settings is not None and settings.policy is not None


OF_UPDATES = (
    own_endpoint,
    busy,
    failed,
    _under_test,
    own_config,
    _target,
    becomes_serverless,
    no_guardrails,
    _two_policies,
    _renamed,
    _several_variants,
    _sizes,
    _quota_of_update,
    _concurrency_of_update,
    registered_variants,
)
"""In the order in which they are asked; the first that applies is what AWS says."""
