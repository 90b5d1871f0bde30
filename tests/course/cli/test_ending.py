"""The system may end the program, or one of its workers, at any time: a sentence, and nobody is left behind."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import termios
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from course.cli.signals import Ended, asked_to_end, end
from tests.course.cli.conftest import LAB
from tests.course.content.conftest import FILES, write_pack

HUNG = """
import os, signal, sys
from course.cli import lint, main
from labs.grading import grade_plan

def hang(*arguments):
    os.kill(os.getppid(), getattr(signal, os.environ["SENT"]))
    signal.pause()

if __name__ == "__main__":
    grade_plan.run_seed = lint._proof = hang
    sys.exit(main(sys.argv[1:]))
"""
LOST = """
import os, signal, sys
from course.cli import main
from labs.grading import grade_plan

parent, run_seed = os.environ.setdefault("PARENT", str(os.getpid())), grade_plan.run_seed

def die(*arguments):
    if str(os.getpid()) != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return run_seed(*arguments)

if __name__ == "__main__":
    grade_plan.run_seed = die
    sys.exit(main(sys.argv[1:]))
"""
SIGNALS = [pytest.param(name, id=name) for name in ("SIGTERM", "SIGHUP")]


@pytest.fixture
def program(tmp_path: Path, request):
    """Run a script with the words of a command, until nobody holds its output open any more."""
    return partial(_program, tmp_path, request.config.rootpath)


def _program(home: Path, root: Path, script: str, *arguments: str, sent: str = "") -> subprocess.CompletedProcess[str]:
    (home / "script.py").write_text(script)
    return subprocess.run(
        [sys.executable, home / "script.py", *arguments],
        env={**os.environ, "PYTHONPATH": str(root), "MLCOURSE_HOME": str(home), "SENT": sent},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("sent", SIGNALS)
@pytest.mark.parametrize("command", ["grade", "check"])
def test_a_program_that_is_ended_ends_its_workers(program, plan_file, tmp_path, command, sent):
    """With a sentence, and the exit code that shells know; the workers would hold the output open."""
    grade = ("lab", "grade", LAB, plan_file("reference.yaml"), "--workers", "2")
    check = ("check", str(write_pack(tmp_path / "pack", FILES)))
    result = program(HUNG, *(grade if command == "grade" else check), sent=sent)

    assert (result.returncode, result.stdout) == (128 + getattr(signal, sent), "")
    assert result.stderr == "Stopped; what was saved stays saved.\n"


def test_a_grade_goes_on_without_a_worker_that_died(program, plan_file):
    """It says so, and the grade is the same."""
    grade = ("lab", "grade", LAB, plan_file("reference.yaml"), "--seeds", "2", "--json", "--no-record")
    lost = program(LOST, *grade, "--workers", "2")
    alone = program(LOST, *grade, "--workers", "1")

    assert (lost.returncode, alone.returncode, alone.stderr) == (0, 0, "")
    assert json.loads(lost.stdout) == json.loads(alone.stdout)
    assert lost.stderr == (
        "A worker process has died, most likely for want of memory. Its part is done again by this one alone.\n"
    )


@pytest.mark.parametrize("sent", SIGNALS)
def test_the_screens_give_the_terminal_back(tmp_path, request, sent):
    """The course closes as with its own key: the screen that was there before is there again."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (30, 100))
    environment = {"PYTHONPATH": str(request.config.rootpath), "MLCOURSE_HOME": str(tmp_path), "TERM": "xterm-256color"}
    with subprocess.Popen(
        [sys.executable, "-m", "course"],
        env={**os.environ, **environment},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        _until(ours, b"Quit")
        process.send_signal(getattr(signal, sent))
        shown = _until(ours, None)
    os.close(ours)

    assert process.returncode == 128 + getattr(signal, sent)
    assert b"\x1b[?1049l" in shown
    assert b"Traceback" not in shown


def _until(terminal: int, sign: bytes | None) -> bytes:
    """Return what appears, until a sign does, or until nobody writes any more."""
    shown = b""
    while sign is None or sign not in shown:
        try:
            shown += os.read(terminal, 65_536)
        except OSError:  # the other end is closed
            break
    return shown


def test_too_little_memory_is_a_sentence(mlcourse, plan_file, monkeypatch):
    """Wherever it is wanting, and without a traceback."""

    def starved(*arguments, **options):
        raise MemoryError

    monkeypatch.setattr("labs.grading.grade_plan.grade", starved)
    result = mlcourse("lab", "grade", LAB, plan_file("reference.yaml"))

    assert result.code == 2
    assert result.err == "There is not enough memory for this; close another program, or ask for less.\n"


@pytest.mark.parametrize("sent", SIGNALS)
def test_a_signal_is_heard_once(sent):
    """What comes while the program cleans up is not heard, and afterwards all is as before."""
    number = getattr(signal, sent)
    before = signal.getsignal(number)
    with pytest.raises(Ended) as caught, asked_to_end(end):
        try:
            signal.raise_signal(number)
        finally:
            signal.raise_signal(number)

    assert caught.value.code == 128 + number
    assert signal.getsignal(number) is before


def test_a_program_that_should_outlive_its_terminal_does(monkeypatch):
    """Under nohup a hangup is not heard."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with asked_to_end(end):
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.skipif(not hasattr(os, "forkpty"), reason="there is no pseudo-terminal here")
def test_the_course_ends_with_its_terminal(tmp_path, request):
    """Also under a `make run` that keeps SIGHUP for itself: nothing is left that reads a terminal which is gone."""
    leader = f"trap : HUP; {sys.executable} -m course; echo ended > {tmp_path}/told"
    surroundings = {"PYTHONPATH": str(request.config.rootpath), "MLCOURSE_HOME": str(tmp_path / "home")}
    child, terminal = os.forkpty()
    if child == 0:
        os.environ |= {**surroundings, "TERM": "xterm-256color"}
        os.execv("/bin/sh", ["sh", "-c", leader])
    painted = b""
    while b"Start" not in painted:
        painted += os.read(terminal, 65_536)
    os.close(terminal)
    with ending_in_time(child):
        os.waitpid(child, 0)

    assert (tmp_path / "told").read_text() == "ended\n"


@contextmanager
def ending_in_time(child):
    """End the session of a child that is still there after half a minute, so that waiting for it fails."""
    before = signal.signal(signal.SIGALRM, lambda number, frame: os.killpg(child, signal.SIGKILL))
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
