"""A plan as Python for boto3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from keyword import iskeyword
from typing import Any

from engine.aws.calls import Call, take_apart
from engine.aws.shapes.models import SERVICES

WIDTH = 88
INDENT = "    "


def as_boto3(requests: Mapping[str, Any]) -> str:
    """Return a Python script that sends the requests in their order."""
    calls = take_apart(requests)[0]
    return "\n".join((*_head(calls), *_body(calls)))


def _head(calls: tuple[Call, ...]) -> Iterator[str]:
    if any(call.after_s for call in calls):
        yield "import time\n"
    yield "import boto3\n"
    for service in sorted({SERVICES[call.operation] for call in calls}):
        yield f'{service} = boto3.client("{service}")'
    yield ""


def _body(calls: tuple[Call, ...]) -> Iterator[str]:
    from botocore import xform_name

    at_s = 0.0
    for call in calls:
        if call.after_s > at_s:
            yield f"time.sleep({call.after_s - at_s:g})"
            at_s = call.after_s
        yield f"{SERVICES[call.operation]}.{xform_name(call.operation)}("
        yield from _arguments(call.request)
        yield ")"


def _arguments(request: Mapping[str, Any]) -> Iterator[str]:
    for name, value in request.items():
        if name.isidentifier() and not iskeyword(name):
            yield f"{INDENT}{name}={literal(value, INDENT)},"
        else:
            yield f"{INDENT}**{{{name!r}: {literal(value, INDENT)}}},"


def literal(value: object, indent: str = "") -> str:
    """Return `value` as a Python literal, over several lines where one is too short."""
    short = repr(value)
    if not isinstance(value, dict | list) or len(indent) + len(short) <= WIDTH:
        return short
    inner = indent + INDENT
    if isinstance(value, dict):
        rows = [f"{inner}{key!r}: {literal(each, inner)}," for key, each in value.items()]
    else:
        rows = [f"{inner}{literal(each, inner)}," for each in value]
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    return "\n".join((opening, *rows, indent + closing))
