"""How a history gets a new shape."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from course.history import Event
from course.store.database import connect
from course.store.memory import MemoryJournal
from course.store.migrations import MIGRATIONS, Migration, migrate, version_of
from course.store.opening import open_journal

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
EVENTS = (Event(NOON, "visited", "home", {}), Event(NOON, "visited", "glossary", {}))
SECOND = Migration(2, ("ALTER TABLE events ADD COLUMN device TEXT", "CREATE TABLE devices (name TEXT)"))
BROKEN = Migration(2, ("CREATE TABLE devices (name TEXT)", "ALTER TABLE nothing ADD COLUMN device TEXT"))
COPY = "history.v1-20261122T120000Z.db"


@pytest.fixture
def path(tmp_path):
    """A history of the first version."""
    path = tmp_path / "history.db"
    with closing(open_journal(path, NOON, MIGRATIONS[:1])) as journal:
        for event in EVENTS:
            journal.record(event)
    return path


def tables(path):
    """The version and the tables of a database."""
    with closing(connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return version_of(connection), {name for (name,) in names}


def test_versions_are_numbered():
    """Migrations stand in order, from 1, without a gap."""
    assert [migration.version for migration in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_a_second_version(path):
    """The new shape has all events, and a copy of the old one is kept."""
    with closing(open_journal(path, NOON, (*MIGRATIONS[:1], SECOND))) as journal:
        assert journal.events() == EVENTS
        assert journal.warning is None

    assert tables(path) == (2, {"events", "devices"})
    copy = path.with_name(COPY)
    assert tables(copy) == (1, {"events"})
    with closing(open_journal(copy, NOON, MIGRATIONS[:1])) as journal:
        assert journal.events() == EVENTS


def test_it_is_done_once(path):
    """Opening again migrates nothing and copies nothing."""
    for _ in range(2):
        open_journal(path, NOON, (*MIGRATIONS[:1], SECOND)).close()

    assert [each.name for each in path.parent.glob("history.v1*")] == [COPY]


def test_a_new_history_needs_no_copy(tmp_path):
    """It has the latest shape at once."""
    path = tmp_path / "history.db"
    open_journal(path, NOON, (*MIGRATIONS[:1], SECOND)).close()

    assert tables(path) == (2, {"events", "devices"})
    assert not list(tmp_path.glob("history.v*"))


def test_a_migration_is_done_whole_or_not_at_all(path):
    """If a step fails, the history is as it was, and readable, and the learner is told."""
    with closing(open_journal(path, NOON, (*MIGRATIONS[:1], BROKEN))) as journal:
        assert isinstance(journal, MemoryJournal)
        assert "Nothing can be saved" in journal.warning
        assert journal.events() == EVENTS

    assert tables(path) == (1, {"events"})


def test_another_window_was_faster(path):
    """A step that another window has done meanwhile is not done again."""
    migrations = (*MIGRATIONS[:1], SECOND)
    with closing(connect(path)) as slow, closing(connect(path)) as fast:
        migrate(slow, migrations, lambda version: migrate(fast, migrations, lambda version: None))

    assert tables(path) == (2, {"events", "devices"})


def test_no_change_without_a_copy(path):
    """If the copy cannot be made, nothing is changed."""

    def refuse(version):
        raise sqlite3.OperationalError("database or disk is full")

    with closing(connect(path)) as connection, pytest.raises(sqlite3.OperationalError):
        migrate(connection, (*MIGRATIONS[:1], SECOND), refuse)

    assert tables(path) == (1, {"events"})
