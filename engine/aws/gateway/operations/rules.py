"""Rules of EventBridge: they are kept, and matched against the events about the endpoint that the run has."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.event_bus import Delivered, Rule
from engine.aws.gateway.event_patterns import NoPattern, matches, parse
from engine.aws.gateway.pages import page
from engine.requests.arns import ACCOUNT, REGION
from engine.requests.refusal import INVALID, NOT_SIMULATED

Output = Mapping[str, Any]
DEFAULT_BUS = "default"
NOT_FOUND = "ResourceNotFoundException"
PAGE = 100
MOST_TARGETS = 5
"""Of a rule, by default."""


def rule_arn(name: str) -> str:
    """Return the ARN of a rule of the default bus."""
    return f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{name}"


def events_of(account: Account) -> Sequence[Delivered]:
    """Return what the targets of all rules would have got by now, in the order of time."""
    account.bus.catch_up(account.live.recorder.event_bridge)
    return tuple(account.bus.delivered)


def put(account: Account, request: Raw) -> Output:
    """Answer PutRule: a rule of that name is replaced and keeps its targets."""
    _insist_on_bus(request)
    if request.get("ScheduleExpression"):
        say = "Rules that go by the clock are not simulated by mlcourse: write an EventPattern alone."
        raise ServiceError(NOT_SIMULATED, say)
    if not request.get("EventPattern"):
        raise ServiceError(INVALID, "Parameter(s) EventPattern or ScheduleExpression must be specified.")
    _parsed(request["EventPattern"])
    events_of(account)
    name, named = request["Name"], rule_arn(request["Name"])
    before = account.bus.rules.get(name)
    account.bus.rules[name] = Rule(
        name=name,
        pattern=request["EventPattern"],
        state=request.get("State", "ENABLED"),
        description=request.get("Description"),
        role_arn=request.get("RoleArn"),
        targets={} if before is None else before.targets,
    )
    if before is None:
        account.made(named, {each["Key"]: each["Value"] for each in request.get("Tags", ())})
    return {"RuleArn": named}


def describe(account: Account, request: Raw) -> Output:
    """Answer DescribeRule."""
    return {**_summary(_rule(account, request["Name"], request)), "CreatedBy": ACCOUNT}


def list_all(account: Account, request: Raw) -> Output:
    """Answer ListRules."""
    _insist_on_bus(request)
    prefix = request.get("NamePrefix", "")
    items = [_summary(each) for name, each in sorted(account.bus.rules.items()) if name.startswith(prefix)]
    return _paged(items, request, "Rules", "Name")


def delete(account: Account, request: Raw) -> Output:
    """Answer DeleteRule: one that is not there is none to delete, one with targets stays."""
    _insist_on_bus(request)
    rule = account.bus.rules.get(request["Name"])
    if rule is not None and rule.targets:
        raise ServiceError(INVALID, "Rule can't be deleted since it has targets.")
    events_of(account)
    account.bus.rules.pop(request["Name"], None)
    return {}


def enable(account: Account, request: Raw) -> Output:
    """Answer EnableRule."""
    return _turned(account, request, "ENABLED")


def disable(account: Account, request: Raw) -> Output:
    """Answer DisableRule."""
    return _turned(account, request, "DISABLED")


def put_targets(account: Account, request: Raw) -> Output:
    """Answer PutTargets; an ARN that is none is refused as by emulators that follow AWS (moto, ministack)."""
    rule = _rule(account, request["Rule"], request)
    wrong = next((each["Arn"] for each in request["Targets"] if not each["Arn"].startswith("arn:")), None)
    if wrong is not None:
        raise ServiceError(INVALID, f"Parameter {wrong} is not valid. Reason: Provided Arn is not in correct format.")
    named = {each["Id"]: each for each in request["Targets"]}
    if len({**rule.targets, **named}) > MOST_TARGETS:
        raise ServiceError("LimitExceededException", "The requested resource exceeds the maximum number allowed.")
    events_of(account)
    rule.targets.update(named)
    return {"FailedEntryCount": 0, "FailedEntries": []}


def remove_targets(account: Account, request: Raw) -> Output:
    """Answer RemoveTargets."""
    rule = _rule(account, request["Rule"], request)
    events_of(account)
    lost = [name for name in request["Ids"] if rule.targets.pop(name, None) is None]
    say = f"Rule {rule.name} does not have a target with that Id."
    entries = [{"TargetId": name, "ErrorCode": NOT_FOUND, "ErrorMessage": say} for name in lost]
    return {"FailedEntryCount": len(entries), "FailedEntries": entries}


def list_targets(account: Account, request: Raw) -> Output:
    """Answer ListTargetsByRule."""
    rule = _rule(account, request["Rule"], request)
    return _paged(list(rule.targets.values()), request, "Targets", "Id")


def list_by_target(account: Account, request: Raw) -> Output:
    """Answer ListRuleNamesByTarget."""
    _insist_on_bus(request)
    wanted = request["TargetArn"]
    names = [
        name
        for name, rule in sorted(account.bus.rules.items())
        if any(each["Arn"] == wanted for each in rule.targets.values())
    ]
    part = page(names, request, of="RuleNames", size=PAGE, key=str, size_field="Limit")
    return {"RuleNames": list(part.items), "NextToken": part.next_token}


def test(account: Account, request: Raw) -> Output:
    """Answer TestEventPattern."""
    try:
        event = json.loads(request["Event"])
    except (ValueError, RecursionError):
        event = None
    needed = ("id", "account", "source", "time", "region", "resources", "detail-type")
    if not isinstance(event, dict) or not all(field in event for field in needed):
        raise ServiceError(INVALID, f"Parameter Event is not valid. Reason: it needs {', '.join(needed)}.")
    return {"Result": matches(_parsed(request["EventPattern"]), event)}


def tags(account: Account, request: Raw) -> Output:
    """Answer ListTagsForResource."""
    named = request["ResourceARN"]
    if named not in map(rule_arn, account.bus.rules):
        raise ServiceError(NOT_FOUND, f"Rule {named.rpartition('/')[2][:64]} does not exist on EventBus default.")
    return {"Tags": [{"Key": key, "Value": value} for key, value in account.tags.get(named, {}).items()]}


def _turned(account: Account, request: Raw, state: str) -> Output:
    rule = _rule(account, request["Name"], request)
    events_of(account)
    rule.state = state
    return {}


def _parsed(pattern: str) -> Mapping[str, Any]:
    try:
        return parse(pattern)
    except NoPattern as error:
        raise ServiceError("InvalidEventPatternException", str(error)) from None


def _rule(account: Account, name: str, request: Raw) -> Rule:
    _insist_on_bus(request)
    rule = account.bus.rules.get(name)
    if rule is None:
        raise ServiceError(NOT_FOUND, f"Rule {name} does not exist on EventBus {DEFAULT_BUS}.")
    return rule


def _insist_on_bus(request: Raw) -> None:
    name = request.get("EventBusName", DEFAULT_BUS)
    if name not in (DEFAULT_BUS, f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{DEFAULT_BUS}"):
        raise ServiceError(NOT_FOUND, f"Event bus {name[:256]} does not exist.")


def _summary(rule: Rule) -> Output:
    return {
        "Name": rule.name,
        "Arn": rule_arn(rule.name),
        "EventPattern": rule.pattern,
        "State": rule.state,
        "Description": rule.description,
        "RoleArn": rule.role_arn,
        "EventBusName": DEFAULT_BUS,
    }


def _paged(items: Sequence[Raw], request: Raw, answer: str, key: str) -> Output:
    part = page(items, request, of=answer, size=PAGE, key=lambda item: str(item[key]), size_field="Limit")
    return {answer: list(part.items), "NextToken": part.next_token}


OPERATIONS = {
    ("events", name): operation
    for name, operation in {
        "PutRule": put,
        "DescribeRule": describe,
        "ListRules": list_all,
        "DeleteRule": delete,
        "EnableRule": enable,
        "DisableRule": disable,
        "PutTargets": put_targets,
        "RemoveTargets": remove_targets,
        "ListTargetsByRule": list_targets,
        "ListRuleNamesByTarget": list_by_target,
        "TestEventPattern": test,
        "ListTagsForResource": tags,
    }.items()
}
