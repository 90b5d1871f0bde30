"""A plan as commands for the AWS command line."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from engine.aws.calls import Call, take_apart
from engine.aws.shapes.models import SERVICES


def as_cli(requests: Mapping[str, Any]) -> str:
    """Return shell commands, one per request, in the order in which they are sent."""
    return "\n".join(_lines(take_apart(requests)[0]))


def _lines(calls: tuple[Call, ...]) -> Iterator[str]:
    at_s = 0.0
    for call in calls:
        if call.after_s > at_s:
            yield f"sleep {call.after_s - at_s:g}"
            at_s = call.after_s
        yield _command(call)


def _command(call: Call) -> str:
    """Return one command; each option on a line of its own."""
    from botocore import xform_name

    head = f"aws {SERVICES[call.operation]} {xform_name(call.operation, '-')}"
    options = (_option(xform_name(name, "-"), value) for name, value in call.request.items())
    return " \\\n  ".join((head, *options)) + "\n"


def _option(name: str, value: object) -> str:
    if isinstance(value, bool):
        return f"--{name}" if value else f"--no-{name}"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    # With a space, an option's value that begins with a hyphen would be taken for an option.
    return f"--{name}{'=' if text.startswith('-') else ' '}{shlex.quote(text)}"
