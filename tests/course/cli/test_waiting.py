"""A command that meets a locked history says that it waits, and in the end what became of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager

import pytest

from course import wiring
from course.cli import waiting
from course.cli.waiting import WAITING, PatientJournal, Waiting
from course.history import Event, Keeping
from course.store.journal import SqliteJournal
from course.store.opening import open_journal
from tests.course.cli.conftest import LAB
from tests.course.store.test_keeper import NOON, ONE

BEFORE_ANYBODY_WONDERS_S = waiting.AFTER_S
"""As a learner has it."""


def test_the_word_comes_early():
    """Well before anybody takes the program for hung, and long before it gives up."""
    assert BEFORE_ANYBODY_WONDERS_S <= 0.5


@pytest.fixture
def history(home):
    """A history with one event."""
    path = home / "history.db"
    with closing(open_journal(path, NOON)) as journal:
        journal.record(ONE)
    return path


@pytest.fixture(autouse=True)
def short_waits(monkeypatch):
    """A tenth of what a learner waits."""
    monkeypatch.setattr(wiring, "PATIENCE_S", 0.2)
    monkeypatch.setattr(waiting, "AFTER_S", 0.02)


@contextmanager
def locked(path, *pragmas):
    """Let another program hold the history."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        for pragma in (*pragmas, "BEGIN EXCLUSIVE"):
            other.execute(pragma)
        yield


def test_a_history_that_another_program_writes_is_read(mlcourse, history):
    """The command says why it takes longer, and does its work."""
    with locked(history):
        result = mlcourse("progress", "--json")

    assert (result.code, result.err) == (0, WAITING + "\n")
    assert result.json


def test_a_history_that_nobody_may_look_at_is_said(mlcourse, history):
    """First that it is waited for, then that nothing can be saved, and what to do."""
    with locked(history, "PRAGMA locking_mode = EXCLUSIVE"):
        result = mlcourse("progress")
    first, last = result.err.splitlines()

    assert first == WAITING
    assert "another program uses" in last and "Close it, and try again" in last


def test_a_grade_that_could_not_be_saved_is_said(mlcourse, history, tmp_path):
    """The verdict is printed all the same; what is said in the end is what is true then."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(mlcourse("lab", "start", LAB).out)
    with locked(history):
        result = mlcourse("lab", "grade", LAB, str(plan), "--seeds", "1")
    first, last = [line for line in result.err.splitlines() if "accepted, but" not in line]

    assert first == WAITING
    assert last.startswith("Not saved when the program ended (database is locked)")
    assert "tried again" not in result.err
    assert result.out


def test_what_cannot_be_saved_is_said_before_the_next_answer(capsys, history):
    """Once, and not only at the end of an exam that was sat for nothing."""
    with locked(history):
        journal = PatientJournal(open_journal(history, NOON, patience_s=0.01), Waiting())
        journal.record(ONE)
        assert "Not saved" not in capsys.readouterr().err
        for _ in range(2):
            journal.events()
        said = capsys.readouterr().err

    assert said.count("Not saved") == 1
    journal.close()


def test_a_history_that_cannot_be_written_is_said_first(mlcourse, tmp_path, monkeypatch, capsys):
    """Before the first answer is typed, and not again at the end."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("MLCOURSE_HOME", str(tmp_path / "file"))
    said = list[str]()
    monkeypatch.setattr("course.cli.study.practice.typed", lambda: lambda: said.append(capsys.readouterr().err))
    result = mlcourse("quiz")

    assert said[0].startswith("Nothing can be saved")
    assert result.err == ""


def test_what_is_quick_needs_no_word(capsys, history, monkeypatch):
    """And what is slow is said once."""
    monkeypatch.setattr(waiting, "AFTER_S", 60.0)
    told = Waiting()
    journal = PatientJournal(open_journal(history, NOON), told)
    with closing(journal):
        journal.record(Event(NOON, "visited", "playground"))
        assert (len(journal.events()), journal.warning, journal.keeping) == (2, None, Keeping())
    assert capsys.readouterr().err == ""

    for _ in range(2):
        told._say()
    assert capsys.readouterr().err == WAITING + "\n"


def test_a_last_try_that_works_takes_the_warning_back(history):
    """What was saved in the end is not said to be lost."""
    with closing(open_journal(history, NOON, patience_s=0.01)) as journal:
        assert isinstance(journal, SqliteJournal)
        with locked(history):
            journal.record(ONE)
            assert "tried again" in journal.warning
    assert journal.warning is None
