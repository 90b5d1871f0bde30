"""The learner's history on disk."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, cast

from course.folds.fold import Fold, State
from course.folds.order import MERGED, in_order, joined, without_marks
from course.history import Event, Keeping
from course.store.copies import file_of, keep_copy
from course.store.database import SqliteTrouble, transaction
from course.store.rows import COLUMNS, INSERT, read_back, to_event, to_row
from course.store.snapshots import Snapshots

NOT_READ = "Your history cannot be read to its end ({why})."
KEPT_EVERY = 1000
"""Events, after which the result of a fold is kept again; so many are folded in some milliseconds."""
LOST = "Not saved when the program ended ({why}): what you did last. Do it again once that is mended."


class SqliteJournal:
    """Events in one file. Any thread may use it, and several processes may use one file.

    What cannot be written, such as on a full disk, is kept and tried again with the next event.
    """

    def __init__(
        self, connection: sqlite3.Connection, notice: str | None = None, snapshots: Snapshots | None = None
    ) -> None:
        self._connection = connection
        self._snapshots = snapshots
        """Where folds are kept, if anywhere."""
        self._folds: dict[str, _Folded] = {}
        self._notice = notice
        self._not_read: str | None = None
        self._not_saved: str | None = None
        self._why: Exception | None = None
        self._lock = Lock()
        self._read: list[Event] = []
        self._last_id = 0
        self._unreadable = 0
        self._unsaved: list[Event] = []

    def record(self, event: Event) -> None:
        """Append an event; when this returns it is on disk, or `warning` says that it is not."""
        event = read_back(event)  # data that cannot be stored is a mistake of the program, to be raised here
        with self._lock:
            self._unsaved.append(event)
            self._save()

    def events(self) -> tuple[Event, ...]:
        """Return all events in the order in which they count, those of other windows among them."""
        with self._lock:
            try:
                self._read_on()
                self._not_read = None
            except SqliteTrouble as error:
                self._not_read = NOT_READ.format(why=error)
            return (*self._read, *self._unsaved)

    def folded(self, fold: Fold[State]) -> State:
        """Return a fold over all events, those of other windows among them; of long histories the result is kept."""
        with self._lock:
            try:
                state = self._fold_on(fold)
                self._not_read = None
            except SqliteTrouble as error:
                self._not_read = NOT_READ.format(why=error)
                state = fold.of(self._read)
            return fold.onward(state, self._unsaved)

    def fold(self, fold: Fold[State]) -> State:
        """Return a fold over all events on disk; SqliteTrouble if they cannot be read to the end."""
        with self._lock:
            return self._fold_on(fold)

    @property
    def rows(self) -> int:
        """About how many events there are; SqliteTrouble if that cannot be read."""
        with self._lock:
            (last,) = self._connection.execute("SELECT max(id) FROM events").fetchone()
            return last or 0

    @property
    def warning(self) -> str | None:
        """What the learner must know; None if everything is saved."""
        with self._lock:
            count = self._unreadable
            lost = f"Entries of your history that cannot be read: {count}." if count else None
            return " ".join(filter(None, (self._notice, lost, self._not_read, self._not_saved))) or None

    @property
    def keeping(self) -> Keeping:
        """Is all on disk?"""
        pending = len(self._unsaved)
        return Keeping("not saved", pending) if pending else Keeping()

    def save(self, events: Iterable[Event]) -> None:
        """Append events, all or none; SqliteTrouble if that is not possible."""
        with self._lock:
            append(self._connection, events)

    def save_missing(self, events: Iterable[Event]) -> int:
        """Append those events that the file does not hold, in their order, all or none; return how many these are."""
        with self._lock:
            return append_missing(self._connection, events)

    def merge(self, events: Iterable[Event]) -> int:
        """Take another history in, all or nothing, and return how many of its events are new."""
        with self._lock:
            return merge(self._connection, events)

    def keep_copy(self, now: datetime) -> str:
        """Copy the history beside it."""
        with self._lock:
            return keep_copy(self._connection, file_of(self._connection), now)

    def read(self) -> tuple[Event, ...]:
        """Return all events on disk; SqliteTrouble if they cannot be read to the end."""
        with self._lock:
            self._read_on()
            return tuple(self._read)

    def close(self) -> None:
        """Give the file back, after a last try to save what is unsaved."""
        with self._lock, suppress(*SqliteTrouble):
            if self._unsaved:
                self._save()
            if self._not_saved is not None:
                self._not_saved = LOST.format(why=self._why)
            self._connection.close()

    def _save(self) -> None:
        try:
            append(self._connection, self._unsaved)
        except SqliteTrouble as error:
            self._why, self._not_saved = error, not_saved(error)
        else:
            self._unsaved.clear()
            self._not_saved = None

    def _fold_on(self, fold: Fold[State]) -> State:
        so_far = self._folds.get(fold.name)
        if so_far is None:
            kept = self._snapshots.load(fold, self._connection) if self._snapshots else None
            so_far = _Folded(*kept, kept[1]) if kept else _Folded(fold.nothing, 0, 0)
        row, events = self._after(so_far.row)
        if so_far.row and any(event.kind == MERGED for event in events):  # what was folded comes in another order now
            so_far = _Folded(fold.nothing, 0, 0)
            row, events = self._after(0)
        state = fold.onward(so_far.state, events) if events else so_far.state
        kept_row = so_far.kept_row
        if self._snapshots and row - kept_row >= KEPT_EVERY:
            self._snapshots.save(fold, state, self._connection, row)
            kept_row = row
        self._folds[fold.name] = _Folded(state, row, kept_row)
        return cast(State, state)

    def _after(self, row: int) -> tuple[int, Sequence[Event]]:
        """Return the events after a row, and the last row; all of them are remembered, for others to come."""
        if row == 0:
            self._read_on()
            return self._last_id, self._read
        rows = self._connection.execute(f"SELECT id, {COLUMNS} FROM events WHERE id > ? ORDER BY id", (row,)).fetchall()
        events = (to_event(*each) for _, *each in rows)
        return rows[-1][0] if rows else row, [event for event in events if event is not None]

    def _read_on(self) -> None:
        rows = self._connection.execute(f"SELECT id, {COLUMNS} FROM events WHERE id > ? ORDER BY id", (self._last_id,))
        merged = False
        for self._last_id, *row in rows:
            event = to_event(*row)
            if event:
                self._read.append(event)
                merged |= event.kind == MERGED
            else:
                self._unreadable += 1
        if merged:
            self._read[:] = in_order(self._read)


@dataclass(frozen=True, slots=True)
class _Folded:
    """A fold up to a row."""

    state: Any
    row: int
    kept_row: int
    """The last row that what was kept of it covers."""


def not_saved(why: object) -> str:
    """Return what the learner is told meanwhile."""
    return f"Not saved ({why}): what you did last. It is tried again until the program ends."


def append(connection: sqlite3.Connection, events: Iterable[Event]) -> None:
    """Append events, all or none."""
    with transaction(connection):
        connection.executemany(INSERT, map(to_row, events))


def append_missing(connection: sqlite3.Connection, events: Iterable[Event]) -> int:
    """Append the events that the database lacks, and return their number; what happened twice must be there twice."""
    with transaction(connection):
        missing = _missing(_all(connection), events)
        connection.executemany(INSERT, map(to_row, missing))
        return len(missing)


def merge(connection: sqlite3.Connection, events: Iterable[Event]) -> int:
    """Append the events that the database lacks, so that all count in one order (`course.folds.order`)."""
    there = without_marks(events)
    with transaction(connection):
        here = without_marks(in_order(_all(connection)))
        goes_on = here == there[: len(here)]  # the usual case, and no row has to be made of what is here
        missing = there[len(here) :] if goes_on else _missing(here, there)
        connection.executemany(INSERT, map(to_row, joined(here, there, missing)))
        return len(missing)


def _all(connection: sqlite3.Connection) -> tuple[Event, ...]:
    rows = connection.execute(f"SELECT {COLUMNS} FROM events ORDER BY id")
    return tuple(event for event in (to_event(*row) for row in rows) if event is not None)


def _missing(here: Iterable[Event], there: Iterable[Event]) -> tuple[Event, ...]:
    """Return those of there that are not here, in their order."""
    known = Counter(map(to_row, here))
    missing: list[Event] = []
    for event in there:
        row = to_row(event)
        if known[row]:
            known[row] -= 1
        else:
            missing.append(event)
    return tuple(missing)
