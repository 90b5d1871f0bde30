"""Tags of alarms and of mute rules. Those of what is gone are none, which is no error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.operations.cloudwatch.limits import keep_to_the_model
from engine.aws.gateway.operations.noted import noted
from engine.requests.arns import alarm_named

Output = Mapping[str, Any]
REMEMBERED = "Tags of CloudWatch"
"""Where `Account.remembered` has them, by ARN, as values by key."""
MOST = 50
"""Tags of one resource."""


def keep_tags(account: Account, arn: str, tags: Iterable[Raw]) -> None:
    """Know a new resource with its tags."""
    account.remembered.setdefault(REMEMBERED, {})[arn] = {each["Key"]: each["Value"] for each in tags}


def forget_tags(account: Account, arn: str) -> None:
    """Know a resource no more."""
    account.remembered.get(REMEMBERED, {}).pop(arn, None)


def _list(account: Account, request: Raw) -> Output:
    name = alarm_named(request["ResourceARN"])
    gone = name is not None and account.live.alarms.alarm(name) is None
    found = {} if gone else account.remembered.get(REMEMBERED, {}).get(request["ResourceARN"], {})
    return {"Tags": [{"Key": key, "Value": value} for key, value in sorted(found.items())]}


def _tag(account: Account, request: Raw) -> Output:
    keep_to_the_model("TagResource", request)
    tags = {**_of(account, request), **{each["Key"]: each["Value"] for each in request["Tags"]}}
    if len(tags) > MOST:
        raise ServiceError("InvalidParameterValue", f"A resource can have at most {MOST} tags.")
    account.remembered.setdefault(REMEMBERED, {})[request["ResourceARN"]] = tags
    return {}


def _untag(account: Account, request: Raw) -> Output:
    gone, tags = request["TagKeys"], _of(account, request)
    kept = {key: value for key, value in tags.items() if key not in gone}
    account.remembered.setdefault(REMEMBERED, {})[request["ResourceARN"]] = kept
    return {}


def _of(account: Account, request: Raw) -> Mapping[str, str]:
    """Return the tags of what there is; ServiceError for what there is not."""
    arn = request["ResourceARN"]
    name = alarm_named(arn)
    known = account.remembered.get(REMEMBERED, {})
    if arn not in known and (name is None or account.live.alarms.alarm(name) is None):
        fields = {"ResourceType": "AWS::CloudWatch::Alarm", "ResourceId": name or arn}
        raise ServiceError("ResourceNotFoundException", f"There is no {arn}.", status=404, fields=fields)
    return known.get(arn, {})


OPERATIONS = {
    ("cloudwatch", "ListTagsForResource"): _list,
    ("cloudwatch", "TagResource"): noted("TagResource", _tag),
    ("cloudwatch", "UntagResource"): noted("UntagResource", _untag),
}
