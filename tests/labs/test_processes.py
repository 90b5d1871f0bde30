"""Worker processes end with the program: when it is interrupted, and when it is killed. It goes on without those that
die before it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from labs.processes import processes

INTERRUPTED = """
import os, signal
from labs.processes import processes

if __name__ == "__main__":
    try:
        with processes(2) as pool:
            idle = pool.submit(signal.pause)
            pool.submit(os.killpg, os.getpgrp(), signal.SIGINT)
            idle.result()
    except KeyboardInterrupt:
        print("stopped")
"""
KILLED = """
import os, signal
from labs.processes import processes

if __name__ == "__main__":
    with processes(2) as pool:
        pool.submit(abs, -1).result()
        os.kill(os.getpid(), signal.SIGKILL)
"""
LOST = """
import os, signal
from multiprocessing import active_children
from labs.processes import spread

def work(number, parent):
    if number and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return number

if __name__ == "__main__":
    said = []
    done = list(spread(work, [(number, os.getpid()) for number in range(9)], 5, said.append))
    print(sorted(done), said, active_children())
"""
GRADED = """
import os, signal
from multiprocessing import active_children
from labs.grading.grade_plan import grade
from labs.grading.record import view
from tests.labs.tiny import GUARDED, LAB

def lose(done, of):
    if done == 1:
        os.kill(active_children()[0].pid, signal.SIGKILL)

if __name__ == "__main__":
    said = []
    lossy = grade(LAB, GUARDED, range(6), workers=2, on_progress=lose, on_loss=said.append)
    print(said, view(lossy) == view(grade(LAB, GUARDED, range(6))), active_children())
"""
STARVED = """
import os
from labs.processes import spread

def hungry(parent):
    if os.getpid() != parent:
        raise MemoryError
    return "fed"

if __name__ == "__main__":
    print(*spread(hungry, [(os.getpid(),)] * 3, 2))
"""
LEFT = """
import os, signal
from multiprocessing import active_children
from labs.processes import spread

def work(number):
    if number:
        signal.pause()

if __name__ == "__main__":
    try:
        for _ in spread(work, [(0,), (1,)], 2):
            raise ValueError
    except ValueError:
        print(active_children())
"""


@pytest.fixture
def run(request, tmp_path):
    """Run a script in a process group of its own, until nobody holds its output open any more."""
    return partial(_run, request.config.rootpath, tmp_path / "script.py")


def _run(root: Path, file: Path, script: str) -> subprocess.CompletedProcess[str]:
    file.write_text(script)
    return subprocess.run(
        [sys.executable, file],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        start_new_session=True,
        timeout=60,
        check=False,
    )


def test_an_interrupt_is_heard_once(run):
    """One of the workers sends it to all; none complains, and the one that would wait for ever is stopped."""
    result = run(INTERRUPTED)

    assert (result.stdout, result.stderr) == ("stopped\n", "")


def test_workers_end_with_a_program_that_is_killed(run):
    """They hold its output open: if they stayed, this would not come to an end."""
    assert run(KILLED).returncode == -signal.SIGKILL


def test_what_a_dying_worker_takes_along_is_done_again(run):
    """By half as many, then by this process; each piece of work comes once, and nobody is left."""
    result = run(LOST)

    assert (result.stdout, result.stderr) == ("[0, 1, 2, 3, 4, 5, 6, 7, 8] [2, 1] []\n", "")


def test_a_grade_does_not_hang_on_its_workers(run):
    """It is the same when one of them was killed."""
    result = run(GRADED)

    assert (result.stdout, result.stderr) == ("[1] True []\n", "")


def test_a_worker_without_memory_is_a_loss_like_others(run):
    """What it could not do is done here, where the others take no memory any more."""
    result = run(STARVED)

    assert (result.stdout, result.stderr) == ("fed fed fed\n", "")


def test_whoever_leaves_leaves_nothing_running(run):
    """A cancelled grade does not wait for runs that nobody wants any more."""
    result = run(LEFT)

    assert (result.stdout, result.stderr) == ("[]\n", "")


def test_work_comes_back():
    """What a process returns is the result of its future."""
    with processes(1) as pool:
        assert pool.submit(abs, -3).result() == 3
