"""What was folded of a history, kept in files beside it; whatever does not fit the history is thrown away.

The history stays the truth: a file holds the number of the last row that it covers, how many rows there are up to it,
and a checksum of some of them. A history that was replaced, or lost rows, has others.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from course.folds.fold import Fold, State
from course.store.rows import COLUMNS

LOOKED_AT = 64
"""Rows in the checksum of a history, evenly spread, the last one among them: all of them would take as long as reading
them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is recognized of a history, up to a row."""

    row: int
    """Its number."""
    rows: int
    """How many there are up to it."""
    checksum: str


@dataclass(frozen=True, slots=True)
class Snapshots:
    """Files beside a history."""

    history: Path

    def load(self, fold: Fold[State], connection: sqlite3.Connection) -> tuple[State, int] | None:
        """Return what was kept and the number of the last row that it covers; None if nothing that fits was kept."""
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            head, body = self._file(fold).read_text(encoding="utf-8").split("\n", 1)
            kept = json.loads(head)
            mark = Mark(**kept["mark"])
            same = kept["version"] == fold.version and kept["body"] == _checksum(body)
            if same and mark == mark_at(connection, mark.row):
                return fold.read(json.loads(body)), mark.row
        return None

    def save(self, fold: Fold[State], state: State, connection: sqlite3.Connection, row: int) -> None:
        """Keep a state of the history up to a row; where nothing can be written the next start takes longer."""
        body = json.dumps(fold.written(state), separators=(",", ":"))
        mark = mark_at(connection, row)
        head: dict[str, Any] = {
            "version": fold.version,
            "body": _checksum(body),
            "mark": {"row": mark.row, "rows": mark.rows, "checksum": mark.checksum},
        }
        file = self._file(fold)
        new = file.with_suffix(".new")
        with suppress(OSError):
            new.write_text(f"{json.dumps(head)}\n{body}", encoding="utf-8")
            new.replace(file)

    def _file(self, fold: Fold[Any]) -> Path:
        return self.history.with_name(f"{self.history.stem}.{fold.name}.json")


def mark_at(connection: sqlite3.Connection, row: int) -> Mark:
    """Return what is recognized of a history up to a row."""
    (rows,) = connection.execute("SELECT count(*) FROM events WHERE id <= ?", (row,)).fetchone()
    ids = sorted({max(row * part // LOOKED_AT, 1) for part in range(1, LOOKED_AT + 1)})
    places = ", ".join("?" * len(ids))
    found = connection.execute(f"SELECT id, {COLUMNS} FROM events WHERE id IN ({places}) ORDER BY id", ids).fetchall()
    return Mark(row, rows, _checksum(repr(found)))


def _checksum(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
