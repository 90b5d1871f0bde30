"""A history that is written behind the back of the screens: nobody waits for a disk, or for another program's lock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Condition, Thread
from typing import Any, TypeAlias

from course.folds.fold import Fold, State
from course.history import Event, Keeping
from course.ports import CopyError
from course.store.copies import keep_copy
from course.store.database import SqliteTrouble, connect, family, is_busy, is_full
from course.store.journal import not_saved
from course.store.memory import MemoryJournal
from course.store.migrations import MIGRATIONS
from course.store.opening import open_journal
from course.store.rescue import examine
from course.store.rows import read_back
from course.store.words import listed

PATIENCE_S = 0.5
"""How long one try waits for a lock: between two of them the file is looked at again, and a close is heard."""
REST_S = 0.5
"""Between two tries, unless something new is to be saved; longer after each, but for a lock."""
LONGEST_REST_S = 30.0
TRIES_WHILE_SAVING = 5
"""A lock that is held longer than that is told: other windows write for milliseconds."""
LAST_TRIES = 4
"""When the program ends; together with the rests about as many seconds."""
LOOK_S = 0.05
"""What a screen waits to learn what other windows have written: a few frames."""
SAVED_IN_S = 3.0
"""How long a copy waits for what is not on disk yet."""
LONG = 5000
"""Events: to read as many takes some hundredths of a second."""
LATER_S = 1.0
"""After the start, in which a long history need not be read to its beginning: the first screen is painted then."""
NOTICE = "Your history file was taken away, replaced or written over; what it lacked has been written into it again."
Identity: TypeAlias = tuple[int, int] | None
"""Which file lies at a path; None if there is none, or nothing in it."""
Stamp: TypeAlias = tuple[int, int] | None
"""When a file was last changed, in nanoseconds, and its size in bytes; None if there is none."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something is not saved."""

    say: str
    """A sentence; empty where the journal's own warning says it."""
    passing: bool = False
    """Is it another program's lock, which is gone in a moment?"""


class Keeper:
    """Implements `course.ports.Journal` for programs that go on while a history cannot be written, and mend it later.

    One thread does all reading and writing. What it could not save is tried again; a file that was taken away or
    replaced is written anew, with all that this program knows and the file that is there now lacks.
    """

    def __init__(
        self, path: Path, now: Callable[[], datetime], *, patience_s: float = PATIENCE_S, rest_s: float = REST_S
    ) -> None:
        self._path, self._now, self._patience_s, self._rest_s = path, now, patience_s, rest_s
        self._in_doubt = False
        """May the file lack what is known, or hold what is pending?"""
        self._identity: Identity = None
        """The file that is open."""
        self._stamp: Stamp = None
        """When that file was last written, which this program seldom does: SQLite writes beside it. Otherwise somebody
        may have written over it, and SQLite would go on with what it remembers of it until the program ends."""
        self._log: Mapping[Path, Identity] = {}
        """What SQLite keeps beside that file."""
        self._notice: str | None = None
        self._open()
        self._known: tuple[Event, ...] | None = None if self._is_long() else self._journal.events()
        """What is on disk; None as long as a long history has not been read. Folds over it may be there already."""

        self._changed = Condition()
        """Guards all that follows, which any thread reads."""
        self._pending: list[Event] = []
        self._shown = self._known
        self._whole = self._known is not None
        """Is all to be read? At once if it is asked for, else when the first screen has long been painted: should the
        file be taken away, this program must know what was in it."""
        self._folds: dict[str, Fold[Any]] = {}
        """Those that were asked for, each to be kept up with what is saved."""
        self._states: Mapping[str, Any] = {}
        """What they come to, of the events that are saved."""
        self._said = self._journal.warning
        self._trouble: Trouble | None = None
        self._tries = 0
        """How many did not work, since one did."""
        self._passing = self._asked = self._busy = self._closing = self._closed = self._ended = False
        self._thread = Thread(target=self._work, name="history", daemon=True)
        self._thread.start()

    def record(self, event: Event) -> None:
        """Remember an event, to be saved in a moment; TypeError if its data is of no kind that can be."""
        event = read_back(event)
        with self._changed:
            self._pending.append(event)
            self._ask()

    def events(self) -> tuple[Event, ...]:
        """Return all events, oldest first; those of other windows as far as they can be read at once."""
        with self._changed:
            self._whole = True
            self._look_or_wait(lambda: self._shown is not None)
            return (*(self._shown or ()), *self._pending)

    def folded(self, fold: Fold[State]) -> State:
        """Return a fold over all events; those of other windows as far as they can be read at once."""
        with self._changed:
            self._folds.setdefault(fold.name, fold)
            self._look_or_wait(lambda: fold.name in self._states)
            if fold.name in self._states:
                return fold.onward(self._states[fold.name], self._pending)
        return fold.of(self.events())

    def keep_copy(self, now: datetime) -> str:
        """Copy the history beside it, once all of it is saved; CopyError if that takes longer than seconds."""
        with self._changed:
            self._ask()
            self._changed.wait_for(lambda: not (self._pending or self._asked or self._busy) or self._tries, SAVED_IN_S)
            if self._pending or self._tries:
                raise CopyError("Not all of your history is saved, so no copy can be made, and nothing was changed.")
        try:
            with closing(connect(self._path, "ro", self._patience_s)) as connection:
                return keep_copy(connection, self._path, now)
        except (OSError, *SqliteTrouble) as error:
            raise CopyError(f"The history cannot be copied ({error}), so nothing was changed.") from error

    def _look_or_wait(self, is_there: Callable[[], bool]) -> None:
        """Have the disk looked at, for a moment; what is not there at all is waited for, unless it cannot be had."""
        self._ask()
        patience_s = LOOK_S if is_there() else None
        if not self._tries:
            self._changed.wait_for(
                lambda: self._tries or self._ended or (is_there() and not (self._asked or self._busy)), patience_s
            )

    @property
    def keeping(self) -> Keeping:
        """How much is on disk by now."""
        with self._changed:
            pending = len(self._pending)
            if self._trouble is not None or (self._closed and pending):
                return Keeping("not saved", pending)
            return Keeping("saving", pending) if pending else Keeping()

    @property
    def warning(self) -> str | None:
        """What the learner must know; None if all is well, or will be in a moment."""
        with self._changed:
            trouble = self._trouble.say if self._trouble else None
            if self._closed and self._pending:
                trouble = f"Not saved when the program ended: {listed(self._pending)}."
            return " ".join(filter(None, (self._said, self._notice, trouble))) or None

    def close(self) -> None:
        """Save what is pending, which takes some seconds at most, and give the file back."""
        with self._changed:
            self._closing = True
            self._ask()
        self._thread.join(2 * LAST_TRIES * (self._patience_s + self._rest_s))
        with self._changed:
            self._closed = True

    def _ask(self) -> None:
        self._asked = True
        self._changed.notify_all()

    def _work(self) -> None:
        """Save and look again whenever that is asked for, and after a rest where it did not work."""
        last_tries = 0
        while last_tries < LAST_TRIES:
            with self._changed:
                self._whole |= not self._changed.wait_for(lambda: self._asked, self._rest)
                self._asked, self._busy = False, True
                batch, last, folds = tuple(self._pending), self._closing, tuple(self._folds.values())
            trouble = self._try(batch, last=last)
            states = self._folded(folds) if trouble is None else self._states
            with self._changed:
                self._publish(batch, trouble)
                self._states = states
                self._busy = False
                self._changed.notify_all()
                if last and not self._pending and trouble is None:
                    break
            last_tries += last
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        with suppress(*SqliteTrouble):
            self._journal.close()

    @property
    def _rest(self) -> float | None:
        """How long to wait, for lack of anything new, before the next try."""
        if self._closing or self._passing:
            return self._rest_s
        if self._tries:
            return min(self._rest_s * 2.0 ** min(self._tries - 1, 16), LONGEST_REST_S)
        return None if self._whole else LATER_S

    def _publish(self, batch: Sequence[Event], trouble: Trouble | None) -> None:
        """Let the screens know how it went."""
        if trouble is None:
            del self._pending[: len(batch)]
            self._tries = 0
        else:
            self._tries += 1
        self._passing = trouble is not None and trouble.passing
        patient = self._passing and self._tries < TRIES_WHILE_SAVING
        self._trouble = None if patient else trouble
        self._shown, self._said = self._known, self._journal.warning

    def _try(self, batch: Sequence[Event], *, last: bool) -> Trouble | None:
        """Bring everything to disk, and take in what others have written there; return why that was not possible."""
        try:
            return self._look(last=last) or self._save(batch)
        except SqliteTrouble as error:
            self._in_doubt = True
            if not (is_busy(error) or is_full(error)):
                self._identity = None  # nothing that a connection to this file could do better
            return Trouble(not_saved(error), passing=is_busy(error))

    def _look(self, *, last: bool) -> Trouble | None:
        """Open the history again if another file lies there, or none; return why that was not possible."""
        there, stamp = _identity(self._path), _stamp(self._path)
        if there == self._identity is not None and stamp != self._stamp:
            examine(self._path, MIGRATIONS[-1].version, self._patience_s)  # locked: not now
            self._reopen()
        elif self._identity is None or there != self._identity:
            if there is None and self._identity is not None and not last and not self._path.parent.is_dir():
                return Trouble(not_saved("its folder is gone"))  # a disk or a folder that is away may come back
            self._reopen(another=True)
        return Trouble("") if isinstance(self._journal, MemoryJournal) else None

    def _reopen(self, *, another: bool = False) -> None:
        """Open the file that is there now, which may be another one than that which is open."""
        with suppress(*SqliteTrouble):
            if self._known is None and not isinstance(self._journal, MemoryJournal):
                self._known = self._journal.read()
        with suppress(*SqliteTrouble):
            self._journal.close()
        if another:
            self._clear_log()
        self._open()
        self._in_doubt = True

    def _open(self) -> None:
        self._journal = open_journal(self._path, self._now(), patience_s=self._patience_s)
        self._stamp = _stamp(self._path)
        self._identity = None if isinstance(self._journal, MemoryJournal) else _identity(self._path)

    def _is_long(self) -> bool:
        """Would it be felt if all of it were read before anything is shown?"""
        with suppress(*SqliteTrouble):
            return not isinstance(self._journal, MemoryJournal) and self._journal.rows >= LONG
        return False

    def _folded(self, folds: Sequence[Fold[Any]]) -> Mapping[str, Any]:
        """Return what folds come to, of all that is saved; without those that cannot be had."""
        states: dict[str, Any] = {}
        if not isinstance(self._journal, MemoryJournal):
            for fold in folds:
                with suppress(*SqliteTrouble):
                    states[fold.name] = self._journal.fold(fold)
        return states

    def _clear_log(self) -> None:
        """Delete the log of the file that was here: replayed into another file it would destroy that, and all that it
        holds is known."""
        for name, identity in self._log.items():
            if identity is not None and _identity(name) == identity:
                with suppress(OSError):
                    name.unlink()

    def _save(self, batch: Sequence[Event]) -> Trouble | None:
        journal = self._journal
        assert not isinstance(journal, MemoryJournal), "looked at before"
        written = 0
        if self._known is None and (batch or self._whole):
            self._known = journal.read()
        if self._in_doubt:
            written = journal.save_missing((*(self._known or ()), *batch))
        elif batch:
            journal.save(batch)
        known = journal.read() if self._whole or self._known is not None else None
        if _identity(self._path) != self._identity:
            self._in_doubt = True
            return Trouble(not_saved("its file was taken away"), passing=True)
        if written > len(batch):
            self._notice = NOTICE
        self._known, self._in_doubt = known, False
        self._log = {name: _identity(name) for name in family(self._path)[:-1]}
        return None


def _identity(path: Path) -> Identity:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found.st_size else None


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
