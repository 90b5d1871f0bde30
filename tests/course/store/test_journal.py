"""The journal on disk."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime

import pytest

from course.history import Event
from course.store.database import connect, make_durable
from course.store.journal import SqliteJournal
from course.store.memory import MemoryJournal
from course.store.opening import open_journal

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def answered(n):
    """An event, one of many."""
    return Event(NOON, "answered", f"q{n}", {"answer": ["a"], "correct": True})


@pytest.fixture
def path(tmp_path):
    """A place for a history, in a folder that is not there yet."""
    return tmp_path / "data" / "history.db"


@pytest.fixture
def journal(path):
    """A new history."""
    with closing(open_journal(path, NOON)) as journal:
        yield journal


def stored(path):
    """Read a history anew."""
    with closing(open_journal(path, NOON)) as journal:
        return journal.events()


def test_a_new_history_is_empty_and_well(journal, path):
    """It is one file, with nothing to warn of."""
    assert isinstance(journal, SqliteJournal)
    assert journal.events() == ()
    assert journal.warning is None
    assert path.exists()


def test_events_come_back_in_order(journal, path):
    """What was recorded is there, oldest first, at once and when opened again."""
    events = tuple(answered(n) for n in range(5))
    for event in events:
        journal.record(event)

    assert journal.events() == events
    journal.close()
    assert stored(path) == events
    assert all(event.at.tzinfo is UTC for event in stored(path))


def test_nothing_but_the_history_is_left(journal, path):
    """Closing puts everything into the one file; the gate beside it is empty."""
    journal.record(answered(1))
    journal.close()

    assert sorted(each.name for each in path.parent.iterdir()) == ["history.db", "history.lock"]
    assert path.with_suffix(".lock").stat().st_size == 0


def test_closing_twice_is_fine(journal):
    """A journal may be closed by whoever comes first."""
    journal.close()
    journal.close()


def test_after_closing_nothing_raises(journal):
    """A worker that comes late is told that its event was not saved."""
    journal.close()
    journal.record(answered(1))

    assert "Not saved" in journal.warning
    assert journal.events() == (answered(1),)


def test_two_windows_see_each_other(journal, path):
    """What one window records, the other reads, and both append."""
    with closing(open_journal(path, NOON)) as other:
        journal.record(answered(1))
        assert other.events() == (answered(1),)
        other.record(answered(2))
        journal.record(answered(3))

        assert journal.events() == other.events() == (answered(1), answered(2), answered(3))


def test_any_thread_may_record(journal):
    """Nothing is lost or doubled when workers and screens record at once, and read meanwhile."""

    def work(worker):
        for n in range(20):
            journal.record(answered(100 * worker + n))
            journal.events()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))

    subjects = [event.subject for event in journal.events()]
    for worker in range(4):
        mine = [f"q{100 * worker + n}" for n in range(20)]
        assert [subject for subject in subjects if subject in mine] == mine
    assert len(subjects) == 80
    assert journal.warning is None


@pytest.mark.parametrize("statement", ["UPDATE events SET subject = 'other'", "DELETE FROM events"])
def test_the_past_is_not_changed(journal, path, statement):
    """The database itself refuses to change or delete events."""
    journal.record(answered(1))

    with closing(connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="only ever appended"):
        connection.execute(statement)


def test_a_commit_is_on_disk(journal, path):
    """Each commit is synced, and readers do not wait for writers."""
    with closing(connect(path)) as connection:
        make_durable(connection)

        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_full_disk(path, journal):
    """What does not fit is kept, said, and saved as soon as there is room: SQLite's own limit plays the disk."""
    journal.close()
    connection = connect(path)
    with closing(SqliteJournal(connection)) as journal:
        journal.record(answered(1))
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        large = Event(NOON, "plan-saved", "lab", {"text": "x" * 100_000})
        journal.record(large)
        journal.record(answered(2))

        assert journal.warning == (
            "Not saved (database or disk is full): what you did last. It is tried again until the program ends."
        )
        assert journal.events() == (answered(1), large, answered(2))
        assert stored(path) == (answered(1),)

        connection.execute("PRAGMA max_page_count = 1000000")
        journal.record(answered(3))

        assert journal.warning is None
        assert stored(path) == journal.events() == (answered(1), large, answered(2), answered(3))


def test_closing_tries_a_last_time(path, journal):
    """What could not be saved is saved when the journal is closed, if that is possible by then."""
    journal.close()
    connection = connect(path)
    journal = SqliteJournal(connection)
    connection.execute("PRAGMA query_only = ON")
    journal.record(answered(1))
    assert "Not saved" in journal.warning
    connection.execute("PRAGMA query_only = OFF")
    journal.close()

    assert stored(path) == (answered(1),)


def test_rows_that_cannot_be_read_are_told(path, journal):
    """They are left as they are; everything else is read."""
    journal.record(answered(1))
    with closing(connect(path)) as connection:
        connection.execute("INSERT INTO events (at, kind, subject, data) VALUES ('never', 'answered', 'q', '{}')")
    journal.record(answered(2))

    assert journal.events() == (answered(1), answered(2))
    assert journal.warning == "Entries of your history that cannot be read: 1."


def test_kinds_of_a_newer_program_are_kept(path, journal):
    """A kind that this program does not know is an event like any other."""
    reviewed = Event(NOON, "reviewed", "q", {"rating": 3})
    journal.record(reviewed)

    assert stored(path) == (reviewed,)


@pytest.mark.parametrize("make", [lambda path: MemoryJournal(), lambda path: open_journal(path, NOON)])
def test_journals_agree(make, path):
    """On disk or in memory, an event reads back the same, and data that JSON does not know is refused."""
    with closing(make(path)) as journal:
        journal.record(Event(NOON, "answered", "q", {"answer": ("a", "b")}))

        assert journal.events() == (Event(NOON, "answered", "q", {"answer": ["a", "b"]}),)
        with pytest.raises(TypeError):
            journal.record(Event(NOON, "answered", "q", {"answer": {1, 2}}))
        assert len(journal.events()) == 1


def test_the_time_of_opening_has_a_zone(path):
    """A time without a zone is refused, before anything is made."""
    with pytest.raises(ValueError, match="timezone-aware"):
        open_journal(path, datetime(2026, 11, 22))  # noqa: DTZ001 - it is what must be refused
    assert not path.parent.exists()
