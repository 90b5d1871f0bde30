"""How a history is opened, whatever state it is in."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import assert_never

from course.errors import one_line
from course.history import Event
from course.store.database import BUSY_S, SqliteTrouble, alone, connect, family, is_busy, make_durable
from course.store.journal import SqliteJournal, append
from course.store.memory import MemoryJournal
from course.store.migrations import APPLICATION_ID, MIGRATIONS, Migration, migrate
from course.store.rescue import examine, free_name, readable_events, set_aside
from course.store.snapshots import Snapshots

_NOT_WRITABLE = (
    "Nothing can be saved: {path} cannot be written ({reason}). You can go on, but what you do now is"
    " forgotten when the program ends."
)
_LOCKED = (
    "Nothing can be saved: another program uses {path} and does not let go of it. Close it, and try again; what you do"
    " now is forgotten when the program ends."
)
_NEWER = (
    "Your history was written by a newer version of this program. Update the program to go on with it;"
    " until then nothing is saved."
)


def open_journal(
    path: Path, now: datetime, migrations: Sequence[Migration] = MIGRATIONS, patience_s: float = BUSY_S
) -> SqliteJournal | MemoryJournal:
    """Open the history at `path`, or begin one; its `warning` says what is not as it should be.

    A file that is no sound history is renamed, never deleted, and a new one begun with what could be read of
    it. Where nothing can be written, and for the history of a newer program, events are kept in memory. `now`
    is part of the names of files set aside; each lock of another program is waited for so long.
    """
    if now.tzinfo is None:
        raise ValueError(f"the time must be timezone-aware, got {now!r}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with alone(path.with_suffix(".lock"), patience_s):
            return _open(path, now, migrations, patience_s)
    except (OSError, *SqliteTrouble) as error:
        reason = getattr(error, "strerror", None) or error
        say, more_s = (_LOCKED, 0.0) if is_busy(error) else (_NOT_WRITABLE, patience_s)
        return MemoryJournal(readable_events(path, more_s), say.format(path=one_line(path), reason=reason))


def _open(
    path: Path, now: datetime, migrations: Sequence[Migration], patience_s: float
) -> SqliteJournal | MemoryJournal:
    def ready() -> sqlite3.Connection:
        return _ready(path, now, migrations, patience_s)

    if not any(each.exists() for each in family(path)):
        _draft(path, migrations, ()).replace(path)
        return SqliteJournal(ready(), snapshots=Snapshots(path))
    found = examine(path, migrations[-1].version, patience_s)
    match found.condition:
        case "sound":
            return SqliteJournal(ready(), snapshots=Snapshots(path))
        case "newer":
            return MemoryJournal(found.events, _NEWER)
        case "damaged":
            draft = _draft(path, migrations, found.events)
            kept = set_aside(path, now)
            draft.replace(path)
            return SqliteJournal(ready(), _set_aside_notice(kept, found.events), Snapshots(path))
        case _:
            assert_never(found.condition)


def _ready(path: Path, now: datetime, migrations: Sequence[Migration], patience_s: float) -> sqlite3.Connection:
    """Return a connection to a sound history, brought up to date."""
    connection = connect(path, patience_s=patience_s)
    try:
        migrate(connection, migrations, lambda version: _copy(connection, free_name(path, f"v{version}", now)))
        make_durable(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _draft(path: Path, migrations: Sequence[Migration], events: Sequence[Event]) -> Path:
    """Make a new history under another name: it is to appear all at once, never half made."""
    draft = path.with_name(path.name + ".new")
    for leftover in family(draft):
        leftover.unlink(missing_ok=True)
    with closing(connect(draft, "rwc")) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrate(connection, migrations, keep_copy=lambda version: None)
        append(connection, events)
    return draft


def _set_aside_notice(kept: Path, events: Sequence[Event]) -> str:
    carried = f"the entries that could be read ({len(events)})" if events else "nothing in it"
    return (
        f"Your history file was damaged, or not of this program. It is kept as {kept.name}, and a new one"
        f" has begun with {carried}."
    )


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    with closing(connect(target, "rwc")) as copy:
        connection.backup(copy)
