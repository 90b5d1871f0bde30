"""From values to what is printed: JSON for programs, plain lines for people."""

from __future__ import annotations

import codecs
import json
import math
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import PurePath
from typing import Any

from course.characters import REFUSED
from course.cli.progress import erase


def print_json(value: object) -> None:
    """Print a value as JSON on stdout, in ASCII where the encoding may lack a character.

    What a terminal would obey can only stand inside of strings here, and is escaped there as JSON does it.
    """
    text = json.dumps(plain(value), ensure_ascii=is_plain() or not _any_character(), indent=1, allow_nan=False)
    print(REFUSED.sub(lambda found: f"\\u{ord(found.group()):04x}", text))


def plain(value: object) -> Any:  # noqa: ANN401 - JSON values have no common type
    """Return dataclasses, paths and the like as plain JSON values; a number that JSON cannot hold becomes null."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset | range):
        return [plain(each) for each in value]
    if isinstance(value, PurePath):
        return value.as_posix()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def clock(seconds: float | None) -> str:
    """Return seconds as m:ss, or a dash."""
    if seconds is None:
        return "-"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def is_plain() -> bool:
    """Is what is printed read out, rather than looked at?"""
    return bool(getattr(sys.stdout, "plain", False))


def tick(passed: bool) -> str:
    """Return a sign for what is met or missed; a word where signs are not read."""
    if is_plain():
        return "Met:" if passed else "Missed:"
    met, missed = "✓✗" if _any_character() else "+-"
    return met if passed else missed


def _any_character() -> bool:
    """Can stdout show every character?"""
    return codecs.lookup(sys.stdout.encoding or "utf-8").name == "utf-8"


def counted(number: int, thing: str) -> str:
    """Return how many there are, in words: `1 lab`, `2 labs`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def complain(text: str) -> None:
    """Print a complaint on stderr."""
    print(text, file=sys.stderr)


def fewer(workers: int) -> None:
    """Complain that a worker process has died, and say how it goes on."""
    by = "by this one alone" if workers == 1 else f"by {workers} processes"
    erase()
    complain(f"A worker process has died, most likely for want of memory. Its part is done again {by}.")
