"""Files that are no sound history: set aside, said, never overwritten, never deleted, never a traceback."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from course.history import Event
from course.store.database import connect
from course.store.journal import SqliteJournal
from course.store.memory import MemoryJournal
from course.store.migrations import APPLICATION_ID
from course.store.opening import open_journal

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NEW = Event(NOON, "visited", "home", {})
PAST = tuple(Event(NOON, "plan-saved", f"lab-{n}", {"text": "x" * 40 * n}) for n in range(40))
ASIDE = "history.damaged-20261122T120000Z.db"


def sound_history():
    """The bytes of a history of several pages."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "history.db")
        with closing(open_journal(path, NOON)) as journal:
            for event in PAST:
                journal.record(event)
        return path.read_bytes()


SOUND = sound_history()


def opened(path):
    """Open a history, record one more event, and return the journal (closed by then) and its events."""
    with closing(open_journal(path, NOON)) as journal:
        journal.record(NEW)
        return journal, journal.events()


def check(content):
    """Whatever the file holds: a new event is recorded, and what cannot be used is kept byte for byte."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "history.db")
        path.write_bytes(content)
        journal, events = opened(path)
        aside = Path(folder, ASIDE)

        assert events[-1] == NEW
        assert aside.exists() == (ASIDE in (journal.warning or ""))
        assert not aside.exists() or aside.read_bytes() == content
        if isinstance(journal, SqliteJournal):
            assert opened(path)[1] == (*events, NEW)
        else:
            assert path.read_bytes() == content


@given(st.binary(max_size=5000))
@example(b"")
@example(b"SQLite format 3\0")
def test_any_bytes(content):
    """A file of any bytes is set aside."""
    check(content)


@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1) | st.integers(0, 99), st.integers(0, 255)), min_size=1))
@example([(18, 3)])  # claims a format that may only be read
@example([(SOUND.index(b"events_are_not_deleted"), 0xB3)])  # SQLite quotes a name that is no text
@example([(60, 127)])  # claims to be from a far newer program
def test_any_damage(changes):
    """A history some of whose bytes were changed is used, or set aside."""
    content = bytearray(SOUND)
    for place, byte in changes:
        content[place] = byte
    check(bytes(content))


@given(st.integers(0, len(SOUND) - 1))
def test_any_cut(length):
    """A history that was cut off is set aside."""
    check(SOUND[:length])


def test_what_is_said(tmp_path):
    """The learner is told where the file went and what is left of it."""
    path = tmp_path / "history.db"
    path.write_bytes(b"")
    journal, events = opened(path)

    assert journal.warning == (
        f"Your history file was damaged, or not of this program. It is kept as {ASIDE}, and a new one has begun with"
        " nothing in it."
    )
    assert events == (NEW,)


def test_what_can_be_read_is_carried_over(tmp_path):
    """Events before and behind the damaged page are in the new history."""
    path = tmp_path / "history.db"
    content = bytearray(SOUND)
    middle = SOUND.index(b"lab-20")
    content[middle - middle % 4096 : middle - middle % 4096 + 4096] = bytes(4096)
    path.write_bytes(content)
    journal, events = opened(path)

    assert events[0] == PAST[0]
    assert events[-2:] == (PAST[-1], NEW)
    assert [event for event in PAST if event in events] == list(events[:-1])
    assert f"the entries that could be read ({len(events) - 1})" in journal.warning
    with closing(open_journal(path, NOON)) as again:
        assert again.events() == events
        assert again.warning is None


def test_a_second_accident_in_the_same_second(tmp_path):
    """Nothing that was set aside is ever overwritten."""
    path = tmp_path / "history.db"
    for content in (b"first", b"second", b"third"):
        path.write_bytes(content)
        opened(path)

    kept = {each.name: each.read_bytes() for each in tmp_path.glob("*damaged*")}
    assert kept == {
        ASIDE: b"first",
        ASIDE.replace(".db", "-2.db"): b"second",
        ASIDE.replace(".db", "-3.db"): b"third",
    }


def test_the_file_of_another_program(tmp_path):
    """A sound SQLite file that is not ours, however alike, is set aside unharmed."""
    path = tmp_path / "history.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE events (id INTEGER, at TEXT, kind TEXT, subject TEXT, data TEXT)")
        connection.execute("PRAGMA user_version = 1")
    content = path.read_bytes()
    opened(path)

    assert (tmp_path / ASIDE).read_bytes() == content


def test_what_sqlite_keeps_beside_a_file_goes_with_it(tmp_path):
    """A log is set aside with its file; left behind, it would be replayed into the new history."""
    path = tmp_path / "history.db"
    path.write_bytes(b"")
    for suffix in ("-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").write_bytes(suffix.encode())
    opened(path)

    for suffix in ("-wal", "-shm", "-journal"):
        assert (tmp_path / f"{ASIDE}{suffix}").read_bytes() == suffix.encode()
        assert not Path(f"{path}{suffix}").exists()


def test_a_log_without_its_file(tmp_path):
    """It is set aside as well: the history that belonged to it is gone."""
    path = tmp_path / "history.db"
    Path(f"{path}-wal").write_bytes(b"log")
    _, events = opened(path)

    assert events == (NEW,)
    assert (tmp_path / f"{ASIDE}-wal").read_bytes() == b"log"


def test_another_window_has_the_damaged_file_open(tmp_path):
    """The window that came later begins anew, and the other one, when it closes, takes nothing from it."""
    path = tmp_path / "history.db"
    with closing(open_journal(path, NOON)) as first:
        first.record(NEW)
        path.write_bytes(b"")
        with closing(open_journal(path, NOON)) as second:
            second.record(NEW)
            first.record(PAST[0])
            first.close()
            second.record(PAST[1])

    with closing(open_journal(path, NOON)) as journal:
        assert journal.events() == (NEW, PAST[1])


def test_half_a_beginning_is_no_accident(tmp_path):
    """A program that was killed while it made a new history leaves nothing to warn of."""
    path = tmp_path / "history.db"
    (tmp_path / "history.db.new").write_bytes(b"half")
    journal, events = opened(path)

    assert journal.warning is None
    assert events == (NEW,)
    assert not (tmp_path / "history.db.new").exists()


@pytest.mark.parametrize("gate", [b"rubbish", SOUND], ids=["rubbish", "a database"])
def test_the_gate_may_be_damaged(tmp_path, gate):
    """The lock file is only a help."""
    (tmp_path / "history.lock").write_bytes(gate)
    journal, events = opened(tmp_path / "history.db")

    assert journal.warning is None
    assert events == (NEW,)


def test_the_history_of_a_newer_program(tmp_path):
    """It is shown as far as it is understood, and not touched."""
    path = tmp_path / "history.db"
    path.write_bytes(SOUND)
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    content = path.read_bytes()
    journal, events = opened(path)

    assert isinstance(journal, MemoryJournal)
    assert "newer version" in journal.warning
    assert "nothing is saved" in journal.warning
    assert events == (*PAST, NEW)
    assert path.read_bytes() == content


def test_our_mark_is_in_the_file():
    """`mlco` stands in SQLite's header, for `file` and for ourselves."""
    assert SOUND[68:72] == APPLICATION_ID.to_bytes(4, "big") == b"mlco"
