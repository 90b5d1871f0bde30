"""What Application Auto Scaling answers: targets, policies with their alarms, activities, scheduled actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from engine.autoscaling.activities import describe_scaling_activities
from engine.autoscaling.registry import policy_arn, policy_arn_tail
from engine.autoscaling.tracking_alarms import alarms_of
from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.operations.cloudwatch.tags import forget_tags
from engine.aws.gateway.operations.sent import send
from engine.aws.gateway.pages import page
from engine.aws.translation.writing_scaling import write_scaling
from engine.requests.arns import ACCOUNT, REGION, alarm_arn
from engine.requests.autoscaling import PutScalingPolicy, PutScheduledAction, TargetId
from engine.requests.refusal import INVALID

Output = Mapping[str, Any]
PAGE, POLICY_PAGE = 50, 10
"""How many each Describe operation answers at most; the service model says so in words alone."""
WRONG_TOKEN = "InvalidNextTokenException"


def register(account: Account, request: Raw) -> Output:
    """Send RegisterScalableTarget; one that is new begins without another's tags."""
    target = _target(request)
    is_new = target not in account.live.holdings.registered.targets
    send("RegisterScalableTarget", account, request)
    named = target_arn(target)
    if is_new:
        account.made(named)
    account.tags.setdefault(named, {}).update(request.get("Tags", {}))
    return {"ScalableTargetARN": named}


def put_policy(account: Account, request: Raw) -> Output:
    """Send PutScalingPolicy; a policy that is replaced keeps its ARN and its age."""
    key = (_target(request), request["PolicyName"])
    is_new = key not in account.live.holdings.registered.policies
    send("PutScalingPolicy", account, request)
    policy = account.live.holdings.registered.policies[key]
    if is_new:
        account.made(policy_arn(policy))
        for each in alarms_of(policy):
            forget_tags(account, alarm_arn(each.alarm_name))
    return {"PolicyARN": policy_arn(policy), "Alarms": _alarms(account, policy)}


def put_action(account: Account, request: Raw) -> Output:
    """Send PutScheduledAction."""
    key = (_target(request), request["ScheduledActionName"])
    is_new = key not in account.live.holdings.registered.actions
    send("PutScheduledAction", account, request)
    if is_new:
        account.made(action_arn(account.live.holdings.registered.actions[key]))
    return {}


def targets(account: Account, request: Raw) -> Output:
    """Answer DescribeScalableTargets."""
    _insist_on_resource(request, "ResourceIds")
    wanted = request.get("ResourceIds")
    items = [
        {**each, "ScalableTargetARN": target_arn(_target(each))}
        for each in account.live.scaler.describe_targets()["ScalableTargets"]
        if _is_meant(each, request) and (not wanted or each["ResourceId"] in wanted)
    ]
    return _paged(items, request, "ScalableTargets", "ScalableTargetARN", PAGE)


def policies(account: Account, request: Raw) -> Output:
    """Answer DescribeScalingPolicies."""
    _insist_on_resource(request, "ResourceId")
    names = request.get("PolicyNames")
    items = [
        _policy(account, each)
        for each in account.live.holdings.registered.policies.values()
        if not names or each.policy_name in names
    ]
    return _paged(
        [each for each in items if _is_meant(each, request)], request, "ScalingPolicies", "PolicyARN", POLICY_PAGE
    )


def actions(account: Account, request: Raw) -> Output:
    """Answer DescribeScheduledActions."""
    _insist_on_resource(request, "ResourceId")
    names = request.get("ScheduledActionNames")
    items = [
        {**write_scaling(each)[1], "ScheduledActionARN": named, "CreationTime": account.made_at(named)}
        for each in account.live.holdings.registered.actions.values()
        if not names or each.scheduled_action_name in names
        for named in (action_arn(each),)
    ]
    meant = [each for each in items if _is_meant(each, request)]
    return _paged(meant, request, "ScheduledActions", "ScheduledActionARN", PAGE)


def activities(account: Account, request: Raw) -> Output:
    """Answer DescribeScalingActivities, the newest first; those that changed nothing only if they are asked for."""
    _insist_on_resource(request, "ResourceId")
    everything = bool(request.get("IncludeNotScaledActivities"))
    found = describe_scaling_activities(
        account.live.scaler.activities, account.live.world.clock, include_not_scaled=everything
    )
    items = [each for each in found["ScalingActivities"] if _is_meant(each, request)]
    return _paged(items, request, "ScalingActivities", "ActivityId", PAGE)


def tags(account: Account, request: Raw) -> Output:
    """Answer ListTagsForResource."""
    return {"Tags": _tags_of(account, request)}


def tag(account: Account, request: Raw) -> Output:
    """Answer TagResource."""
    _tags_of(account, request).update(request["Tags"])
    return {}


def untag(account: Account, request: Raw) -> Output:
    """Answer UntagResource."""
    held = _tags_of(account, request)
    for key in request["TagKeys"]:
        held.pop(key, None)
    return {}


def target_arn(target: TargetId) -> str:
    """Return the ARN of a scalable target; its id is drawn on AWS, and here it follows from what it names."""
    unique = uuid5(NAMESPACE_URL, "/".join(target)).hex
    return f"arn:aws:application-autoscaling:{REGION}:{ACCOUNT}:scalable-target/{unique}"


def action_arn(action: PutScheduledAction) -> str:
    """Return the ARN of a scheduled action."""
    tail = f":resource/{action.service_namespace}/{action.resource_id}"
    tail += f":scheduledActionName/{action.scheduled_action_name}"
    return f"arn:aws:autoscaling:{REGION}:{ACCOUNT}:scheduledAction:{uuid5(NAMESPACE_URL, tail)}{tail}"


def _policy(account: Account, policy: PutScalingPolicy) -> Output:
    named = policy_arn(policy)
    return {
        **write_scaling(policy)[1],
        "PolicyARN": named,
        "Alarms": _alarms(account, policy),
        "CreationTime": account.made_at(named),
    }


def _alarms(account: Account, policy: PutScalingPolicy) -> list[Output]:
    """Return the alarms of a policy: a tracking policy's own two, or those that name a step policy, muted or not."""
    naming = account.live.alarms.naming(policy_arn_tail(policy)) if policy.step_scaling is not None else ()
    names = [*(each.alarm_name for each in alarms_of(policy)), *naming]
    return [{"AlarmName": name, "AlarmARN": alarm_arn(name)} for name in names]


def _target(fields: Raw) -> TargetId:
    return TargetId(fields["ServiceNamespace"], fields["ResourceId"], fields["ScalableDimension"])


def _is_meant(item: Raw, request: Raw) -> bool:
    """Does it have what the request names of a target?"""
    fields = ("ServiceNamespace", "ResourceId", "ScalableDimension")
    return all(item[field] == request[field] for field in fields if field in request)


def _insist_on_resource(request: Raw, field: str) -> None:
    """A dimension is named together with a resource, as AWS documents it; its sentence was not found."""
    if "ScalableDimension" in request and not request.get(field):
        raise ServiceError(INVALID, f"A ScalableDimension needs {field}.")


def _paged(items: Iterable[Raw], request: Raw, answer: str, key: str, size: int) -> Output:
    """Return the page that is asked for; ServiceError for a number beyond 1 to `size`, worded as bounds of models."""
    asked = request.get("MaxResults", size)
    if not 1 <= asked <= size:
        bound = "greater than or equal to 1" if asked < 1 else f"less than or equal to {size}"
        head = f"1 validation error detected: Value '{asked}' at 'maxResults' failed to satisfy constraint"
        raise ServiceError(INVALID, f"{head}: Member must have value {bound}")
    part = page(list(items), request, of=answer, size=size, key=lambda item: str(item[key]), wrong_token=WRONG_TOKEN)
    return {answer: list(part.items), "NextToken": part.next_token}


def _tags_of(account: Account, request: Raw) -> dict[str, str]:
    """Return the tags of a scalable target, to be changed; ServiceError where nothing has that ARN."""
    named = request["ResourceARN"]
    if named not in map(target_arn, account.live.holdings.registered.targets):
        raise ServiceError("ResourceNotFoundException", f"No scalable target has the ARN {named[:300]}.")
    return account.tags.setdefault(named, {})


OPERATIONS = {
    ("application-autoscaling", name): operation
    for name, operation in {
        "RegisterScalableTarget": register,
        "PutScalingPolicy": put_policy,
        "PutScheduledAction": put_action,
        "DescribeScalableTargets": targets,
        "DescribeScalingPolicies": policies,
        "DescribeScheduledActions": actions,
        "DescribeScalingActivities": activities,
        "ListTagsForResource": tags,
        "TagResource": tag,
        "UntagResource": untag,
    }.items()
}
