"""What only the service refuses, read off the service model: maxima, enums, patterns, longest lists.

The sentences have the form in which AWS words them (spec sagemaker 1.8), followed by what would be right.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache

from engine.aws.allowed import allowed
from engine.aws.calls import Call
from engine.aws.finding import Finding, Path, Wrong, nearest, shortened
from engine.aws.rules.alarms import is_statistic
from engine.aws.shapes.models import Shape, input_shape, is_number

RECORDED = {
    "StateValue": ("INSUFFICIENT_DATA", "ALARM", "OK"),
    "PolicyType": ("PredictiveScaling", "StepScaling", "TargetTrackingScaling"),
}
"""Enums, by name of their shape, whose order AWS was seen to print; it need not be that of the model."""
LISTED = 8
"""Enum values that a sentence prints; there are hundreds of instance types."""


def refusals(call: Call) -> Iterator[Finding]:
    """Yield every constraint of the model that the client lets pass and the service does not.

    Values of a wrong type are passed over: the client speaks of them.
    """
    yield from _walk(input_shape(call.operation), call.request, call, call.path)


def first_refusal(shape: Shape, request: object) -> str | None:
    """Return what AWS answers to a request of this shape, of any operation, that its client lets pass."""
    found = next(_walk(shape, request, Call("", (), request), ()), None)
    return None if found is None else found.answer or found.say


def _walk(shape: Shape, value: object, call: Call, path: Path) -> Iterator[Finding]:
    wire = _wire_name(path[len(call.path) :])
    if shape.type_name == "structure" and isinstance(value, dict):
        for key, each in value.items():
            if key in shape.members:
                yield from _walk(shape.members[key], each, call, (*path, key))
    elif shape.type_name == "map" and isinstance(value, dict):
        yield from _size_of_map(shape, value, path, wire)
        for key, each in value.items():
            yield from _walk(shape.value, each, call, (*path, key))
    elif shape.type_name == "list" and isinstance(value, list):
        yield from _long_list(shape, value, path, wire)
        for index, each in enumerate(value):
            yield from _walk(shape.member, each, call, (*path, index))
    elif shape.type_name == "string" and isinstance(value, str):
        yield from _text(shape, value, call, path)
    elif is_number(shape) and isinstance(value, int | float):
        yield from _number(shape, value, path, wire)


def _wire_name(path: Path) -> str:
    """Return the path as AWS prints it: `productionVariants.1.member.instanceType`."""
    return ".".join(f"{key + 1}.member" if isinstance(key, int) else key[:1].lower() + key[1:] for key in path)


def _failed(path: Path, value: object, wire: str, constraint: str, remedy: str) -> Finding:
    head = f"1 validation error detected: Value '{shortened(str(value))}' at '{wire}'"
    answer = f"{head} failed to satisfy constraint: Member must {constraint}"
    return Finding(path, "service", f"{answer}. {remedy}", answer=answer)


def _long_list(shape: Shape, value: list[object], path: Path, wire: str) -> Iterator[Finding]:
    most = shape.metadata.get("max")
    if most is not None and len(value) > most:
        remedy = f"There are {len(value)}: keep at most {most}."
        yield _failed(path, value, wire, f"have length less than or equal to {most}", remedy)


def _size_of_map(shape: Shape, value: dict[str, object], path: Path, wire: str) -> Iterator[Finding]:
    """The client counts the entries of no map, not even that there is one."""
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max")
    if len(value) < least:
        remedy = f"There are {len(value)}: write at least {least}."
        yield _failed(path, value, wire, f"have length greater than or equal to {least}", remedy)
    elif most is not None and len(value) > most:
        remedy = f"There are {len(value)}: keep at most {most}."
        yield _failed(path, value, wire, f"have length less than or equal to {most}", remedy)


def _text(shape: Shape, value: str, call: Call, path: Path) -> Iterator[Finding]:
    choices, most = shape.metadata.get("enum"), shape.metadata.get("max")
    wire, pattern = _wire_name(path[len(call.path) :]), shape.metadata.get("pattern")
    if choices and value not in choices:
        printed = RECORDED.get(shape.name, choices)
        listed = ", ".join(printed[:LISTED]) + (", ..." if len(choices) > LISTED else "")
        yield _failed(path, value, wire, f"satisfy enum value set: [{listed}]", _one_of(call, path, value))
    elif most is not None and len(value) > most:
        remedy = f"It has {len(value)} characters: keep at most {most}."
        yield _failed(path, value, wire, f"have length less than or equal to {most}", remedy)
    elif pattern and not _matches(pattern, value):
        yield _failed(path, value, wire, f"satisfy regular expression pattern: {pattern}", _allowed(pattern))


def _one_of(call: Call, path: Path, value: str) -> str:
    """Return what to write instead: what was probably meant, and failing that whatever is possible."""
    if path[-1] == "Statistic" and is_statistic(value):
        return f"Only the five plain statistics stand there: write ExtendedStatistic: {value} instead of Statistic."
    right = allowed(call.operation, path[len(call.path) :]) if call.operation else None
    meant = right and nearest(value, right.choices)
    return f"Write {meant or (right.in_words() if right else 'one of these')}."


def _allowed(pattern: str) -> str:
    if pattern.startswith("[a-zA-Z0-9]"):
        return "Use letters, digits and single hyphens inside, no underscore or space."
    return "Change it so that the whole text fits the pattern."


def _matches(pattern: str, value: str) -> bool:
    """Does the whole text fit? A pattern that only Java understands counts as fitting."""
    compiled = _compiled(pattern)
    return compiled is None or compiled.fullmatch(value) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern)
    except re.error:
        return None


def _number(shape: Shape, value: float, path: Path, wire: str) -> Iterator[Finding]:
    if isinstance(value, bool):
        said = f"{str(value).lower()} is not a number"
        yield Wrong(f"{said}, although the client lets it pass.", "Write a number.", answer=f"{said}.").at(path)
    elif not math.isfinite(value):
        yield Wrong(f"{value} is not a number that AWS can read.", "Write a finite number.").at(path)
    elif (most := shape.metadata.get("max")) is not None and value > most:
        remedy = f"Write at most {most}."
        yield _failed(path, value, wire, f"have value less than or equal to {most}", remedy)
