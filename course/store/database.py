"""SQLite as the journal needs it: explicit transactions, patient locks, and texts that always decode."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Literal

Mode = Literal["rw", "rwc", "ro", "ro&immutable=1"]
"""Only `rwc` creates a database. The last one needs no right to write beside it, and does not see its log."""
BUSY_S = 5.0
"""How long to wait for another window; its transactions take milliseconds."""


SqliteTrouble = (sqlite3.Error, UnicodeDecodeError)
"""What a statement may raise; the second, when SQLite's message quotes a damaged name from the file."""


def family(path: Path) -> tuple[Path, ...]:
    """Return the names of what SQLite keeps beside a database, and the database itself last.

    A stale log would be replayed into a new database of the same name: what is done to one is done to all,
    and to the database last.
    """
    return tuple(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm", "-journal", ""))


def connect(path: Path, mode: Mode = "rw", patience_s: float = BUSY_S) -> sqlite3.Connection:
    """Open a database without reading it yet; its statements wait so long for a lock."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=patience_s,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.text_factory = _decoded
    return connection


def make_durable(connection: sqlite3.Connection) -> None:
    """Let a commit mean that the data is on disk, and readers never wait for a writer.

    If only the process is killed, the system has the data under any setting. FULL syncs on every commit, so a
    power cut loses nothing either, where NORMAL may lose the last commits; at a learner's pace that is cheap.
    """
    with suppress(sqlite3.OperationalError):  # another window is just doing it, or the file system cannot
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all or nothing, with the right to write from the beginning."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def alone(gate: Path, patience_s: float = BUSY_S) -> Iterator[None]:
    """Keep other windows out while a history is opened, set aside or begun.

    SQLite's own lock on an empty file serves as the gate: it works on every system and dies with the process.
    If it cannot be had in time, go on: transactions still protect the data.
    """
    with closing(sqlite3.connect(gate, timeout=patience_s, isolation_level=None)) as connection:
        with suppress(*SqliteTrouble):
            connection.execute("BEGIN EXCLUSIVE")
        yield


def is_busy(error: Exception) -> bool:
    """Did another program have the lock?"""
    return _code(error) == sqlite3.SQLITE_BUSY


def is_full(error: Exception) -> bool:
    """Is there no room left on the disk?"""
    return _code(error) == sqlite3.SQLITE_FULL


def is_damage(error: Exception) -> bool:
    """Is the file itself wrong, rather than the place where it lies?"""
    return _code(error) in _DAMAGE


_DAMAGE = (
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_FORMAT,
    sqlite3.SQLITE_ERROR,  # such as a missing table
)


def _code(error: Exception) -> int:
    if isinstance(error, UnicodeDecodeError):
        return sqlite3.SQLITE_CORRUPT
    primary = 0xFF  # the rest of an extended code says more about the same error
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & primary


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", "replace")
