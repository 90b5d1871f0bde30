"""What the service refuses because of what exists: one list, with AWS's texts where they are known.

The control plane asks it when a request arrives, a check of a plan asks it beforehand. Texts that name an ARN are those
that users and tools have printed (spec sagemaker 1.6, 2.9, 5, 8.1); the others are not published, and are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from engine.errors import RefusedRequest
from engine.requests.arns import arn
from engine.requests.autoscaling import (
    DeleteScalingPolicy,
    DeleteScheduledAction,
    DeregisterScalableTarget,
    PutScalingPolicy,
    PutScheduledAction,
    RegisterScalableTarget,
)
from engine.requests.batch import CreateTransformJob, StopTransformJob
from engine.requests.refusal import Refusal, Refusals
from engine.requests.sagemaker import (
    CapacitySize,
    DeleteEndpointConfig,
    DeploymentConfig,
    EndpointConfig,
    RollingUpdatePolicy,
    UpdateEndpoint,
    UpdateEndpointWeightsAndCapacities,
)
from engine.sagemaker import scaling_refusals
from engine.sagemaker.account import Account, deployment_of
from engine.sagemaker.asynchronous import least_instances
from engine.sagemaker.capacity import Newcomer, instances_of, new_fleets, new_shadows
from engine.sagemaker.scaling_refusals import registered_variants
from engine.sagemaker.serverless import alone, becomes_serverless, concurrency, no_guardrails
from engine.sagemaker.shadow_tests.terms import ON_ENDPOINT
from engine.sagemaker.transform_refusals import OF_STOPS, OF_TRANSFORMS
from engine.sagemaker.updates.terms import MAXIMUM_BATCH_SIZE, Size, policy_of, sizes_of

RulesFor = Callable[[object], Iterator[Callable[[Account], Refusals]]]
"""What may refuse a request, each as a function of the account that it meets."""


def endpoint_missing(name: str, account: Account) -> Refusals:
    """No endpoint of that name."""
    if name != account.endpoint_name:
        message = f'Could not find endpoint "{arn("endpoint", name)}".'
        yield Refusal(message=message, field=("EndpointName",), remedy=f"It is called {account.endpoint_name}.")


def config_missing(name: str, account: Account) -> Refusals:
    """No endpoint configuration of that name."""
    if name not in account.configs:
        yield Refusal(
            message=f'Could not find endpoint configuration "{arn("endpoint-config", name)}".',
            field=("EndpointConfigName",),
            given=name,
            known=tuple(sorted(account.configs)),
        )


def model_missing(field: tuple[str | int, ...], name: str, account: Account) -> Refusals:
    """No model of that name; `field` is the place of the name."""
    if name not in account.models:
        yield Refusal(
            message=f'Could not find model "{arn("model", name)}".',
            field=field,
            given=name,
            known=tuple(account.models),
        )


def _busy(request: UpdateEndpoint | UpdateEndpointWeightsAndCapacities, account: Account) -> Refusals:
    return busy_endpoint(request.endpoint_name, account)


def busy_endpoint(name: str, account: Account) -> Refusals:
    """An endpoint takes no change while another one is under way (spec sagemaker 3.2)."""
    if account.busy_with is not None:
        yield Refusal(
            message=f'Cannot update in-progress endpoint "{arn("endpoint", name)}".',
            remedy=f"{account.busy_with} is sent first and takes minutes: send this one later, when that is over.",
        )


def _endpoint(request: UpdateEndpoint | UpdateEndpointWeightsAndCapacities, account: Account) -> Refusals:
    return endpoint_missing(request.endpoint_name, account)


def _own_config(request: UpdateEndpoint | UpdateEndpointWeightsAndCapacities, account: Account) -> Refusals:
    """A configuration that was deleted while in use is missed at the next change, whatever that is: so a tool's
    acceptance test on AWS expects it, and users of it report it (spec sagemaker 10)."""
    for each in config_missing(account.config_name, account):
        yield Refusal(message=each.message, remedy="It was deleted while the endpoint runs it: create it again.")


def _under_test(update: UpdateEndpoint, account: Account) -> Refusals:
    """A shadow test has deployed its variants; what AWS answers to an update meanwhile is not published."""
    for name, test in account.experiments.items():
        if test.status in ON_ENDPOINT:
            message = f"The endpoint is used by the inference experiment {name}, which is {test.status}."
            yield Refusal(
                message=message, field=("EndpointName",), remedy="Stop it with StopInferenceExperiment first."
            )


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
    if old != new:
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
    if value.type == "INSTANCE_COUNT" and count and not count * size.low <= 100 * value.value <= count * size.high:
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


def limit(quota: int, used: int, more: int, kind: str, field: tuple[str | int, ...], remedy: str) -> Refusals:
    """More instances than the account may run (spec sagemaker 8.1)."""
    if more > 0 and used + more > quota:
        message = (
            f"The account-level service limit '{kind} for endpoint usage' is {quota} Instances, with current "
            f"utilization of {used} Instances and a request delta of {more} Instances. Please contact AWS support to "
            "request an increase for this limit."
        )
        yield Refusal(code="ResourceLimitExceeded", message=message, field=field, remedy=remedy)


def _newcomers(update: UpdateEndpoint, account: Account) -> tuple[Newcomer, ...]:
    config = account.configs.get(update.endpoint_config_name)
    return new_fleets(config, update, account.desired) if config else ()


def _new_shadows(update: UpdateEndpoint, account: Account) -> tuple[Newcomer, ...]:
    config = account.configs.get(update.endpoint_config_name)
    return new_shadows(config, update, account.shadows) if config else ()


def _has_policy(settings: DeploymentConfig | None) -> bool:
    return settings is not None and bool(settings.blue_green_update_policy or settings.rolling_update_policy)


def _not_mixed(request: UpdateEndpointWeightsAndCapacities, account: Account) -> Refusals:
    """Only UpdateEndpoint repairs a mix of configurations (spec sagemaker 3.2)."""
    if account.mixed:
        yield Refusal(message="The endpoint is UpdateRollbackFailed: UpdateEndpoint repairs it.")


def _variants(request: UpdateEndpointWeightsAndCapacities, account: Account) -> Refusals:
    """AWS's sentence is one that an emulator asserts of it."""
    known = (*account.desired, *account.shadows)
    for index, each in enumerate(request.desired_weights_and_capacities):
        if each.variant_name not in known:
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


def _type_of(variant: str, account: Account) -> str:
    config = account.configs.get(account.config_name)
    found = (each.instance_type for each in (config.variants if config else ()) if each.variant_name == variant)
    return next(found, "")


def _name_taken(config: EndpointConfig, account: Account) -> Refusals:
    """Configurations are immutable (spec sagemaker 1.6)."""
    name = config.endpoint_config_name
    if name in account.configs:
        message = f'Cannot create already existing endpoint configuration "{arn("endpoint-config", name)}".'
        remedy = "Configurations never change: give this one a new name."
        yield Refusal(message=message, field=("EndpointConfigName",), remedy=remedy)


def _models(config: EndpointConfig, account: Account) -> Refusals:
    for kind, variants in (
        ("ProductionVariants", config.production_variants),
        ("ShadowProductionVariants", config.shadow_production_variants),
    ):
        for index, variant in enumerate(variants):
            yield from model_missing((kind, index, "ModelName"), variant.model_name, account)


def _nothing_to_delete(request: DeleteEndpointConfig, account: Account) -> Refusals:
    return config_missing(request.endpoint_config_name, account)


OF_UPDATES = (
    _endpoint,
    _busy,
    _under_test,
    _own_config,
    _target,
    becomes_serverless,
    no_guardrails,
    _two_policies,
    _renamed,
    _several_variants,
    _sizes,
    _quota_of_update,
    registered_variants,
)
OF_WEIGHTS = (_endpoint, _busy, _own_config, _not_mixed, _variants, _named_twice, concurrency, _instances)
OF_CONFIGS = (_name_taken, _models, alone)
OF_DELETIONS = (_nothing_to_delete,)
"""To add a refusal, write it above and name it in the tuple of its request; the first that applies is what AWS says."""


def rules_for(request: object) -> Iterator[Callable[[Account], Refusals]]:
    """Yield what may refuse a request, each as a function of the account that it meets."""
    match request:
        case UpdateEndpoint():
            yield from (partial(rule, request) for rule in OF_UPDATES)
        case UpdateEndpointWeightsAndCapacities():
            yield from (partial(rule, request) for rule in OF_WEIGHTS)
        case EndpointConfig():
            yield from (partial(rule, request) for rule in OF_CONFIGS)
        case DeleteEndpointConfig():
            yield from (partial(rule, request) for rule in OF_DELETIONS)
        case RegisterScalableTarget():
            yield from (partial(rule, request) for rule in scaling_refusals.OF_REGISTRATIONS)
        case DeregisterScalableTarget():
            yield from (partial(rule, request) for rule in scaling_refusals.OF_DEREGISTRATIONS)
        case PutScalingPolicy():
            yield from (partial(rule, request) for rule in scaling_refusals.OF_POLICIES)
        case DeleteScalingPolicy():
            yield from (partial(rule, request) for rule in scaling_refusals.OF_POLICY_DELETIONS)
        case PutScheduledAction():
            yield from (partial(rule, request) for rule in scaling_refusals.OF_ACTIONS)
        case DeleteScheduledAction():
            yield from (partial(rule, request) for rule in scaling_refusals.OF_ACTION_DELETIONS)
        case CreateTransformJob():
            yield from (partial(rule, request) for rule in OF_TRANSFORMS)
        case StopTransformJob():
            yield from (partial(rule, request) for rule in OF_STOPS)


def insist(request: object, account: Account, rules: RulesFor = rules_for) -> None:
    """Raise RefusedRequest with the first reason against a request, if there is one."""
    first = next((each for rule in rules(request) for each in rule(account)), None)
    if first is not None:
        raise RefusedRequest(first.code, first.message)
