"""What is refused of scaling because of what exists (spec inference 1.1, 1.2, 1.8, 2; sagemaker 7).

The texts about targets and policies that are not there are those that tools print; those about a first registration
without bounds, a schedule that is missing and registered variants were never seen, and are ours.
"""

from __future__ import annotations

from engine.autoscaling.refusals import MIN_ABOVE_MAX, refused_action, refused_bounds, refused_policy, refused_target
from engine.autoscaling.tracking_alarms import variant_of
from engine.requests.arns import arn
from engine.requests.autoscaling import (
    CONCURRENCY,
    INSTANCES,
    SAGEMAKER,
    SCALED,
    DeleteScalingPolicy,
    DeleteScheduledAction,
    OfTarget,
    PutScalingPolicy,
    PutScheduledAction,
    RegisterScalableTarget,
)
from engine.requests.refusal import Refusal, Refusals
from engine.requests.sagemaker import EndpointConfig, ProductionVariant, UpdateEndpoint
from engine.sagemaker.account import Account
from engine.sagemaker.asynchronous import least_instances

NOT_FOUND, LIMIT = "ObjectNotFoundException", "LimitExceededException"
MOST_POLICIES, MOST_ACTIONS = 50, 200
"""Of a target, fixed; of a target, by default (spec inference 1.1)."""


def _form(request: OfTarget, account: Account) -> Refusals:
    return refused_target(request)


def _bounds(request: RegisterScalableTarget, account: Account) -> Refusals:
    return refused_bounds(request, lambda: least_instances(account))


def _is_scaled(request: OfTarget) -> bool:
    return request.service_namespace == SAGEMAKER and request.scalable_dimension in SCALED


def _variant(request: RegisterScalableTarget, account: Account) -> Refusals:
    """The variant has to be there."""
    found = variant_of(request.resource_id)
    if found is None or not _is_scaled(request):
        return
    endpoint, variant = found
    if endpoint != account.endpoint_name or variant not in account.desired:
        own, others = account.endpoint_name, set(account.endpoint_names) - {account.endpoint_name}
        named = [*((own, each) for each in account.desired), *((name, variant) for name in sorted(others))]
        known = tuple(f"endpoint/{name}/variant/{each}" for name, each in named)
        message = f"There is no variant {variant} of an endpoint {endpoint}."
        yield Refusal(message=message, field=("ResourceId",), given=request.resource_id, known=known)
    elif request.scalable_dimension == CONCURRENCY:
        if account.desired[variant].serverless is None:
            message = f"Variant {variant} has instances and no provisioned concurrency to scale."
            yield Refusal(message=message, field=("ScalableDimension",), remedy=f"Write {INSTANCES}.")
    elif account.desired[variant].serverless is not None:
        message = f"Variant {variant} is serverless and has no instances to scale."
        yield Refusal(message=message, field=("ScalableDimension",), remedy=f"Write {CONCURRENCY}.")


def _in_service(request: RegisterScalableTarget, account: Account) -> Refusals:
    """An endpoint that is on its way has no instances to scale; AWS's sentence was not found, this one is ours."""
    found = variant_of(request.resource_id)
    if found is not None and found[0] == account.endpoint_name and account.life in ("creating", "deleting"):
        message = f'The endpoint "{arn("endpoint", found[0])}" is {account.life.capitalize()}.'
        remedy = "Send this once it is InService."
        yield Refusal(message=message, field=("ResourceId",), remedy=remedy)


def _first(request: RegisterScalableTarget, account: Account) -> Refusals:
    """Both bounds are needed once; what is kept of them has to fit, too."""
    before = account.registered.targets.get(request.target)
    if before is None:
        if request.min_capacity is None or request.max_capacity is None:
            message = "A first registration needs MinCapacity and MaxCapacity."
            yield Refusal(message=message, remedy="Write both.")
        return
    low, high = request.min_capacity, request.max_capacity
    if low is None and high is not None and high < before.bounds.low:
        remedy = f"MinCapacity is {before.bounds.low} as registered before."
        yield Refusal(message=MIN_ABOVE_MAX, field=("MaxCapacity",), remedy=remedy)
    if high is None and low is not None and low > before.bounds.high:
        remedy = f"MaxCapacity is {before.bounds.high} as registered before."
        yield Refusal(message=MIN_ABOVE_MAX, field=("MinCapacity",), remedy=remedy)


def _registered(request: OfTarget, account: Account) -> Refusals:
    """The target is looked up before anything else of a policy or an action."""
    if request.target not in account.registered.targets and _is_scaled(request):
        message = f"No scalable target registered for {_named(request)}"
        known = tuple(target.resource_id for target in account.registered.targets)
        remedy = "" if known else "Send RegisterScalableTarget first."
        yield Refusal(
            message=message,
            field=("ResourceId",),
            remedy=remedy,
            given=request.resource_id if known else "",
            known=known,
            code=NOT_FOUND,
        )


def _named(request: OfTarget) -> str:
    return (
        f"service namespace: {request.service_namespace}, resource ID: {request.resource_id}, "
        f"scalable dimension: {request.scalable_dimension}"
    )


def _policy(request: PutScalingPolicy, account: Account) -> Refusals:
    return refused_policy(request)


def _same_metric(request: PutScalingPolicy, account: Account) -> Refusals:
    """Each tracking policy of a target needs another metric (spec inference 1.5)."""
    if request.target_tracking is None:
        return
    for each in account.registered.policies_of(request.target):
        tracking = each.target_tracking
        if each.policy_name == request.policy_name or tracking is None:
            continue
        if (tracking.predefined_metric_type, tracking.customized_metric) == (
            request.target_tracking.predefined_metric_type,
            request.target_tracking.customized_metric,
        ):
            message = "Only one TargetTrackingScaling policy for a given metric specification is allowed."
            remedy = f"{each.policy_name} tracks it already: give this one its name to replace it."
            yield Refusal(message=message, field=("PolicyName",), remedy=remedy)


def _too_many_policies(request: PutScalingPolicy, account: Account) -> Refusals:
    names = {each.policy_name for each in account.registered.policies_of(request.target)} | {request.policy_name}
    if len(names) > MOST_POLICIES:
        message = f"A target has at most {MOST_POLICIES} scaling policies."
        yield Refusal(message=message, code=LIMIT, remedy="Delete one first.")


def _action(request: PutScheduledAction, account: Account) -> Refusals:
    return refused_action(request, lambda: least_instances(account))


def _new_action(request: PutScheduledAction, account: Account) -> Refusals:
    """A new action needs a schedule and bounds; their number is limited."""
    name, actions = (request.target, request.scheduled_action_name), account.registered.actions
    if name in actions:
        return
    if request.schedule is None:
        yield Refusal(
            message="A new scheduled action needs a Schedule.", remedy="Write cron(...), rate(...) or at(...)."
        )
    if request.scalable_target_action is None:
        message = "At least one of minimum capacity and maximum capacity should be provided"
        yield Refusal(message=message, remedy="Write ScalableTargetAction: {MinCapacity: 2}.")
    if sum(target == request.target for target, _ in actions) >= MOST_ACTIONS:
        message = f"A target has at most {MOST_ACTIONS} scheduled actions."
        yield Refusal(message=message, code=LIMIT, remedy="Delete one first.")


def _no_policy(request: DeleteScalingPolicy, account: Account) -> Refusals:
    policies = account.registered.policies
    if (request.target, request.policy_name) not in policies and _is_scaled(request):
        message = f"No scaling policy found for {_named(request)}, policy name: {request.policy_name}"
        known = tuple(each.policy_name for each in account.registered.policies_of(request.target))
        yield Refusal(message=message, field=("PolicyName",), given=request.policy_name, known=known, code=NOT_FOUND)


def _no_action(request: DeleteScheduledAction, account: Account) -> Refusals:
    actions, name = account.registered.actions, request.scheduled_action_name
    if (request.target, name) not in actions and _is_scaled(request):
        message = f"No scheduled action found for {_named(request)}, scheduled action name: {name}"
        known = tuple(each for target, each in actions if target == request.target)
        yield Refusal(message=message, field=("ScheduledActionName",), given=name, known=known, code=NOT_FOUND)


OF_REGISTRATIONS = (_bounds, _form, _variant, _in_service, _first)
OF_DEREGISTRATIONS = (_form, _registered)
OF_POLICIES = (_form, _registered, _policy, _same_metric, _too_many_policies)
OF_POLICY_DELETIONS = (_form, _no_policy)
OF_ACTIONS = (_form, _registered, _action, _new_action)
OF_ACTION_DELETIONS = (_form, _no_action)


def registered_variants(update: UpdateEndpoint, account: Account) -> Refusals:
    """A registered variant keeps its instance type and stays; its model may change (spec sagemaker 7)."""
    config, running = account.configs.get(update.endpoint_config_name), account.configs.get(account.config_name)
    if config is None or running is None:
        return
    for target in account.registered.targets:
        endpoint, name = variant_of(target.resource_id) or ("", "")
        old, new = _named_variant(running, name), _named_variant(config, name)
        if endpoint != update.endpoint_name or old is None:
            continue
        if new is None or new.instance_type != old.instance_type:
            what = "is removed" if new is None else f"changes from {old.instance_type} to {new.instance_type}"
            message = f"Variant {name} is registered as a scalable target and {what} by this update."
            remedy = "Send DeregisterScalableTarget first, and register it again afterwards."
            yield Refusal(message=message, field=("EndpointConfigName",), remedy=remedy)


def _named_variant(config: EndpointConfig, name: str) -> ProductionVariant | None:
    return next((each for each in config.production_variants if each.variant_name == name), None)
