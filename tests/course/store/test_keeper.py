"""A history that is kept while other programs lock it, and while its file or folder comes and goes."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from course.history import Event, Keeping
from course.store import keeper as keeping
from course.store.database import connect
from course.store.journal import SqliteJournal
from course.store.keeper import NOTICE, TRIES_WHILE_SAVING, Keeper
from course.store.opening import open_journal

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LONG_S = 20.0
"""More than any machine needs."""


def answered(n):
    """An event, one of many."""
    return Event(NOON, "answered", f"q{n}", {"correct": True})


ONE, TWO, THREE, FOUR = map(answered, range(4))


def keep(path):
    """A keeper that does not wait long for anything; closed with the block."""
    return closing(Keeper(path, lambda: NOON, patience_s=0.01, rest_s=0.001))


@pytest.fixture
def path(tmp_path):
    """A place for a history, in a folder of its own."""
    return tmp_path / "home" / "history.db"


def stored(path):
    """Read a history anew."""
    with closing(open_journal(path, NOON)) as journal:
        return journal.events()


def settle(keeper, until=None):
    """Have the keeper look again, and wait for what must come of it: otherwise until all is saved."""
    keeper.events()
    with keeper._changed:
        assert keeper._changed.wait_for(until or (lambda: keeper.keeping == Keeping()), LONG_S), keeper.warning


@contextmanager
def locked(path):
    """Let another program hold the lock, as for a backup."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def test_what_is_recorded_is_saved(path):
    """In its order, and whoever opens the history next finds it."""
    with keep(path) as keeper:
        for event in (ONE, TWO, THREE):
            keeper.record(event)
        assert keeper.events() == (ONE, TWO, THREE)
        settle(keeper)
        assert keeper.warning is None

    assert stored(path) == (ONE, TWO, THREE)


def test_closing_saves_what_is_pending(path):
    """However short the time was."""
    with keep(path) as keeper:
        for n in range(50):
            keeper.record(answered(n))

    assert stored(path) == tuple(map(answered, range(50)))
    assert keeper.keeping == Keeping()


def test_nobody_waits_for_a_lock(path):
    """What is recorded meanwhile is known at once, said to be on its way, and saved as soon as the lock is gone."""
    with keep(path) as keeper:
        with locked(path):
            keeper.record(ONE)
            keeper.record(TWO)
            settle(keeper, lambda: keeper._tries >= 2)
            assert keeper.events() == (ONE, TWO)
            assert keeper.keeping.pending == 2
        settle(keeper)

        assert keeper.warning is None
        assert stored(path) == keeper.events() == (ONE, TWO)


def test_a_lock_that_stays_is_told(path):
    """First it is only said what is on its way; then that it is not saved, and why."""
    with keep(path) as keeper:
        with locked(path):
            keeper.record(ONE)
            assert keeper.keeping == Keeping("saving", 1)
            assert keeper.warning is None
            settle(keeper, lambda: keeper._tries >= TRIES_WHILE_SAVING)
            assert keeper.keeping == Keeping("not saved", 1)
            assert keeper.warning == (
                "Not saved (database is locked): what you did last. It is tried again until the program ends."
            )
        settle(keeper)

        assert keeper.warning is None


def test_a_file_that_is_removed_is_written_anew(path):
    """With all that is known of it, and a sentence that says so."""
    with keep(path) as keeper:
        keeper.record(ONE)
        settle(keeper)
        path.unlink()
        keeper.record(TWO)
        settle(keeper)

        assert NOTICE in keeper.warning
        assert stored(path) == keeper.events() == (ONE, TWO)


def test_a_file_that_is_removed_from_an_idle_program_is_there_in_the_end(path):
    """The last look at it is when the program ends."""
    with keep(path) as keeper:
        keeper.record(ONE)
        settle(keeper)
        path.unlink()

    assert stored(path) == (ONE,)


def test_a_folder_that_is_away_is_waited_for(path):
    """It is not made anew, for it could not come back then; what happened meanwhile is saved once it does."""
    away = path.parent.with_name("away")
    with keep(path) as keeper:
        keeper.record(ONE)
        settle(keeper)
        path.parent.rename(away)
        keeper.record(TWO)
        settle(keeper, lambda: keeper.keeping == Keeping("not saved", 1))
        assert keeper.warning == (
            "Not saved (its folder is gone): what you did last. It is tried again until the program ends."
        )
        assert not path.parent.exists()
        away.rename(path.parent)
        keeper.record(THREE)
        settle(keeper)

        assert keeper.warning is None
        assert stored(path) == keeper.events() == (ONE, TWO, THREE)


def test_a_folder_that_was_emptied_is_filled_again(path):
    """A new folder of the same name holds nothing; the history is written into it."""
    with keep(path) as keeper:
        keeper.record(ONE)
        settle(keeper)
        shutil.rmtree(path.parent)
        keeper.record(TWO)
        settle(keeper, lambda: keeper.keeping.state == "not saved")
        path.parent.mkdir()
        settle(keeper)

        assert stored(path) == keeper.events() == (ONE, TWO)


def test_a_folder_that_does_not_come_back_is_made_in_the_end(path):
    """Better two copies than none."""
    with keep(path) as keeper:
        keeper.record(ONE)
        settle(keeper)
        path.parent.rename(path.parent.with_name("away"))
        keeper.record(TWO)

    assert stored(path) == (ONE, TWO)


def test_a_file_that_another_one_replaced_gets_what_it_lacks(path, tmp_path):
    """As where a folder is synchronized with another machine: nothing is lost of both, and nothing is there twice."""
    other = tmp_path / "other.db"
    with closing(open_journal(other, NOON)) as journal:
        for event in (ONE, FOUR):
            journal.record(event)
    with keep(path) as keeper:
        for event in (ONE, TWO, TWO):
            keeper.record(event)
        settle(keeper)
        other.replace(path)
        keeper.record(THREE)
        settle(keeper)

        assert stored(path) == keeper.events() == (ONE, FOUR, TWO, TWO, THREE)


def test_a_file_that_is_emptied_is_set_aside(path):
    """Nothing of it is lost: what cannot be read there any more is known here."""
    events = tuple(map(answered, range(21)))
    with keep(path) as keeper:
        for event in events[:20]:
            keeper.record(event)
    with keep(path) as keeper:
        path.write_bytes(b"")
        keeper.record(events[20])
        settle(keeper)

        assert stored(path) == keeper.events() == events
    assert stored(path) == events


RUBBISH = {
    "all of it": lambda size: (0, b"rubbish!" * (size // 8)),
    "the beginning": lambda size: (0, b"rubbish!"),
    "more than there was": lambda size: (0, b"rubbish!" * size),
    "another history": lambda size: (0, ANOTHER),
}


def another_history():
    """The bytes of a sound history with one event."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "other.db")
        with closing(open_journal(path, NOON)) as journal:
            journal.record(FOUR)
        return path.read_bytes()


ANOTHER = another_history()


def write_over(path, rubbish):
    """Let another program write into the file: no connection of this process may be disturbed by closing the file."""
    start, content = rubbish(path.stat().st_size)
    script = (
        "import sys; file = open(sys.argv[1], 'r+b'); file.seek(int(sys.argv[2])); file.write(sys.stdin.buffer.read())"
    )
    subprocess.run([sys.executable, "-c", script, str(path), str(start)], input=content, check=True)


@pytest.mark.parametrize("rubbish", RUBBISH.values(), ids=RUBBISH)
def test_a_file_that_is_written_over_is_mended(path, rubbish):
    """SQLite itself would go on with what it remembers, and lose it all in the end. What was there is told, and kept
    where it is no history; nothing that was said to be saved is lost."""
    with keep(path) as keeper:
        for event in (ONE, TWO):
            keeper.record(event)
    with keep(path) as keeper:
        write_over(path, rubbish)
        keeper.record(THREE)
        settle(keeper)
        assert all(event in keeper.events() for event in (ONE, TWO, THREE))
        assert NOTICE in keeper.warning

    assert all(event in stored(path) for event in (ONE, TWO, THREE))


def test_a_file_that_is_written_over_while_the_program_rests_is_mended_in_the_end(path):
    """Nobody has to do anything for it."""
    with keep(path) as keeper:
        keeper.record(ONE)
        settle(keeper)
        write_over(path, RUBBISH["all of it"])

    assert stored(path) == (ONE,)
    assert "damaged" in keeper.warning


def test_a_full_disk(path, monkeypatch):
    """What does not fit is told, and saved as soon as there is room: SQLite's own limit plays the disk."""
    open_journal(path, NOON).close()
    connection = connect(path)
    monkeypatch.setattr(keeping, "open_journal", lambda *args, **options: SqliteJournal(connection))
    with keep(path) as keeper:
        keeper.record(ONE)
        settle(keeper)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        large = Event(NOON, "plan-saved", "lab", {"text": "x" * 100_000})
        keeper.record(large)
        settle(keeper, lambda: keeper.keeping == Keeping("not saved", 1))
        assert "disk is full" in keeper.warning
        keeper.record(TWO)
        assert keeper.events() == (ONE, large, TWO)
        connection.execute("PRAGMA max_page_count = 1000000")
        settle(keeper)

        assert keeper.warning is None
        assert stored(path) == keeper.events() == (ONE, large, TWO)


def test_a_place_where_nothing_could_be_written_is_tried_again(tmp_path):
    """A folder that can be made later gets all that has happened since."""
    (tmp_path / "home").write_text("in the way")
    path = tmp_path / "home" / "history.db"
    with keep(path) as keeper:
        keeper.record(ONE)
        settle(keeper, lambda: keeper.keeping == Keeping("not saved", 1))
        assert keeper.warning.startswith("Nothing can be saved: ")
        (tmp_path / "home").unlink()
        settle(keeper)

        assert keeper.warning is None
        assert stored(path) == keeper.events() == (ONE,)


def test_a_history_that_is_locked_at_the_start_is_used_later(path):
    """What was in it is known as far as it can be read, and is not written twice."""
    with closing(open_journal(path, NOON)) as journal:
        journal.record(ONE)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        keeper = Keeper(path, lambda: NOON, patience_s=0.01, rest_s=0.001)
        keeper.record(TWO)
        settle(keeper, lambda: keeper._tries >= 2)
        assert keeper.events() == (ONE, TWO)
    with closing(keeper):
        settle(keeper)

        assert keeper.warning is None
        assert stored(path) == keeper.events() == (ONE, TWO)


def test_what_cannot_be_saved_is_said_in_the_end(path):
    """After some tries, by what the learner would call it."""
    with keep(path) as keeper:
        settle(keeper)
        with locked(path):
            for event in (ONE, TWO, Event(NOON, "lab-graded", "lab"), Event(NOON, "lesson-step", "lesson")):
                keeper.record(event)
            keeper.close()

    assert keeper.keeping == Keeping("not saved", 4)
    assert "Not saved when the program ended: 2 answers, 1 grade, 1 step." in keeper.warning
    assert stored(path) == ()


def test_after_closing_nothing_raises(path):
    """A worker that comes late is told that its event was not saved."""
    with keep(path) as keeper:
        keeper.close()
        keeper.record(ONE)

        assert keeper.keeping == Keeping("not saved", 1)
        assert keeper.warning == "Not saved when the program ended: 1 answer."


def test_two_windows_see_each_other(path):
    """What one records the other reads at its next look, and both write anew what is removed: once."""
    with keep(path) as keeper, keep(path) as other:
        keeper.record(ONE)
        settle(keeper)
        settle(other, lambda: other.events() == (ONE,))
        path.unlink()
        keeper.record(TWO)
        settle(keeper)
        other.record(THREE)
        settle(other)
        settle(keeper, lambda: len(keeper.events()) == 3)

        assert stored(path) == keeper.events() == other.events() == (ONE, TWO, THREE)


def test_data_that_json_does_not_know_is_refused_at_once(path):
    """It is a mistake of the program, to be raised where it was made."""
    with keep(path) as keeper, pytest.raises(TypeError):
        keeper.record(Event(NOON, "answered", "q", {"answer": {1, 2}}))


MISHAPS = st.sampled_from(["record", "remove", "empty", "move away", "move back", "look", "lock", "unlock"])


@settings(max_examples=30)
@given(st.lists(MISHAPS, max_size=12))
@example(["record", "move away", "record", "move back", "record"])
@example(["record", "lock", "record", "remove", "unlock", "record"])
@example(["record", "empty", "record", "remove", "move away", "record"])
def test_whatever_happens_to_the_file(mishaps):
    """In the end it holds all that was recorded, once and in its order."""
    with TemporaryDirectory() as folder:
        path, away = Path(folder, "home", "history.db"), Path(folder, "away")
        other: sqlite3.Connection | None = None
        recorded: list[Event] = []
        with keep(path) as keeper:
            for mishap in mishaps:
                home = path.exists()
                match mishap:
                    case "record":
                        recorded.append(answered(len(recorded)))
                        keeper.record(recorded[-1])
                    case "remove" if home:
                        path.unlink()
                    case "empty" if home:
                        path.write_bytes(b"")
                    case "move away" if home and not away.exists():
                        path.parent.rename(away)
                    case "move back" if away.exists() and not path.parent.exists():
                        away.rename(path.parent)
                    case "look":
                        keeper.events()
                    case "lock" if home and other is None:
                        other = sqlite3.connect(path, isolation_level=None, timeout=0)
                        try:
                            other.execute("BEGIN IMMEDIATE")
                        except sqlite3.Error:  # the keeper was faster, or the file is empty
                            other.close()
                            other = None
                    case "unlock" if other is not None:
                        other.close()
                        other = None
            if other is not None:
                other.close()
            assert keeper.events() == tuple(recorded)

        assert stored(path) == tuple(recorded)
