"""The shape of the database, one numbered step after the other.

To change it: append a `Migration`; never edit one that has been released.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from course.store.database import transaction

APPLICATION_ID = 0x6D6C636F
"""Marks the file as ours in SQLite's header: the letters `mlco`."""


@dataclass(frozen=True, slots=True)
class Migration:
    """A step to the next shape."""

    version: int
    """The `user_version` that it leads to: 1, 2, 3, ..."""
    statements: tuple[str, ...]


MIGRATIONS = (
    Migration(
        1,
        (
            "CREATE TABLE events (id INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL,"
            " subject TEXT NOT NULL, data TEXT NOT NULL)",
            "CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events"
            " BEGIN SELECT RAISE(ABORT, 'history is only ever appended to'); END",
            "CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events"
            " BEGIN SELECT RAISE(ABORT, 'history is only ever appended to'); END",
        ),
    ),
)


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of the database's shape; 0 for a new one."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def migrate(
    connection: sqlite3.Connection, migrations: Sequence[Migration], keep_copy: Callable[[int], object]
) -> None:
    """Bring the database up to date, each step in a transaction of its own.

    `keep_copy(version)` is called before anything changes, unless the database is new.
    """
    before = version_of(connection)
    missing = [migration for migration in migrations if migration.version > before]
    if missing and before > 0:
        keep_copy(before)
    for migration in missing:
        with transaction(connection):
            _step(connection, migration)


def _step(connection: sqlite3.Connection, migration: Migration) -> None:
    if version_of(connection) >= migration.version:
        return  # another window was faster
    for statement in migration.statements:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {migration.version}")
