"""The part of JSONPath that batch transform's filters take (spec inference 5): `$`, names, places, slices and `*`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from engine.errors import Wrong, WrongValues

LONGEST = 63
"""Characters of a filter (spec inference 5)."""
_STEP = re.compile(r"\.(?P<name>[A-Za-z_]\w*|\*)|\[\s*(?P<inside>[^\[\]]*?)\s*\]")
_SLICE = re.compile(r"(-?\d*)\s*:\s*(-?\d*)")
_NAMES = re.compile(r"'[^']*'(?:\s*,\s*'[^']*')*")
_PLACES = re.compile(r"-?\d+(?:\s*,\s*-?\d+)*")


@dataclass(frozen=True, slots=True)
class Step:
    """One step into a value: by names, by places, or by a slice, of which exactly one is there; `*` takes all."""

    names: tuple[str, ...] = ()
    places: tuple[int, ...] = ()
    slice: slice | None = None


def parse_path(text: str) -> tuple[Step, ...]:
    """Return the steps of a filter; WrongValues for one that cannot be read."""
    if not text.startswith("$") or len(text) > LONGEST:
        raise _wrong(f"must begin with $ and have at most {LONGEST} characters, got {text!r}")
    steps, at = [], 1
    while at < len(text):
        found = _STEP.match(text, at)
        if found is None:
            raise _wrong(f"{text!r} cannot be read from {text[at:]!r} on; a step is .name, ['name'], [0], [1:4] or [*]")
        steps.append(_step(found["name"], found["inside"]))
        at = found.end()
    return tuple(steps)


def _step(name: str | None, inside: str | None) -> Step:
    if name == "*" or inside == "*":
        return Step(slice=slice(None))
    if name is not None:
        return Step(names=(name,))
    assert inside is not None, "a step is a name or something in brackets"
    if ends := _SLICE.fullmatch(inside):
        start, stop = (int(end) if end else None for end in ends.groups())
        return Step(slice=slice(start, stop))
    if _PLACES.fullmatch(inside):
        return Step(places=tuple(map(int, inside.split(","))))
    if _NAMES.fullmatch(inside):
        return Step(names=tuple(re.findall(r"'([^']*)'", inside)))
    raise _wrong(f"[{inside}] is no step; write ['name'], [0], [0,-1], [1:4] or [*]")


def chosen(value: Any, steps: tuple[Step, ...]) -> Any:  # noqa: ANN401 - JSON
    """Return what a filter leaves of a value; WrongValues where it has no such part.

    One name or place gives what stands there, several names a mapping of them, several places and a slice a list. A
    slice excludes its end: `[1:4]` is the second to the fourth (spec inference 0.1).
    """
    for step in steps:
        try:
            value = _taken(value, step)
        except (KeyError, IndexError, TypeError):
            raise _wrong(f"has no part such as it was asked for in {value!r}") from None
    return value


def _taken(value: Any, step: Step) -> Any:  # noqa: ANN401 - JSON
    if step.slice is not None:
        return list(value.values()) if isinstance(value, dict) else value[step.slice]
    if step.places:
        return value[step.places[0]] if len(step.places) == 1 else [value[place] for place in step.places]
    return value[step.names[0]] if len(step.names) == 1 else {name: value[name] for name in step.names}


def _wrong(say: str) -> WrongValues:
    return WrongValues("JSONPath", (Wrong("filter", say),))
