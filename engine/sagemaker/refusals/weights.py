"""What the service refuses of an UpdateEndpointWeightsAndCapacities (spec sagemaker 3.2, 7, 8.1)."""

from __future__ import annotations

from dataclasses import replace

from engine.requests.refusal import Refusal, Refusals
from engine.requests.sagemaker import UpdateEndpointWeightsAndCapacities
from engine.sagemaker.account import Account
from engine.sagemaker.asynchronous import least_instances
from engine.sagemaker.refusals.shared import busy, failed, limit, own_config, own_endpoint, serverless_limit
from engine.sagemaker.serverless import apply, changed, concurrency


def _not_mixed(request: UpdateEndpointWeightsAndCapacities, account: Account) -> Refusals:
    """Only UpdateEndpoint repairs a mix of configurations (spec sagemaker 3.2)."""
    if account.mixed:
        yield Refusal(message="The endpoint is UpdateRollbackFailed.", remedy="UpdateEndpoint repairs it.")


def _variants(request: UpdateEndpointWeightsAndCapacities, account: Account) -> Refusals:
    """AWS's sentence is one that an emulator asserts of it."""
    known = (*account.desired, *account.shadows)
    for index, each in enumerate(request.desired_weights_and_capacities):
        if account.config_name and each.variant_name not in known:
            yield Refusal(
                message=f'The variant name(s) "{each.variant_name}" is/are not present within endpoint configuration '
                f'"{account.config_name}".',
                field=("DesiredWeightsAndCapacities", index, "VariantName"),
                given=each.variant_name,
                known=known,
            )


def _named_twice(request: UpdateEndpointWeightsAndCapacities, account: Account) -> Refusals:
    names = [each.variant_name for each in request.desired_weights_and_capacities]
    for index, name in enumerate(names):
        if name in names[:index]:
            message = f"Variant {name} is named twice."
            field = ("DesiredWeightsAndCapacities", index, "VariantName")
            yield Refusal(message=message, field=field, remedy="Write one entry for each variant.")


def _instances(request: UpdateEndpointWeightsAndCapacities, account: Account) -> Refusals:
    """A real-time variant keeps at least one instance, an asynchronous one need not (spec sagemaker 7), and an account
    has its limit (8.1).
    """
    for index, each in enumerate(request.desired_weights_and_capacities):
        field = ("DesiredWeightsAndCapacities", index, "DesiredInstanceCount")
        count, now = each.desired_instance_count, {**account.shadows, **account.desired}.get(each.variant_name)
        if count == 0 and least_instances(account) > 0:
            message = f"Variant {each.variant_name} needs at least 1 instance."
            yield Refusal(message=message, field=field, remedy="Only the client passes 0: write 1 or more.")
        elif count is not None and now is not None and account.quota is not None:
            kind = _type_of(each.variant_name, account)
            yield from limit(account.quota, account.instances, count - now.count, kind, field, "Write fewer.")


def _environments(request: UpdateEndpointWeightsAndCapacities, account: Account) -> Refusals:
    """An account has its limit of concurrency, too."""
    for index, each in enumerate(request.desired_weights_and_capacities):
        now, change = account.desired.get(each.variant_name), each.serverless_update_config
        if now is not None and now.serverless is not None and change is not None:
            most, slots = changed(now.serverless, change)
            if slots <= most:
                found = serverless_limit([apply(now.serverless, change)], [now.serverless], account)
                place = ("DesiredWeightsAndCapacities", index, "ServerlessUpdateConfig")
                yield from (replace(refusal, field=place) for refusal in found)


def _type_of(variant: str, account: Account) -> str:
    config = account.configs.get(account.config_name)
    found = (each.instance_type for each in (config.variants if config else ()) if each.variant_name == variant)
    return next(found, "")


OF_WEIGHTS = (
    own_endpoint,
    busy,
    failed,
    own_config,
    _not_mixed,
    _variants,
    _named_twice,
    concurrency,
    _instances,
    _environments,
)
"""In the order in which they are asked; the first that applies is what AWS says."""
