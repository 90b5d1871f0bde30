"""Several processes at once, and processes that are killed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

import course
from course.store import opening
from course.store.database import alone
from course.store.opening import open_journal

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PROGRAM = """
import sys
from datetime import datetime, UTC
from itertools import count, islice
from pathlib import Path
from course.history import Event
from course.store.opening import open_journal

path, name, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
journal = open_journal(path, noon)
print(type(journal).__name__, flush=True)
sys.stdin.readline()
for n in islice(count(), number or None):
    journal.record(Event(noon, "answered", f"{name}-{n}", {}))
    print(f"{name}-{n}", flush=True)
journal.close()
"""


def start(path, name, number=0):
    """Start a process that opens the history, waits for a line, then records and says so, without end for 0."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(path), name, str(number)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(course.__file__).parents[1])},
    )


def subjects(path):
    """What is in the history, and what there is to say of it."""
    with closing(open_journal(path, NOON)) as journal:
        return [event.subject for event in journal.events()], journal.warning


def test_killing_loses_nothing_that_was_shown_as_saved(tmp_path):
    """Every event that a killed process had told of is there, in order and once."""
    path = tmp_path / "history.db"
    with start(path, "a") as process:
        process.stdin.write("go\n")
        process.stdin.flush()
        said = [process.stdout.readline() for _ in range(50)]
        process.kill()
        said += process.stdout.readlines()
    told = [line.strip() for line in said[1:] if line.endswith("\n")]
    found, warning = subjects(path)

    assert len(told) >= 49
    assert found[: len(told)] == told
    assert len(found) - len(told) <= 1, "the one event that was saved and not told of any more"
    assert warning is None


def run_together(processes):
    """Let processes that are ready record at the same time, and return what kind of journal each had."""
    kinds = [process.stdout.readline().strip() for process in processes]
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        process.communicate()
    assert [process.returncode for process in processes] == [0] * len(processes)
    return kinds


def test_two_processes_write_at_once(tmp_path):
    """All events of both are there, each one's in order, although both made the new history."""
    path = tmp_path / "history.db"
    with start(path, "a", 200) as a, start(path, "b", 200) as b:
        assert run_together([a, b]) == ["SqliteJournal"] * 2
    found, warning = subjects(path)

    for name in ("a", "b"):
        assert [subject for subject in found if subject.startswith(name)] == [f"{name}-{n}" for n in range(200)]
    assert len(found) == 400
    assert warning is None


def test_two_processes_meet_a_damaged_file(tmp_path):
    """One sets it aside, the other finds the new history: both write into the same one."""
    path = tmp_path / "history.db"
    path.write_bytes(b"rubbish")
    with start(path, "a", 5) as a, start(path, "b", 5) as b:
        assert run_together([a, b]) == ["SqliteJournal"] * 2
    found, _ = subjects(path)

    assert len(found) == 10
    assert [each.read_bytes() for each in tmp_path.glob("*damaged*")] == [b"rubbish"]


def is_locked(gate):
    """Could no other window enter just now?"""
    with closing(sqlite3.connect(gate, timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return True
        return False


def test_one_at_a_time(tmp_path):
    """Only one window is inside the gate, and it is free again whatever happens inside."""
    gate = tmp_path / "history.lock"
    with pytest.raises(ZeroDivisionError), alone(gate):
        assert is_locked(gate)
        raise ZeroDivisionError

    assert not is_locked(gate)


def test_histories_are_examined_one_at_a_time(tmp_path, monkeypatch):
    """No other window looks at the file, or sets it aside, while this one decides what it is."""
    path = tmp_path / "history.db"
    path.write_bytes(b"rubbish")
    examine, locked = opening.examine, []

    def examining(*args):
        locked.append(is_locked(tmp_path / "history.lock"))
        return examine(*args)

    monkeypatch.setattr(opening, "examine", examining)
    open_journal(path, NOON).close()

    assert locked == [True]
