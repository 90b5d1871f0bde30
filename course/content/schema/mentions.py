"""Names in a file's plain data, and whether they lead somewhere; nothing else that is wrong hides a wrong name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import EllipsisType
from typing import Any

from course.content.yaml.document import Complaints, Trail
from course.content.yaml.wording import nearest, shown

Pattern = tuple[str | int | EllipsisType, ...]
"""A trail, where `...` stands for each item of a list."""


def places(data: Any, pattern: Pattern) -> Iterator[tuple[Trail, Any]]:  # noqa: ANN401 - whatever the file holds
    """Yield every value that the pattern leads to, with its trail; none where the data has another shape."""
    if not pattern:
        yield (), data
        return
    step, *rest = pattern
    for key, inner in _steps(data, step):
        for trail, value in places(inner, tuple(rest)):
            yield (key, *trail), value


def _steps(data: Any, step: str | int | EllipsisType) -> Iterator[tuple[str | int, Any]]:  # noqa: ANN401
    if isinstance(data, list) and not isinstance(step, str):
        yield from (each for each in enumerate(data) if step in (each[0], ...))
    elif isinstance(data, Mapping) and step in data:
        yield str(step), data[step]


def texts(data: object, pattern: Pattern) -> Iterator[tuple[Trail, str]]:
    """Yield those of the values that are text and say something."""
    yield from ((at, value) for at, value in places(data, pattern) if isinstance(value, str) and value.strip())


def names(data: object, items: Pattern, key: str) -> tuple[str, ...] | None:
    """Return what each item of a list holds under the key; None if not all of them can be known."""
    listed = next((value for _, value in places(data, items)), None)
    if not isinstance(listed, list):
        return None
    found = tuple(name for _, name in texts(listed, (..., key)))
    return found if len(found) == len(listed) else None


def keys(data: object, mapping: Pattern) -> tuple[str, ...] | None:
    """Return the keys of a mapping; None if there is none."""
    found = next((value for _, value in places(data, mapping)), None)
    return tuple(found) if isinstance(found, Mapping) else None


def complain_of_unknown(complaints: Complaints, pattern: Pattern, known: Collection[str] | None) -> None:
    """Complain about every name that is not among the known ones; about none if those cannot be known."""
    if known is None:
        return
    there = frozenset(known)
    for trail, name in texts(complaints.document.data, pattern):
        if name not in there and not complaints.full:
            say = f"`{trail[-1]}` names {shown(name)}, which does not exist; {nearest(name, known)}"
            complaints.at_value(trail, say)
