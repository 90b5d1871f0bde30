"""One line about a field of a request, for whoever is writing it: what it means, what fits, what holds without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.aws.allowed import Allowed, allowed
from engine.aws.calls import AFTER, IF, LATER, LATEST_S, UNLESS, request_of
from engine.aws.finding import Path
from engine.aws.meanings import MEANINGS, Meaning, meaning
from engine.aws.rules.alarms import SHORT_PERIODS_S

WIDEST = 76
"""Characters of a line: what a terminal of 80 columns has room for beside margins."""
BETWEEN = " · "
NO_PLAN_NEEDS_IT = Meaning("No plan of this course needs it")


def about(operation: str, path: Sequence[str | int], beside: Mapping[str, object] | None = None) -> str:
    """Return the line about a field, empty for one that AWS does not know.

    `beside` is the mapping around it as far as it is written.
    """
    keys = tuple(key for key in path if isinstance(key, str))
    if not keys and operation in MEANINGS:
        return MEANINGS[operation].say
    found = allowed(operation, path, beside)
    if found is None:
        return ""
    told = meaning(operation, path) or NO_PLAN_NEEDS_IT
    return _line(told, found, keys[-1])


def about_place(path: Path, beside: Mapping[str, object] | None = None) -> str:
    """Return the line about a place of a plan, empty for one that means nothing."""
    if path == (LATER,):
        return MEANINGS[LATER].say
    if path[:1] == (LATER,) and path[-1] in (IF, UNLESS):
        return _line(MEANINGS[str(path[-1])], Allowed(kind="mapping"), str(path[-1]))
    if path[:1] == (LATER,) and path[-1] == AFTER:
        return _line(MEANINGS[AFTER], Allowed(kind="number", required=True, least=0, most=LATEST_S), AFTER)
    found = request_of(path)
    return about(*found, beside) if found else ""


def _line(told: Meaning, found: Allowed, field: str) -> str:
    last = told.without or ("required" if found.required or told.required else "optional")
    room = WIDEST - len(BETWEEN.join((told.say, "", last)))
    fits = next((words for words in _fits(told, found, field) if len(words) <= room), "")
    return BETWEEN.join(filter(None, (told.say, fits, last)))


def _fits(told: Meaning, found: Allowed, field: str) -> Iterator[str]:
    """Yield in words what fits, the shorter the later."""
    unit = f" {told.unit}" if told.unit else ""
    if found.choices:
        yield ", ".join(found.choices)
        yield f"one of {len(found.choices)}"
    elif field == "Period":
        yield f"{', '.join(map(str, SHORT_PERIODS_S))} or a multiple of 60{unit}"
    elif found.kind == "true or false":
        yield "true, false"
    elif found.bounds:
        yield f"{found.bounds}{unit}"
    elif found.kind == "number":
        yield f"a number{f' in {told.unit}' if unit else ''}"
