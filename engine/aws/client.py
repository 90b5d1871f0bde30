"""What AWS's client refuses before anything is sent: botocore's own validator, in its own words.

It checks missing and unknown fields, types, and minima, and nothing else (spec sagemaker 1.8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.aws.calls import Call
from engine.aws.finding import Finding, Path, shortened
from engine.aws.models import Shape, input_shape, is_number
from engine.aws.nearest import nearest

_STARTS = r"Missing required parameter|Unknown parameter|Invalid (?:type|value|length|number)|Must set one"
_NEXT = re.compile(rf"\n(?=(?:{_STARTS}) )")
"""Where the next complaint of a report begins; a value with a line break does not begin one."""
_MISSING = re.compile(r'Missing required parameter in ([\w.\[\]]+): "(.*)"', re.DOTALL)
_UNKNOWN = re.compile(r'Unknown parameter in ([\w.\[\]]+): "(.*)", must be one of: (.*)', re.DOTALL)
_ABOUT = re.compile(r"(?:Invalid \w+ for parameter|tagged union ?structure) ([\w.\[\]]+)[,:. ]")
_VALUE = re.compile(r"(?<=, value: ).*(?=, (?:type|valid min))", re.DOTALL)


def refusals(call: Call) -> Iterator[Finding]:
    """Yield what botocore's ParamValidator says of this request."""
    from botocore.validate import ParamValidator

    shape = input_shape(call.operation)
    report = ParamValidator().validate(call.request, shape).generate_report()
    for complaint in _NEXT.split(report) if report else ():
        yield _placed(call, shape, complaint)


def _placed(call: Call, shape: Shape, complaint: str) -> Finding:
    """Return the complaint with the path that its text names, and with what would be right."""
    if missing := _MISSING.match(complaint):
        inside = _path(missing[1])
        return Finding(
            call.at(*inside),
            "client",
            f"{complaint}. Add it: {_wanted(_follow(shape, (*inside, missing[2])))}.",
        )
    if unknown := _UNKNOWN.match(complaint):
        meant = nearest(unknown[2], unknown[3].split(", "))
        remedy = f" Did you mean {meant}?" if meant else " Leave it out."
        return Finding(call.at(*_path(unknown[1]), unknown[2]), "client", f"{complaint}.{remedy}")
    about = _ABOUT.search(complaint)
    inside = _path(about[1]) if about else ()
    said = _VALUE.sub(lambda value: shortened(value[0]), complaint, count=1).rstrip(".")
    return Finding(call.at(*inside), "client", f"{said}. Write {_wanted(_follow(shape, inside))}.")


def _path(name: str) -> Path:
    """Return the path behind a name such as `DeploymentConfig.Alarms[0]`; `input` is the request itself."""
    if name == "input":
        return ()
    return tuple(int(part) if part.isdigit() else part for part in re.findall(r"\w+", name))


def _follow(shape: Shape, path: Path) -> Shape | None:
    for key in path:
        if isinstance(key, int) and shape.type_name == "list":
            shape = shape.member
        elif shape.type_name == "structure" and key in shape.members:
            shape = shape.members[str(key)]
        else:
            return None
    return shape


def _wanted(shape: Shape | None) -> str:
    """Return in words what belongs in a field of this shape."""
    if shape is None:
        return "one of the fields named"
    if is_number(shape):
        kind = "a whole number" if shape.type_name in ("integer", "long") else "a number"
        return f"{kind} without quotes{_bounds(shape)}"
    if choices := shape.metadata.get("enum"):
        return " or ".join(choices) if len(choices) <= 6 else f"a value such as {choices[0]}"
    names = {"structure": "a mapping", "list": "a list", "boolean": "true or false", "string": "a text"}
    return names.get(shape.type_name, shape.type_name) + _bounds(shape)


def _bounds(shape: Shape) -> str:
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    unit = {"list": " entries", "string": " characters"}.get(shape.type_name, "")
    if low is not None and high is not None:
        return f", {low} to {high}{unit}"
    return f", at least {low}{unit}" if low else ""
