"""CloudFormation's functions and conditions, worked out where a template tells all that they need.

Their names and what they give: the CloudFormation User Guide, intrinsic function reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.aws.foreign.worked_out import Budget, Unknown, as_text, role_arn, scaling_policy_arn, short, topic_arn
from engine.aws.takeaway.cloudformation import NAMES as NAMED
from engine.aws.takeaway.cloudformation import TARGET, TYPES
from engine.requests.arns import ACCOUNT, REGION, alarm_arn

OPERATIONS: Mapping[str, str] = {kind: operation for operation, kind in TYPES.items()}
PSEUDO: Mapping[str, str] = {
    "AWS::Region": REGION,
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": "stack",
}
OTHERS: Mapping[str, str] = {
    "AWS::SageMaker::Model": "ModelName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::IAM::Role": "RoleName",
    "AWS::S3::Bucket": "BucketName",
}
"""What requests refer to although it is nothing for a plan, and the property with its name."""
ARNS: Mapping[tuple[str, str], Callable[[str], str]] = {
    (TYPES["PutMetricAlarm"], "Arn"): alarm_arn,
    (TYPES["PutCompositeAlarm"], "Arn"): alarm_arn,
    ("AWS::SNS::Topic", ""): topic_arn,
    ("AWS::SNS::Topic", "TopicArn"): topic_arn,
    ("AWS::IAM::Role", "Arn"): role_arn,
}
"""What is an ARN: an attribute, or, without one, what Ref gives."""
NOTHING = object()
"""What `AWS::NoValue` stands for: the property is not there."""


class Template:
    """A template whose functions can be worked out."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.budget = Budget()
        self.resources: dict[str, Mapping[str, Any]] = {
            name: each for name, each in data["Resources"].items() if isinstance(each, Mapping)
        }
        self.parameters, self.mappings, self.conditions = (
            part if isinstance(part := data.get(key), Mapping) else {}
            for key in ("Parameters", "Mappings", "Conditions")
        )

    def is_made(self, name: str) -> bool:
        """Is there such a resource, going by its Condition? Unknown if that cannot be worked out."""
        condition = self.resources[name].get("Condition")
        return condition is None or self._holds({"Condition": condition}, 0)

    def properties(self, name: str, operation: str) -> dict[str, Any]:
        """Return a resource's properties as a request; one without a name of its own goes by that in the template."""
        given = self.resources[name].get("Properties")
        request = self.plain(given if isinstance(given, Mapping) else {}, 0)
        if not isinstance(request, dict):
            raise Unknown("what its Properties are")
        key = NAMED.get(operation, "AlarmName")
        return request if key in request or operation == "PutScalingPolicy" else {key: name, **request}

    def plain(self, value: Any, depth: int) -> Any:  # noqa: ANN401 - JSON-like data
        """Return a value without functions; Unknown if one cannot be worked out."""
        if isinstance(value, list):
            return [found for each in value if (found := self.plain(each, depth)) is not NOTHING]
        if not isinstance(value, Mapping):
            return value
        if len(value) == 1:
            [(function, given)] = value.items()
            if function == "Ref" or function.startswith("Fn::"):
                return self._called(function, given, depth)
        made = {key: self.plain(each, depth) for key, each in value.items()}
        return {key: each for key, each in made.items() if each is not NOTHING}

    def _called(self, function: str, given: Any, depth: int) -> Any:  # noqa: ANN401
        self.budget.spend(depth)
        if function in ("Fn::Join", "Fn::Select", "Fn::Split", "Fn::FindInMap"):
            given = self.plain(given, depth + 1)  # all that they are given may come of functions
        match function, given:
            case "Ref", str():
                return self._reference(given, "", depth)
            case "Fn::GetAtt", [str(name), attribute]:
                return self._reference(name, str(attribute), depth)
            case "Fn::GetAtt", str():
                name, _, attribute = given.partition(".")
                return self._reference(name, attribute, depth)
            case "Fn::Sub", str():
                return self._filled(given, {}, depth)
            case "Fn::Sub", [str(text), dict(names)]:
                return self._filled(text, names, depth)
            case "Fn::Join", [str(between), list(parts)]:
                return short(between.join(map(as_text, parts)))
            case "Fn::Split", [str(between), str(text)] if between:
                return text.split(between)
            case "Fn::Select", [index, list(items)] if as_text(index).isdecimal() and int(index) < len(items):
                return items[int(index)]
            case "Fn::FindInMap", [str(name), top, second]:
                return self._in_map(name, as_text(top), as_text(second))
            case "Fn::If", [str(condition), yes, no]:
                return self.plain(yes if self._holds({"Condition": condition}, depth) else no, depth + 1)
        raise Unknown(function)

    def _in_map(self, name: str, top: str, second: str) -> Any:  # noqa: ANN401
        rows = self.mappings.get(name)
        row = rows.get(top) if isinstance(rows, Mapping) else None
        if not isinstance(row, Mapping) or second not in row:
            raise Unknown(f"{top}.{second} of the mapping {name}")
        return row[second]

    def _holds(self, condition: object, depth: int) -> bool:
        """Does a condition hold?"""
        self.budget.spend(depth)
        match condition:
            case {"Condition": str(name)} if name in self.conditions:
                return self._holds(self.conditions[name], depth + 1)
            case {"Fn::Equals": [one, other]}:
                return as_text(self.plain(one, depth + 1)) == as_text(self.plain(other, depth + 1))
            case {"Fn::Not": [one]}:
                return not self._holds(one, depth + 1)
            case {"Fn::And": list(parts)}:
                return all(self._holds(each, depth + 1) for each in parts)
            case {"Fn::Or": list(parts)}:
                return any(self._holds(each, depth + 1) for each in parts)
        raise Unknown(f"the condition {_name(condition)}")

    def _reference(self, name: str, attribute: str, depth: int) -> Any:  # noqa: ANN401
        """Return what a name stands for: a parameter's default, or what a resource is called by others."""
        if name == "AWS::NoValue":
            return NOTHING
        if name in PSEUDO:
            return PSEUDO[name]
        parameter, resource = self.parameters.get(name), self.resources.get(name)
        if isinstance(parameter, Mapping) and "Default" in parameter:
            return _listed(parameter)
        if resource is None:
            raise Unknown(name)
        operation = OPERATIONS.get(str(resource.get("Type")), "")
        properties = resource.get("Properties")
        given = properties if isinstance(properties, Mapping) else {}
        if operation == "RegisterScalableTarget":
            parts = (self.plain(given.get(key, NOTHING), depth + 1) for key in TARGET_ID)
            return "|".join(map(as_text, parts))
        if operation == "PutScalingPolicy":
            return self._policy(name, given, depth)
        if attribute in given:
            return self.plain(given[attribute], depth + 1)
        kind = str(resource.get("Type"))
        key = OTHERS.get(kind) or NAMED.get(operation, "AlarmName")
        called = self.plain(given[key], depth + 1) if key in given else name
        to_arn = ARNS.get((kind, attribute))
        return called if to_arn is None else to_arn(as_text(called))

    def _policy(self, name: str, given: Mapping[str, Any], depth: int) -> str:
        """Return the ARN of a scaling policy, which alarms act through."""
        policy = target_of({key: self.plain(given[key], depth + 1) for key in (*TARGET, TARGET_KEY) if key in given})
        called = self.plain(given.get("PolicyName", name), depth + 1)
        parts = (policy.get("ServiceNamespace"), policy.get("ResourceId"), called)
        return scaling_policy_arn(*map(as_text, parts))

    def _filled(self, text: str, names: Mapping[str, Any], depth: int) -> str:
        def of(match: re.Match[str]) -> str:
            name = match.group(1).strip()
            self.budget.spend(depth)
            if name.startswith("!"):
                return f"${{{name[1:]}}}"
            if name in names:
                return as_text(self.plain(names[name], depth + 1))
            name, _, attribute = name.partition(".")
            return as_text(self._reference(name, attribute, depth + 1))

        return short(re.sub(r"\$\{([^}]*)\}", of, text))


TARGET_KEY = "ScalingTargetId"
TARGET_ID = ("ResourceId", "ScalableDimension", "ServiceNamespace")
"""What the id of a scalable target consists of, in this order."""


def target_of(policy: Mapping[str, Any]) -> dict[str, Any]:
    """Return a scaling policy's properties with the three fields of its target in place of the target's id."""
    found = dict(policy)
    parts = str(found.pop(TARGET_KEY, "")).split("|")
    return {**(dict(zip(TARGET_ID, parts, strict=True)) if len(parts) == len(TARGET_ID) else {}), **found}


def _listed(parameter: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """Return a parameter's default; a list of values is written with commas."""
    given = parameter["Default"]
    kind = str(parameter.get("Type", ""))
    is_list = kind == "CommaDelimitedList" or kind.startswith("List<")
    return [each.strip() for each in given.split(",")] if is_list and isinstance(given, str) else given


def _name(condition: object) -> str:
    return str(condition["Condition"]) if isinstance(condition, Mapping) and "Condition" in condition else "here"
