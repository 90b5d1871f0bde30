"""A plan as Terraform's configuration; what has no resource or no argument is named in a comment."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from engine.aws.calls import Call, take_apart
from engine.aws.takeaway.cloudformation import NAMES, ONE_STATE
from engine.aws.takeaway.terraform_names import NOT_THERE, TYPES, arguments

Resources = dict[tuple[str, str], dict[str, Any]]
"""Arguments by the type and the name of a resource, in the order of the plan."""
HEAD = """terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}
"""
INSTEAD: Mapping[str, str] = {
    "CreateTransformJob": "A job is no resource: start it with a command, a schedule or a state machine.",
    "CreateInferenceExperiment": "The provider has no resource for shadow tests.",
}
REPLACED = (
    "If terraform plan says that the endpoint must be replaced, do not apply it: that would delete it. It is so",
    "until the first update with alarms, which another client has to send (provider 5.100, in which",
    "auto_rollback_configuration forces replacement).",
)


def as_terraform(requests: Mapping[str, Any]) -> str:
    """Return HCL; an endpoint that exists must be imported into the state first."""
    resources, left_out = _resources(requests)
    blocks = (_block(kind, name, body, resources) for (kind, name), body in resources.items())
    return "\n".join((*(f"# {each}" for each in left_out), HEAD, *blocks))


def as_terraform_json(requests: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same as the data of a `.tf.json` file."""
    tree: dict[str, Any] = {}
    for (kind, name), body in _resources(requests)[0].items():
        tree.setdefault(kind, {})[name] = _escaped(body)
    return {"resource": tree}


def _resources(requests: Mapping[str, Any]) -> tuple[Resources, list[str]]:
    """Return the resources, and what is not in them, in sentences."""
    found: Resources = {}
    left_out: list[str] = []
    for call in take_apart(requests)[0]:
        key = (TYPES.get(call.operation, ""), _name(call))
        if not key[0] or call.after_s or call.condition or key in found:
            left_out.append(_why(call))
            continue
        found[key] = arguments(call.operation, call.request)
        lost = [name for name in NOT_THERE if name in call.request]
        if lost:
            left_out.append(f"The provider has no argument for {', '.join(lost)} of {call.operation}.")
        if call.operation == "UpdateEndpoint":
            name = json.dumps(call.request["EndpointName"], ensure_ascii=True)
            left_out.append(f"The endpoint exists: terraform import {key[0]}.{key[1]} {name}")
            if "AutoRollbackConfiguration" in call.request.get("DeploymentConfig", {}):
                left_out += REPLACED
    return found, left_out


def _why(call: Call) -> str:
    when = f", {call.after_s:g} s later" if call.after_s else ""
    when += ", on a condition" if call.condition else ""
    why = ONE_STATE if when else INSTEAD.get(call.operation, ONE_STATE)
    return f"Not in this configuration: {call.operation}{when}. {why}"


def _name(call: Call) -> str:
    """Return a resource's name: letters, digits and underscores, not a digit first."""
    given = str(call.request.get(NAMES.get(call.operation, "AlarmName"), ""))
    if call.operation == "PutScheduledAction":
        given = str(call.request["ScheduledActionName"])
    word = re.sub(r"[^A-Za-z0-9_]+", "_", given).strip("_") or "this"
    return f"_{word}" if word[0].isdigit() else word


def _block(kind: str, name: str, body: Mapping[str, Any], resources: Resources) -> str:
    """Return one resource; what is made before is waited for."""
    lines = list(_lines(body, "  "))
    if kind == TYPES["CreateEndpointConfig"]:
        lines += ["", "  lifecycle {", "    create_before_destroy = true", "  }"]
    before = list(resources)[: list(resources).index((kind, name))]
    if kind == TYPES["UpdateEndpoint"]:  # one does not wait for another: of what is sent at one moment all begins
        before = [each for each in before if each[0] != kind]
    if before and kind not in (TYPES["CreateEndpointConfig"], TYPES["PutMetricAlarm"]):
        lines += ["", f"  depends_on = [{', '.join('.'.join(each) for each in before)}]"]
    return "\n".join((f'resource "{kind}" "{name}" {{', *lines, "}")) + "\n"


def _lines(body: Mapping[str, Any], indent: str) -> Iterator[str]:
    """Yield arguments and blocks; neighbours of one line have their equals signs aligned, as `terraform fmt` does."""
    for in_one_line, entries in groupby(body.items(), key=lambda entry: _in_one_line(entry[1])):
        if in_one_line:
            yield from _aligned({key: _value(each) for key, each in entries}, indent)
            continue
        for key, value in entries:
            for each in value if isinstance(value, list) else ():
                yield from (f"{indent}{key} {{", *_lines(each, indent + "  "), f"{indent}}}")
            if isinstance(value, dict):
                pairs = {_scalar(name): _scalar(each) for name, each in value.items()}
                yield from (f"{indent}{key} = {{", *_aligned(pairs, indent + "  "), f"{indent}}}")


def _in_one_line(value: object) -> bool:
    """Is it neither a block nor a mapping?"""
    blocks = isinstance(value, list) and value and all(isinstance(each, dict) for each in value)
    return not (blocks or isinstance(value, dict))


def _value(value: object) -> str:
    return f"[{', '.join(map(_scalar, value))}]" if isinstance(value, list) else _scalar(value)


def _aligned(pairs: Mapping[str, str], indent: str) -> Iterator[str]:
    width = max(map(len, pairs), default=0)
    yield from (f"{indent}{key.ljust(width)} = {value}" for key, value in pairs.items())


def _scalar(value: object) -> str:
    """Return a value in HCL's native syntax, in which `${` and `%{` begin a template."""
    text = json.dumps(_escaped(value), ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in text)


def _escaped(value: Any) -> Any:  # noqa: ANN401 - JSON-like data
    """Return the value with nothing in its texts that would be taken for a template."""
    if isinstance(value, dict):
        return {_escaped(key): _escaped(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_escaped(each) for each in value]
    return re.sub(r"([$%])\{", r"\1\1{", value) if isinstance(value, str) else value
