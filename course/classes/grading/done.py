"""Grades that are finished, in a file of lines beside the gradebook: whoever stops and begins again goes on there.

A line holds its own hash, and a key made of everything that the grade depends on. What does not fit is not believed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TextIO

from course.classes.grading.outcome import Outcome, as_data, from_data

NAME = "grades.done.jsonl"
LONGEST_LINE = 2_000_000
MOST_BYTES = 1 << 30


def key(*parts: object) -> str:
    """Return what tells a grade from all others: a hash of everything that it depends on."""
    return sha256(json.dumps([repr(part) for part in parts]).encode()).hexdigest()


def kept(file: Path) -> tuple[dict[str, Outcome], int]:
    """Return the grades of a file, and how many of its lines are none; nothing of a file that is not there."""
    found: dict[str, Outcome] = {}
    wrong = 0
    if not file.is_file() or file.stat().st_size > MOST_BYTES:
        return found, int(file.exists())
    with file.open("rb") as lines:
        while line := lines.readline(LONGEST_LINE):
            try:
                name, outcome = _read(line)
                found[name] = outcome
            except (KeyError, TypeError, ValueError, RecursionError):
                wrong += 1
    return found, wrong


@contextmanager
def keeping(file: Path) -> Iterator[Keeper]:
    """Open the file to add to it; half a line that an earlier end has left is ended first."""
    torn = file.is_file() and file.stat().st_size > 0 and not _ends_well(file)
    with file.open("a", encoding="utf-8", newline="\n") as out:
        if torn:
            out.write("\n")
        yield Keeper(out)


class Keeper:
    """Writes grades down as they come."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def keep(self, name: str, outcome: Outcome) -> None:
        """Write a grade down, so that it stays whatever comes next."""
        row = {"key": name, "outcome": as_data(outcome)}
        self._out.write(json.dumps({**row, "sha256": _hash(row)}) + "\n")
        self._out.flush()


def _read(line: bytes) -> tuple[str, Outcome]:
    data = json.loads(line)
    row = {"key": data["key"], "outcome": data["outcome"]}
    if data["sha256"] != _hash(row) or not isinstance(row["key"], str):
        raise ValueError("the line was damaged")
    return row["key"], from_data(row["outcome"])


def _hash(row: Mapping[str, object]) -> str:
    return sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()


def _ends_well(file: Path) -> bool:
    with file.open("rb") as lines:
        lines.seek(-1, 2)
        return lines.read(1) == b"\n"
