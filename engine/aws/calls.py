"""A plan taken apart into single requests, each with its place and its time.

Under an operation's name stands one request or a list of them; under `Later` stand mappings with AfterSeconds and
such operations again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.aws.finding import Finding, Path, did_you_mean
from engine.aws.pasted import recognised
from engine.aws.shapes.models import SERVICES, service_with

ORDER = tuple(SERVICES)
"""What is sent first: alarms and configurations before the update that needs them."""
LATER, AFTER = "Later", "AfterSeconds"
IF, UNLESS = "If", "Unless"
"""What must hold, or must not, for a later request to be sent."""
LATEST_S = 2_419_200
"""AfterSeconds at most: no run lasts longer."""
INSTEAD_OF_ANY = f"Leave it out; a plan may hold {', '.join(ORDER)}."
INSTEAD: Mapping[str, str] = {
    "CreateModel": "The models are those of the world: name one of them with ModelName.",
    "InvokeEndpoint": "The world's workload sends the requests: leave it out.",
    "DescribeInferenceExperiment": "A run says at its end what it answers: leave it out.",
    "ListInferenceExperiments": "A run says at its end which there are: leave it out.",
    "PutAnomalyDetector": "Write an alarm with a Threshold.",
}
"""What to use in the place of an operation that is not simulated."""
DEEPEST = 24
"""Levels of nesting that are looked at; the deepest request of AWS has nine."""
MOST_REQUESTS = 200
"""Of a plan: each is judged beside all others, and nobody writes more by hand."""
LARGEST = 10**18
"""Whole numbers beyond this are cut: no limit of AWS lies there, and Python refuses to print the largest."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a step depends on, as it stands in the plan."""

    path: Path
    raw: Any
    holds: bool
    """Must it hold, or must it not?"""


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """One request of a plan."""

    operation: str
    path: Path
    request: Any
    """Whatever stands there; a mapping, once the client has let it pass."""
    after_s: float = 0.0
    condition: Condition | None = None

    def at(self, *keys: str | int) -> Path:
        """Return the place of something in the request."""
        return (*self.path, *keys)


def take_apart(requests: object) -> tuple[tuple[Call, ...], tuple[Finding, ...]]:
    """Return the calls in the order in which they are sent, and what is not a call at all."""
    found = tuple(_top(plain(requests)))
    calls = [each for each in found if isinstance(each, Call)]
    calls.sort(key=_turn)
    strays = [each for each in found if isinstance(each, Finding)]
    if len(calls) > MOST_REQUESTS:
        say = f"A plan holds at most {MOST_REQUESTS} requests, this one {len(calls)}. Leave out what nobody waits for."
        strays.append(Finding((), "not-simulated", say))
    return tuple(calls[:MOST_REQUESTS]), tuple(strays)


def _turn(call: Call) -> tuple[float, bool, int, int]:
    """Return when a call's turn comes: steps of one moment go in the order in which they stand in the plan."""
    is_later = call.path[0] == LATER
    step = call.path[1] if is_later and isinstance(call.path[1], int) else 0
    return call.after_s, is_later, step, ORDER.index(call.operation)


CONDITION: Mapping[str, tuple[str, Path]] = {
    "AlarmName": ("SetAlarmState", ("AlarmName",)),
    "StateValue": ("SetAlarmState", ("StateValue",)),
    "MetricStat": ("PutMetricAlarm", ("Metrics", "MetricStat")),
    "ComparisonOperator": ("PutMetricAlarm", ("ComparisonOperator",)),
    "Threshold": ("PutMetricAlarm", ("Threshold",)),
}
"""The parts of a condition, each taken from a request: an alarm's state, or a metric beside a threshold."""


def request_of(path: Path) -> tuple[str, Path] | None:
    """Return the operation in whose request a place of a plan lies, and the way from there; None beside requests.

    A place in a condition lies where its part is taken from.
    """
    inside = _inside_step(path)
    if inside[:1] in ((IF,), (UNLESS,)):
        taken = CONDITION.get(str(inside[1])) if len(inside) > 1 else None
        return taken and (taken[0], (*taken[1], *inside[2:]))
    if not inside or inside[0] == AFTER:
        return None
    operation, *rest = inside
    return str(operation), tuple(rest)


def holder_of(path: Path) -> tuple[str, Path]:
    """Return what a mapping of a plan belongs to, and the way there: a request, a condition, or a step itself."""
    inside = _inside_step(path)
    if inside[:1] in ((IF,), (UNLESS,)) and len(inside) > 1:
        return request_of(path) or (str(inside[0]), inside[1:])
    return (str(inside[0]), inside[1:]) if inside else (LATER if path else "", ())


def _inside_step(path: Path) -> Path:
    """Return the rest of a path within its step, or all of it where it lies in none."""
    if path[:1] != (LATER,):
        return path
    return path[2:] if len(path) > 1 and isinstance(path[1], int) else path[1:]


def plain(value: object, depth: int = DEEPEST) -> Any:  # noqa: ANN401 - JSON-like data, cut at `depth`
    """Return `value` as plain builtins; a loader may have handed over subclasses that know their line."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return max(-LARGEST, min(LARGEST, int(value)))
    if isinstance(value, float):
        return float(value)
    if not isinstance(value, Mapping | list | tuple):
        return str(value)
    if depth == 0:
        return "..."
    if isinstance(value, Mapping):
        return {str(key): plain(each, depth - 1) for key, each in value.items()}
    return [plain(each, depth - 1) for each in value]


def _top(requests: object) -> Iterator[Call | Finding]:
    if not isinstance(requests, dict):
        yield Finding(
            (),
            "client",
            f"A plan is a mapping from AWS operations to requests. It may hold {', '.join(ORDER)} and {LATER}.",
        )
        return
    if (meant := _recognised(requests)) is not None:
        yield Finding((), "client", meant)
        return
    for key, value in requests.items():
        if key == LATER:
            for path, item in _each((LATER,), value):
                yield from _later(path, item)
        else:
            yield from _calls((key,), key, value, 0.0)


def _each(path: Path, value: object) -> Iterator[tuple[Path, Any]]:
    """Yield the items of a list, or the value itself where no list stands."""
    if isinstance(value, list):
        yield from (((*path, index), item) for index, item in enumerate(value))
    else:
        yield path, value


def _calls(
    path: Path, operation: str, value: object, after_s: float, condition: Condition | None = None
) -> Iterator[Call | Finding]:
    if operation not in ORDER:
        yield _stray(path, operation)
        return
    for place, request in _each(path, value):
        yield Call(operation, place, request, after_s, condition)


def _recognised(requests: dict[str, Any]) -> str | None:
    """Return what stands there in place of a plan, unless some of it is one."""
    known = any(key in ORDER or key == LATER for key in requests)
    return None if known else recognised(requests)


def _stray(path: Path, operation: str) -> Finding:
    """Return what there is to say of an operation that no plan holds."""
    service = service_with(operation)
    if service is None:
        meant = did_you_mean(operation, (*ORDER, LATER))
        return Finding(path, "client", f"{operation} is not an operation of a plan. {meant}")
    instead = INSTEAD.get(operation, INSTEAD_OF_ANY)
    return Finding(path, "not-simulated", f"{operation} of {service} is not simulated. {instead}")


def _later(path: Path, item: object) -> Iterator[Call | Finding]:
    if not isinstance(item, dict):
        yield Finding(path, "client", f"{LATER} holds mappings such as {{{AFTER}: 600, UpdateEndpoint: {{...}}}}.")
        return
    after_s = item.get(AFTER)
    if isinstance(after_s, bool) or not isinstance(after_s, int | float) or not 0 <= after_s <= LATEST_S:
        place = (*path, AFTER) if AFTER in item else path
        yield Finding(place, "client", f"{AFTER} must be a number of seconds from 0 to {LATEST_S}.")
        after_s = math.inf
    if IF in item and UNLESS in item:
        yield Finding((*path, UNLESS), "client", f"{IF} and {UNLESS} cannot both stand in one step. Keep one of them.")
    key = next((each for each in (IF, UNLESS) if each in item), None)
    condition = None if key is None else Condition((*path, key), item[key], key == IF)
    if len(item.keys() - {AFTER, IF, UNLESS}) == 0:
        yield Finding(path, "client", f"Beside {AFTER} an operation with its request is needed: {', '.join(ORDER)}.")
    for key, value in item.items():
        if key not in (AFTER, IF, UNLESS):
            yield from _calls((*path, key), key, value, float(after_s), condition)
