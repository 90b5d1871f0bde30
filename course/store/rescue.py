"""What to do with a file that is not a sound history: read what can be read, put it aside, delete nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from course.history import Event
from course.store.database import BUSY_S, Mode, SqliteTrouble, connect, family, is_busy, is_damage
from course.store.migrations import APPLICATION_ID, version_of
from course.store.rows import COLUMNS, INSERT, to_event


@dataclass(frozen=True, slots=True)
class Examined:
    """The condition of a history file."""

    condition: Literal["sound", "newer", "damaged"]
    events: tuple[Event, ...] = ()
    """What can be read, if it is not sound."""


def examine(path: Path, latest: int, patience_s: float = BUSY_S) -> Examined:
    """Look at a history file; an error if it cannot be looked at, such as for want of rights."""
    if not path.exists() or path.stat().st_size == 0:
        return Examined("damaged")  # before SQLite sees it: it takes an empty file for a new one, and drops its log
    with closing(connect(path, patience_s=patience_s)) as connection:
        try:
            condition = _condition(connection, latest)
        except SqliteTrouble as error:
            if not is_damage(error):
                raise
            condition = "damaged"
        return Examined(condition, () if condition == "sound" else tuple(_readable(connection)))


def readable_events(path: Path, patience_s: float = BUSY_S) -> tuple[Event, ...]:
    """Return the events of a file that cannot be opened for writing; none if it cannot be read either."""
    modes: tuple[Mode, ...] = ("ro", "ro&immutable=1")
    for mode in modes:
        with suppress(OSError, *SqliteTrouble), closing(connect(path, mode, patience_s)) as connection:
            events = tuple(_readable(connection))
            if events:
                return events
    return ()


def set_aside(path: Path, now: datetime) -> Path:
    """Rename a file and what SQLite keeps beside it, and return its new name."""
    kept = free_name(path, "damaged", now)
    for old, new in zip(family(path), family(kept), strict=True):
        if old.exists():
            old.rename(new)
    return kept


def free_name(path: Path, word: str, now: datetime) -> Path:
    """Return a name such as `history.damaged-20261122T120000Z.db` that no file has."""
    stamp = f"{path.stem}.{word}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    names = [path.with_name(stamp + path.suffix)]
    while any(each.exists() for each in family(names[-1])):
        names.append(path.with_name(f"{stamp}-{len(names) + 1}{path.suffix}"))
    return names[-1]


def _condition(connection: sqlite3.Connection, latest: int) -> Literal["sound", "newer", "damaged"]:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    version = version_of(connection)
    if application != APPLICATION_ID or version < 1:
        return "damaged"
    if version > latest:
        return "newer"
    if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
        return "damaged"
    if version == latest:
        _try_writing(connection)
    return "sound"


def _try_writing(connection: sqlite3.Connection) -> None:
    """Raise an error if no event could be appended; another window that is just writing is none."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(INSERT, ("", "", "", "{}"))
    except sqlite3.OperationalError as error:
        if not is_busy(error):
            raise
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _readable(connection: sqlite3.Connection) -> Iterator[Event]:
    """Yield what can be read before the damage and, from the other end, behind it."""
    rows: dict[int, tuple[object, ...]] = {}
    for direction in ("ASC", "DESC"):
        with suppress(*SqliteTrouble):
            for id, *row in connection.execute(f"SELECT rowid, {COLUMNS} FROM events ORDER BY 1 {direction}"):
                if id in rows:  # the other end's rows, or a damaged tree that runs in a circle
                    break
                rows[id] = tuple(row)
    for id in sorted(rows):
        event = to_event(*rows[id])
        if event:
            yield event
