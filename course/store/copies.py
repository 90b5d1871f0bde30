"""A copy of a history beside it, before something is done that a learner may regret."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from course.errors import one_line
from course.ports import CopyError
from course.store.database import SqliteTrouble, connect
from course.store.rescue import free_name

WORD = "backup"
"""Part of its name, with the time: `history.backup-20261126T220000Z.db`."""


def keep_copy(connection: sqlite3.Connection, path: Path, now: datetime) -> str:
    """Copy what the database holds, that of its log too, under a free name beside `path`; CopyError if it cannot be."""
    target = free_name(path, WORD, now)
    try:
        with closing(connect(target, "rwc")) as copy:
            connection.backup(copy)
    except (OSError, *SqliteTrouble) as error:
        with suppress(OSError):
            target.unlink(missing_ok=True)  # half a copy would be taken for one
        raise CopyError(f"{one_line(target)} cannot be written ({error}), so nothing was changed.") from error
    return str(target)


def file_of(connection: sqlite3.Connection) -> Path:
    """Return the file that is open."""
    [(_, _, name), *_] = connection.execute("PRAGMA database_list").fetchall()
    return Path(name)
