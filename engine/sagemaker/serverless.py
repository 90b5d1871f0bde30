"""What serverless variants may not have, and what becomes of their concurrency (spec sagemaker 1.7, 2, 8; inference 3).

AWS's texts were not found; these are ours. What the service answers to a DeploymentConfig is not published either:
guardrails are for real-time and asynchronous endpoints, and who sends one is better told than left without alarms.
"""

from __future__ import annotations

from engine.requests.fields import Written, present
from engine.requests.refusal import Refusal, Refusals
from engine.requests.sagemaker import (
    EndpointConfig,
    ServerlessConfig,
    ServerlessUpdateConfig,
    UpdateEndpoint,
    UpdateEndpointWeightsAndCapacities,
)
from engine.sagemaker.account import Account, deployment_of


def is_serverless(config: EndpointConfig) -> bool:
    """Has it a serverless variant?"""
    return any(variant.serverless_config is not None for variant in config.production_variants)


def changed(config: ServerlessConfig, change: ServerlessUpdateConfig) -> tuple[int, int]:
    """Return MaxConcurrency and ProvisionedConcurrency after a change, the latter 0 where nothing is provisioned."""
    most, slots = change.max_concurrency, change.provisioned_concurrency
    return most or config.max_concurrency, slots or config.provisioned


def apply(config: ServerlessConfig, change: ServerlessUpdateConfig) -> ServerlessConfig:
    """Return the configuration after a change that `changed` allows."""
    most, slots = changed(config, change)
    return ServerlessConfig(
        memory_size_in_mb=config.memory_size_in_mb, max_concurrency=most, provisioned_concurrency=slots or None
    )


def write_serverless(value: ServerlessConfig) -> Written:
    """Return a ServerlessConfig as CreateEndpointConfig takes it and DescribeEndpoint shows it."""
    return present(
        MemorySizeInMB=value.memory_size_in_mb,
        MaxConcurrency=value.max_concurrency,
        ProvisionedConcurrency=value.provisioned_concurrency,
    )


def alone(config: EndpointConfig, account: Account) -> Refusals:
    """Several variants do not go with a serverless one (spec sagemaker 8)."""
    if is_serverless(config) and len(config.production_variants) > 1:
        message = "A serverless endpoint has one variant."
        remedy = "Keep the serverless one alone, or give all of them instances."
        yield Refusal(message=message, field=("ProductionVariants",), remedy=remedy)


def becomes_serverless(update: UpdateEndpoint, account: Account) -> Refusals:
    """A real-time endpoint cannot become serverless, the other way is taken (spec sagemaker 8)."""
    config = account.configs.get(update.endpoint_config_name)
    if config is not None and is_serverless(config) and account.desired and not _runs_serverless(account):
        message = "A real-time endpoint cannot become a serverless one."
        remedy = "Use a configuration with instances."
        yield Refusal(message=message, field=("EndpointConfigName",), remedy=remedy)


def no_guardrails(update: UpdateEndpoint, account: Account) -> Refusals:
    """Deployment guardrails leave serverless endpoints out (spec sagemaker 2, 2.9, 8)."""
    config, settings = account.configs.get(update.endpoint_config_name), deployment_of(update, account.last_deployment)
    if settings is None or not (_runs_serverless(account) or (config is not None and is_serverless(config))):
        return
    message = "Deployment guardrails are for real-time and asynchronous endpoints, and not for serverless ones."
    remedy = "Leave DeploymentConfig out: all traffic moves at once, and no alarm brings it back."
    yield Refusal(message=message, field=("DeploymentConfig",), remedy=remedy)


def concurrency(request: UpdateEndpointWeightsAndCapacities, account: Account) -> Refusals:
    """Instances are counted where there are some, and concurrency where there are none."""
    for index, each in enumerate(request.desired_weights_and_capacities):
        place, now = ("DesiredWeightsAndCapacities", index), account.desired.get(each.variant_name)
        change = each.serverless_update_config
        if now is None:
            continue
        if now.serverless is None and change is not None:
            message = f"Variant {each.variant_name} is not serverless."
            remedy = "Write DesiredInstanceCount, or leave ServerlessUpdateConfig out."
            yield Refusal(message=message, field=(*place, "ServerlessUpdateConfig"), remedy=remedy)
        elif now.serverless is not None and each.desired_instance_count is not None:
            message = f"Variant {each.variant_name} is serverless and has no instances."
            remedy = "Write ServerlessUpdateConfig instead of DesiredInstanceCount."
            yield Refusal(message=message, field=(*place, "DesiredInstanceCount"), remedy=remedy)
        elif now.serverless is not None and change is not None:
            most, slots = changed(now.serverless, change)
            if slots > most:
                message = f"ProvisionedConcurrency {slots} is above MaxConcurrency {most}."
                remedy = "Lower it, or raise MaxConcurrency."
                yield Refusal(message=message, field=(*place, "ServerlessUpdateConfig"), remedy=remedy)


def _runs_serverless(account: Account) -> bool:
    return any(each.serverless is not None for each in account.desired.values())
