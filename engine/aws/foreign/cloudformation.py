"""A CloudFormation template as requests. Functions are worked out where all that they need stands in the template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.aws.takeaway.cloudformation import NAMES as NAMED
from engine.aws.takeaway.cloudformation import TARGET, TYPES
from engine.requests.arns import ACCOUNT, REGION

TAGS: Mapping[str, str] = {
    "!Ref": "Ref",
    "!GetAtt": "Fn::GetAtt",
    "!Sub": "Fn::Sub",
    "!Join": "Fn::Join",
}
"""The short forms of functions."""
OPERATIONS: Mapping[str, str] = {kind: operation for operation, kind in TYPES.items()}
PSEUDO: Mapping[str, str] = {
    "AWS::Region": REGION,
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::StackName": "stack",
}
DEEPEST = 8
"""References that lead to others are followed so far."""
MOST_CALLS = 5_000
LONGEST = 10_000
"""Functions, and characters of what comes of one: no composite alarm's rule is longer (10,240)."""


class _Unknown(Exception):
    """A value that a template alone does not tell."""


def is_template(data: Mapping[str, Any]) -> bool:
    """Does it hold resources with types?"""
    resources = data.get("Resources")
    return isinstance(resources, Mapping) and any(
        isinstance(each, Mapping) and "Type" in each for each in resources.values()
    )


def of_template(data: Mapping[str, Any], endpoint: str) -> tuple[list[tuple[str, dict[str, Any]]], list[str]]:
    """Return the requests behind a template's resources, and what is left out."""
    template = _Template(data)
    found: list[tuple[str, dict[str, Any]]] = []
    left_out: list[str] = []
    for name, resource in template.resources.items():
        kind = str(resource.get("Type"))
        operation = endpoint if kind == TYPES["UpdateEndpoint"] else OPERATIONS.get(kind)
        if operation is None:
            left_out.append(f"{name} is an {kind}, which is nothing for a plan.")
            continue
        try:
            request = template.properties(name, operation)
        except _Unknown as unknown:
            left_out.append(f"{name} is left out: {unknown} is not told by the template. Write the value itself.")
            continue
        actions = request.pop("ScheduledActions", None)
        target = {key: request[key] for key in TARGET if key in request}
        found.append((operation, request))
        found += [("PutScheduledAction", {**target, **each}) for each in _list(actions) if isinstance(each, dict)]
    return found, left_out


def _short(text: str) -> str:
    if len(text) > LONGEST:
        raise _Unknown(f"a text of more than {LONGEST} characters")
    return text


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


class _Template:
    """A template whose functions can be worked out."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        resources, parameters = data["Resources"], data.get("Parameters")
        self.calls = 0
        self.resources: dict[str, Mapping[str, Any]] = {
            name: each for name, each in resources.items() if isinstance(each, Mapping)
        }
        self.parameters: Mapping[str, Any] = parameters if isinstance(parameters, Mapping) else {}

    def properties(self, name: str, operation: str) -> dict[str, Any]:
        """Return a resource's properties as a request; one without a name of its own goes by that in the template."""
        given = self.resources[name].get("Properties")
        request = self.plain(given if isinstance(given, Mapping) else {}, 0)
        if not isinstance(request, dict):
            raise _Unknown("what its Properties are")
        key = NAMED.get(operation, "AlarmName")
        return request if key in request or operation == "PutScalingPolicy" else {key: name, **request}

    def plain(self, value: Any, depth: int) -> Any:  # noqa: ANN401 - JSON-like data
        """Return a value without functions; _Unknown if one cannot be worked out."""
        if isinstance(value, list):
            return [self.plain(each, depth) for each in value]
        if not isinstance(value, Mapping):
            return value
        if len(value) == 1:
            [(function, given)] = value.items()
            if function == "Ref" or function.startswith("Fn::"):
                return self._called(function, given, depth)
        return {key: self.plain(each, depth) for key, each in value.items()}

    def _called(self, function: str, given: Any, depth: int) -> Any:  # noqa: ANN401
        self.calls += 1
        if depth > DEEPEST:
            raise _Unknown("a reference that leads in a circle")
        if self.calls > MOST_CALLS:
            raise _Unknown(f"more than {MOST_CALLS} functions")
        match function, given:
            case "Ref", str():
                return self._reference(given, depth)
            case "Fn::GetAtt", [str(name), *_]:
                return self._reference(name, depth)
            case "Fn::GetAtt", str():
                return self._reference(given.partition(".")[0], depth)
            case "Fn::Sub", str():
                return self._filled(given, {}, depth)
            case "Fn::Sub", [str(text), dict(names)]:
                return self._filled(text, names, depth)
            case "Fn::Join", [str(between), list(parts)]:
                return _short(between.join(str(self.plain(each, depth + 1)) for each in parts))
        raise _Unknown(function)

    def _reference(self, name: str, depth: int) -> Any:  # noqa: ANN401
        """Return what a name stands for: a parameter's default, or the name of a resource."""
        if name in PSEUDO:
            return PSEUDO[name]
        parameter, resource = self.parameters.get(name), self.resources.get(name)
        if isinstance(parameter, Mapping) and "Default" in parameter:
            return parameter["Default"]
        if resource is None:
            raise _Unknown(name)
        operation = OPERATIONS.get(str(resource.get("Type")), "")
        properties = resource.get("Properties")
        key = NAMED.get(operation, "AlarmName")
        return self.plain(properties[key], depth + 1) if isinstance(properties, Mapping) and key in properties else name

    def _filled(self, text: str, names: Mapping[str, Any], depth: int) -> str:
        def of(match: re.Match[str]) -> str:
            name = match.group(1)
            self.calls += 1
            if name.startswith("!"):
                return f"${{{name[1:]}}}"
            if name in names:
                return str(self.plain(names[name], depth + 1))
            return str(self._reference(name.partition(".")[0], depth + 1))

        return _short(re.sub(r"\$\{([^}]*)\}", of, text))
