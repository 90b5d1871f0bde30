"""Places where nothing can be written: the learner is told and goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import course
from course.history import Event
from course.store.memory import MemoryJournal
from course.store.opening import open_journal

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NEW = Event(NOON, "visited", "home", {})

IN_A_PROCESS = """
import os, resource, sys
import urllib.parse  # pathlib loads it late, and nobody may not read the interpreter's own folder
from datetime import datetime, UTC
from pathlib import Path
from course.history import Event
from course.store.opening import open_journal

path, trouble = Path(sys.argv[1]), sys.argv[2]
if trouble == "no rights" and os.geteuid() == 0:
    os.setgroups([])
    os.setuid(65534)
if trouble == "full disk":
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
journal = open_journal(path, noon)
journal.record(Event(noon, "visited", "new", {}))
print(type(journal).__name__)
print(*[event.subject for event in journal.events()])
print(journal.warning)
journal.close()
"""


READ_ONLY_LATER = """
import os, sys
import urllib.parse  # pathlib loads it late, and nobody may not read the interpreter's own folder
from datetime import datetime, UTC
from pathlib import Path
from course.history import Event
from course.store.keeper import Keeper

if os.geteuid() == 0:
    os.setgroups([])
    os.setuid(65534)
path = Path(sys.argv[1])
path.parent.mkdir()
noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
keeper = Keeper(path, lambda: noon, patience_s=0.01, rest_s=0.001)

def record(subject, until):
    keeper.record(Event(noon, "visited", subject, {}))
    with keeper._changed:
        assert keeper._changed.wait_for(lambda: keeper.keeping.state == until, 20), keeper.warning
    print(keeper.keeping, keeper.warning)

record("old", "saved")
path.unlink()
path.parent.chmod(0o555)
record("new", "not saved")
path.parent.chmod(0o755)
record("newest", "saved")
keeper.close()
"""


def in_a_process(path, trouble, script=IN_A_PROCESS):
    """Open a history and record an event in a process that is in trouble; return what it says."""
    done = subprocess.run(
        [sys.executable, "-c", script, str(path), trouble],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(course.__file__).parents[1]), "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def a_file_as_folder(tmp_path):
    """A path below something that is a file."""
    (tmp_path / "file").write_text("not a folder")
    return tmp_path / "file" / "history.db"


def a_folder_as_file(tmp_path):
    """A path that is a folder."""
    (tmp_path / "history.db").mkdir()
    return tmp_path / "history.db"


def a_name_too_long(tmp_path):
    """A path that no system takes."""
    return tmp_path / ("x" * 300) / "history.db"


@pytest.mark.parametrize("place", [a_file_as_folder, a_folder_as_file, a_name_too_long])
def test_impossible_places(tmp_path, place):
    """Events are kept in memory, with a warning that they will be gone."""
    with closing(open_journal(place(tmp_path), NOON)) as journal:
        journal.record(NEW)

        assert isinstance(journal, MemoryJournal)
        assert journal.events() == (NEW,)
        assert journal.warning.startswith("Nothing can be saved: ")
        assert journal.warning.endswith("forgotten when the program ends.")


@pytest.mark.parametrize("locked", ["file and folder", "folder", "file"])
def test_no_rights(locked):
    """A history that may only be read is shown, and what is new is kept in memory.

    Rights do not bind root, so that root gives up being root in a process of its own.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "history.db"
        with closing(open_journal(path, NOON)) as journal:
            journal.record(NEW)
        path.chmod(0o444 if "file" in locked else 0o666)
        (folder / "history.lock").chmod(0o666)
        folder.chmod(0o555 if "folder" in locked else 0o777)
        kind, events, warning = in_a_process(path, "no rights")
        folder.chmod(0o755)

    assert kind == "MemoryJournal"
    assert events == "home new"
    assert warning.startswith("Nothing can be saved: ")


def test_a_folder_that_is_made_read_only_while_the_program_runs():
    """A file that is gone cannot be made anew there: that is told, and done as soon as it can be."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        path = Path(name, "home", "history.db")
        saved, not_saved, saved_again = in_a_process(path, "", READ_ONLY_LATER)
        with closing(open_journal(path, NOON)) as journal:
            subjects = [event.subject for event in journal.events()]

    assert saved == "Keeping(state='saved', pending=0) None"
    assert not_saved.startswith("Keeping(state='not saved', pending=1) Nothing can be saved: ")
    assert saved_again.startswith("Keeping(state='saved', pending=0) Your history file was taken away")
    assert subjects == ["old", "new", "newest"]


@pytest.mark.parametrize("content", [None, b"rubbish"], ids=["new", "damaged"])
def test_a_full_disk_from_the_beginning(tmp_path, content):
    """Nothing can be begun, and nothing is set aside for it: a limit of the process plays the disk."""
    path = tmp_path / "history.db"
    if content:
        path.write_bytes(content)
    kind, events, warning = in_a_process(path, "full disk")

    assert kind == "MemoryJournal"
    assert events == "new"
    assert warning.startswith("Nothing can be saved: ")
    assert not list(tmp_path.glob("*damaged*"))
    assert not content or path.read_bytes() == content


def test_a_disk_that_is_full_later(tmp_path):
    """A history that is there is read, and the learner is told that the new event is not saved."""
    path = tmp_path / "history.db"
    with closing(open_journal(path, NOON)) as journal:
        journal.record(NEW)
    _, events, warning = in_a_process(path, "full disk")

    assert events == "home new"
    assert "saved" in warning
