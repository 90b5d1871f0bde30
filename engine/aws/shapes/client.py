"""What AWS's client refuses before anything is sent: botocore's own validator, in its own words.

It checks missing and unknown fields, types, and minima, and nothing else (spec sagemaker 1.8).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.aws.allowed import allowed
from engine.aws.calls import Call
from engine.aws.finding import Finding, Path, nearest, shortened
from engine.aws.shapes.models import Shape, input_shape
from engine.aws.shapes.times import within_the_calendar

_STARTS = r"Missing required parameter|Unknown parameter|Invalid (?:type|value|length|number)|Must set one"
_NEXT = re.compile(rf"\n(?=(?:{_STARTS}) )")
"""Where the next complaint of a report begins; a value with a line break does not begin one."""
_MISSING = re.compile(r'Missing required parameter in ([\w.\[\]]+): "(.*)"', re.DOTALL)
_UNKNOWN = re.compile(r'Unknown parameter in ([\w.\[\]]+): "(.*)", must be one of: (.*)', re.DOTALL)
_ABOUT = re.compile(r"(?:Invalid \w+ for parameter|tagged union ?structure) ([\w.\[\]]+)[,:. ]")
_VALUE = re.compile(r"(?<=, value: ).*(?=, (?:type|valid min))", re.DOTALL)
ELSEWHERE: Mapping[tuple[Path, str], str] = {
    (("RollingUpdatePolicy",), "TerminationWaitInSeconds"): (
        "A rolling update has none, for its old instances go batch by batch: leave it out. WaitIntervalInSeconds is"
        " the bake of each batch, the last one too."
    ),
    (("ShadowProductionVariants",), "SamplingPercentage"): (
        "The weight of a shadow variant is its share: write InitialVariantWeight: 0.5 beside a production variant of"
        " weight 1 for half of the requests. SamplingPercentage belongs to CreateInferenceExperiment."
    ),
}
"""Fields that belong to another kind of update, by the mapping that does not have them (spec sagemaker 1.4)."""


def refusals(call: Call) -> Iterator[Finding]:
    """Yield what botocore's ParamValidator says of this request."""
    from botocore.validate import ParamValidator

    shape = input_shape(call.operation)
    report = ParamValidator().validate(within_the_calendar(shape, call.request), shape).generate_report()
    for complaint in _NEXT.split(report) if report else ():
        yield _placed(call, complaint)


def first_refusal(shape: Shape, request: Mapping[str, Any]) -> str | None:
    """Return the first thing that botocore's ParamValidator says of a request of this shape."""
    from botocore.validate import ParamValidator

    report: str = ParamValidator().validate(within_the_calendar(shape, request), shape).generate_report()
    return _NEXT.split(report)[0] if report else None


def _placed(call: Call, complaint: str) -> Finding:
    """Return the complaint with the path that its text names, and with what would be right."""
    if missing := _MISSING.match(complaint):
        inside = _path(missing[1])
        say = f"{complaint}. Add it: {_wanted(call, (*inside, missing[2]))}."
        return Finding(call.at(*inside), "client", say)
    if unknown := _UNKNOWN.match(complaint):
        inside = _path(unknown[1])
        said = complaint.replace(unknown[2], shortened(unknown[2]), 1) if unknown[2] else complaint
        remedy = _in_place_of(inside, unknown[2], unknown[3].split(", "))
        return Finding(call.at(*inside, unknown[2]), "client", f"{said}. {remedy}")
    about = _ABOUT.search(complaint)
    inside = _there(call, _path(about[1])) if about else ()
    said = _VALUE.sub(lambda value: shortened(value[0]), complaint, count=1).rstrip(".")
    return Finding(call.at(*inside), "client", f"{said}. Write {_instead(call, inside)}.")


def _in_place_of(inside: Path, field: str, known: Iterable[str]) -> str:
    """Return what to do about an unknown field."""
    names = tuple(key for key in inside if isinstance(key, str))
    if (names[-1:], field) in ELSEWHERE:
        return ELSEWHERE[names[-1:], field]
    meant = nearest(field, known)
    return f"Did you mean {meant}?" if meant else "Leave it out."


def _there(call: Call, inside: Path) -> Path:
    """Return the part of the path that leads somewhere: the name of a map's entry may hold any character."""
    value = call.request
    for length, key in enumerate(inside):
        reached = key in value if isinstance(value, dict) else isinstance(value, list) and isinstance(key, int)
        if not reached:
            return inside[:length]
        value = value[key]
    return inside


def _path(name: str) -> Path:
    """Return the path behind a name such as `DeploymentConfig.Alarms[0]`; `input` is the request itself."""
    if name == "input":
        return ()
    return tuple(int(part) if part.isdigit() else part for part in re.findall(r"\w+", name))


def _instead(call: Call, inside: Path) -> str:
    """Return what belongs there; where a mapping does, one with the text that stands there in its first field."""
    right, value = allowed(call.operation, inside), call.request
    for key in inside:
        value = value[key]
    if right is None or right.kind != "mapping" or not isinstance(value, str) or not right.fields:
        return _wanted(call, inside)
    needed = [each for each in right.fields if _is_required(call, (*inside, each))][1:]
    return "{" + ", ".join([f"{right.fields[0]}: {shortened(value)}", *(f"{each}: ..." for each in needed)]) + "}"


def _is_required(call: Call, inside: Path) -> bool:
    right = allowed(call.operation, inside)
    return right is not None and right.required


def _wanted(call: Call, inside: Path) -> str:
    """Return in words what belongs there."""
    right = allowed(call.operation, inside)
    if right is None:
        return "one of the fields named"
    return right.in_words() + (", without quotes" if right.kind.endswith("number") else "")
