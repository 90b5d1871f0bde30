"""Alarms and dimensions put into a plan's text and taken out of it, as the form does it."""

from __future__ import annotations

from itertools import count
from typing import Any

from course.content.yaml.document import Trail
from course.content.yaml.reader import read_yaml
from course.content.yaml.restructuring import with_item, without
from course.content.yaml.rewriting import NAME

ALARMS, DIMENSIONS, GUARDS, LATER = "PutMetricAlarm", "Dimensions", "Alarms", "Later"
"""The lists to which the form adds: alarms, what one watches, what sends an update back, later steps."""


def added(text: str, trail: Trail) -> str:
    """Return the text with one more entry in a list, as far as it can be known what that holds.

    Raises ContentError for a text that cannot be read, ValueError where nothing can be added.
    """
    data = read_yaml(text, NAME).data
    data = data if isinstance(data, dict) else {}
    new = {ALARMS: _alarm, DIMENSIONS: _dimension, GUARDS: _guard, LATER: _step}[str(trail[-1])]
    return with_item(text, trail, new(data, trail))


def taken_out(text: str, trail: Trail) -> str:
    """Return the text without the innermost entry that a place belongs to, or without its whole request.

    Raises ContentError for a text that cannot be read, ValueError where nothing can be taken out.
    """
    return without(text, entry_of(trail))


def entry_of(trail: Trail) -> Trail:
    """Return the innermost entry of a list that a place belongs to; of a request that stands alone the whole."""
    ends = [at + 1 for at, key in enumerate(trail) if isinstance(key, int)]
    return trail[: max(ends, default=1)]


def _alarm(data: dict[str, Any], trail: Trail) -> dict[str, Any]:
    """Return the beginning of an alarm; it watches what the alarm before it watches."""
    there = [each for each in _several(data.get(ALARMS)) if isinstance(each, dict)]
    names = {each.get("AlarmName") for each in there}
    name = next(name for number in count(len(there) + 1) if (name := f"alarm-{number}") not in names)
    update = data.get("UpdateEndpoint", data.get("CreateEndpoint"))
    endpoint = update.get("EndpointName") if isinstance(update, dict) else None
    known = [{"Name": "EndpointName", "Value": endpoint}] if isinstance(endpoint, str) else []
    watched = next((each[DIMENSIONS] for each in reversed(there) if isinstance(each.get(DIMENSIONS), list)), known)
    alarm = {"AlarmName": name, "Namespace": "AWS/SageMaker"}
    return {**alarm, DIMENSIONS: watched} if watched else alarm


def _step(data: dict[str, Any], trail: Trail) -> dict[str, Any]:
    """Return a step after the last one: its request is written in the text."""
    times = [each.get("AfterSeconds") for each in _several(data.get(LATER)) if isinstance(each, dict)]
    last = max((time for time in times if isinstance(time, int | float)), default=0)
    return {"AfterSeconds": last + 600}


def _dimension(data: dict[str, Any], trail: Trail) -> dict[str, Any]:
    from engine.aws.allowed import DIMENSIONS as NAMES

    there: Any = data
    for key in trail[:-1]:
        there = there[key]
    named = {each.get("Name") for each in _several(there.get(DIMENSIONS)) if isinstance(each, dict)}
    return {"Name": next((name for name in NAMES if name not in named), NAMES[0])}


def _guard(data: dict[str, Any], trail: Trail) -> dict[str, Any]:
    """Return an entry for the first alarm of the plan that is not named there yet."""
    there: Any = data
    for key in trail:
        there = there.get(key) if isinstance(there, dict) else None
    named = {each.get("AlarmName") for each in _several(there) if isinstance(each, dict)}
    put = [each.get("AlarmName") for each in _several(data.get(ALARMS)) if isinstance(each, dict)]
    free = next((name for name in put if isinstance(name, str) and name not in named), None)
    return {"AlarmName": free} if free else {}


def _several(value: Any) -> list[Any]:  # noqa: ANN401
    return value if isinstance(value, list) else [] if value is None else [value]
