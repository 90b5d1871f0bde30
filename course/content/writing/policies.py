"""An update's strategy changed in the text of a plan: fields of the one go, those of the other come, and what both have
stays with its comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from course.content.yaml.document import Trail
from course.content.yaml.extents import Extent, extents
from course.content.yaml.reader import read_yaml
from course.content.yaml.restructuring import (
    Data,
    block,
    changed,
    flow,
    key_offset,
    line_end,
    line_start,
    with_entry,
    without,
)
from course.content.yaml.rewriting import NAME, rewritten
from engine.sagemaker.updates.terms import BLUE_GREEN, ROLLING, SIZES, Strategy

STRATEGIES: tuple[Strategy, ...] = ("ALL_AT_ONCE", "CANARY", "LINEAR", "ROLLING")
WAIT, LIMIT = "WaitIntervalInSeconds", "MaximumExecutionTimeoutInSeconds"
SIZE_OF: Mapping[str, str] = {size.strategy: size.field for size in SIZES if size.required}
Raw = Mapping[str, Any]


def strategy_of(config: object) -> str | None:
    """Return the strategy that a DeploymentConfig names, None where it names none."""
    if not isinstance(config, dict):
        return None
    if ROLLING[0] in config:
        return "ROLLING"
    routing = _inside(config, BLUE_GREEN)
    return routing.get("Type") if isinstance(routing, dict) else None


def switched(text: str, trail: Trail, strategy: str) -> str:
    """Return the text with another strategy in the DeploymentConfig at `trail`.

    Raises ContentError for a text that cannot be read, ValueError where it cannot be changed.
    """
    config = _at(read_yaml(text, NAME).data, trail)
    if not isinstance(config, dict) or not (ROLLING[0] in config or BLUE_GREEN[0] in config):
        policy: Raw = {ROLLING[0]: {}} if strategy == "ROLLING" else _nested(BLUE_GREEN, {"Type": strategy})
        [(key, value)] = policy.items()
        return with_entry(text, (*trail, key), value)
    rolling = ROLLING[0] in config
    if rolling and strategy == "ROLLING":
        return text
    if rolling or strategy == "ROLLING":
        return _other_policy(text, trail, config, strategy)
    return _other_routing(text, trail, strategy)


def _other_routing(text: str, trail: Trail, strategy: str) -> str:
    """Return the text with another Type, the size under the name that it has there, and no other."""
    routing = (*trail, *BLUE_GREEN)
    text = rewritten(text, (*routing, "Type"), strategy)
    there = _at(read_yaml(text, NAME).data, routing)
    sizes = [size for size in SIZE_OF.values() if size in there]
    wanted = SIZE_OF.get(strategy)
    if wanted and sizes and wanted not in sizes:
        text = _renamed(text, (*routing, sizes.pop(0)), wanted)
    for size in sizes:
        if size != wanted:
            text = without(text, (*routing, size))
    return text


def _renamed(text: str, trail: Trail, name: str) -> str:
    start = key_offset(text, trail)
    return text[:start] + text[start:].replace(str(trail[-1]), name, 1)


def _other_policy(text: str, trail: Trail, config: Raw, strategy: str) -> str:
    """Return the text with the policy of the other kind in the place of this one."""
    old, new = (BLUE_GREEN[0], ROLLING[0]) if strategy == "ROLLING" else (ROLLING[0], BLUE_GREEN[0])
    kept = tuple(_kept(config, strategy))
    policy: dict[str | int, Any] = {new: {}}
    for place, _, value in kept:
        inner = policy
        for key in place[:-1]:
            inner = inner.setdefault(key, {})
        inner[place[-1]] = value
    rest = {key: each for key, each in config.items() if key not in (old, new)}
    wanted = _with(read_yaml(text, NAME).data, trail, {**rest, **policy})
    return changed(text, wanted, _policy_ways(text, (*trail, old), kept, policy))


Kept = tuple[Trail, Trail | None, Any]
"""Where something stands in the new DeploymentConfig, where it stood in the old one, and its value."""


def _kept(config: Raw, strategy: str) -> Iterator[Kept]:
    """Yield what the new policy holds, in the order in which people write it."""
    inner, old = (ROLLING, BLUE_GREEN) if strategy == "ROLLING" else (BLUE_GREEN, ROLLING)
    there = _inside(config, old)
    there = there if isinstance(there, dict) else {}
    if strategy != "ROLLING":
        yield (*inner, "Type"), None, strategy
    size = SIZE_OF.get(strategy)
    found = next((name for name in SIZE_OF.values() if name in there), None)
    if size and found:
        yield (*inner, size), (*old, found), there[found]
    if WAIT in there:
        yield (*inner, WAIT), (*old, WAIT), there[WAIT]
    outer = config.get(old[0])
    if isinstance(outer, dict) and LIMIT in outer:
        yield (inner[0], LIMIT), (old[0], LIMIT), outer[LIMIT]


def _policy_ways(text: str, trail: Trail, kept: tuple[Kept, ...], policy: Data) -> Iterator[str]:
    """Yield the text with the policy rewritten: made of the lines of the old one, else of its values."""
    places = extents(text)
    start, place = key_offset(text, trail), places[trail]
    column = start - line_start(text, start)
    end = line_end(text, place.end)
    if not place.flow:
        head, *lines = [line for each in _lines(text, places, trail, kept, column) for line in each] or [""]
        lines.insert(0, head.removesuffix(":") + text[start + len(str(trail[-1])) : line_end(text, start)])
        yield text[:start] + "\n".join(lines).lstrip(" ") + text[end:]
    yield text[:start] + "\n".join(block(policy, column)).lstrip(" ") + text[end:]
    yield text[:start] + flow(policy)[1:-1] + text[place.end :]


def _lines(
    text: str, places: Mapping[Trail, Extent], trail: Trail, kept: tuple[Kept, ...], column: int
) -> Iterator[list[str]]:
    around: Trail = ()
    for new, old, value in kept:
        for depth in range(1, len(new)):
            if new[:depth] != around[:depth]:
                yield [f"{' ' * (column + 2 * (depth - 1))}{new[depth - 1]}:"]
        around = new[:-1]
        at = column + 2 * (len(new) - 1)
        if old is None:
            yield [f"{' ' * at}{new[-1]}: {value}"]
        else:
            yield _moved(text, places, (*trail[:-1], *old), str(new[-1]), at)


def _moved(text: str, places: Mapping[Trail, Extent], trail: Trail, name: str, column: int) -> list[str]:
    """Return the lines of an entry under another name in another column, with the comments that stand above it."""
    key = key_offset(text, trail)
    start, end = line_start(text, key), line_end(text, places[trail].end)
    by = column - (key - start)
    entry = text[start:key] + text[key:end].replace(str(trail[-1]), name, 1)
    lines = entry.split("\n")
    while start and (above := text[line_start(text, start - 1) : start - 1]).lstrip().startswith("#"):
        lines.insert(0, above)
        start = line_start(text, start - 1)
    return [_shifted(line, by) for line in lines]


def _shifted(line: str, by: int) -> str:
    return " " * by + line if by > 0 else line[min(-by, len(line) - len(line.lstrip(" "))) :]


def _nested(keys: tuple[str, ...], value: Any) -> dict[str, Any]:  # noqa: ANN401
    for key in reversed(keys):
        value = {key: value}
    return dict(value)


def _inside(data: Any, keys: tuple[str, ...]) -> Any:  # noqa: ANN401
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _at(data: Any, trail: Trail) -> Any:  # noqa: ANN401
    for key in trail:
        if isinstance(key, int):
            data = data[key] if isinstance(data, list) and key < len(data) else None
        else:
            data = data.get(key) if isinstance(data, dict) else None
    return data


def _with(data: Any, trail: Trail, value: Any) -> Any:  # noqa: ANN401
    if not trail:
        return value
    key, *rest = trail
    if isinstance(data, list):
        return [_with(each, tuple(rest), value) if at == key else each for at, each in enumerate(data)]
    return {name: _with(each, tuple(rest), value) if name == key else each for name, each in data.items()}
