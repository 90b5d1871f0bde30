"""Long runs say how far they are, to whoever watches a terminal, and end at once when they are told to."""

from __future__ import annotations

import io
import os
import pty
import signal
import subprocess
import sys

import pytest

from course.cli.progress import AFTER_S, ERASE, EVERY_S, Bar, progress_line
from tests.course.cli.conftest import LAB

INTERRUPTED = """
import os, signal, sys
from course.cli import main, progress
from engine.aws.advice.today import ask
from engine.serving.data_plane import DataPlane

progress.AFTER_S = 0.0
ask._without_update = lambda *plan: ()  # the run itself is meant, not one that advice asks for
advance = DataPlane.advance

def interrupted(self, t, *more):
    advance(self, t, *more)
    if t > 300:
        os.kill(os.getpid(), signal.SIGINT)

DataPlane.advance = interrupted
sys.exit(main(sys.argv[1:]))
"""


def drawn(*moments):
    """What a bar writes that is asked to draw at these seconds, each time for a minute more of three."""
    out, clock = io.StringIO(), [0.0]
    bar = Bar("minutes", 60, out, lambda: clock[0])
    for minute, clock[0] in enumerate(moments, start=1):
        bar.draw(60.0 * minute, 180.0)
    bar.erase()
    return out.getvalue()


def test_what_is_quick_needs_no_line():
    """A second is no time."""
    assert drawn(0.1, 0.9) == ""


def test_a_line_is_drawn_over_and_erased():
    """It says how much is done, also of a run that goes on for longer; it is gone in the end."""
    line = drawn(*(AFTER_S + 2 * EVERY_S * number for number in range(4)))

    assert line.split(ERASE) == [
        "",
        f"1 of 3 minutes {'█' * 6:20}",
        f"2 of 3 minutes {'█' * 13:20}",
        f"3 of 3 minutes {'█' * 20}",
        f"4 of 3 minutes {'█' * 20}",
        "",
    ]


def test_nobody_reads_faster_than_that():
    """Between two lines there is some time."""
    assert drawn(AFTER_S, AFTER_S + 0.01, AFTER_S + 0.02).count("minutes") == 1


def test_without_a_terminal_there_is_no_line(capsys):
    """A file is for complaints."""
    with progress_line("seeds") as bar:
        assert bar is None


@pytest.fixture
def replay(request):
    """World and plan of the recorded deployment."""
    folder = request.config.rootpath / "docs" / "replay"
    return str(folder / "world.yaml"), str(folder / "plan.yaml")


COMMANDS = ["simulate", "lab run", "lab grade", "incident grade"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("watched", [False, True], ids=["file", "terminal"])
def test_ctrl_c_ends_a_run_with_one_sentence(command, watched, tmp_path, plan_file, replay, request):
    """In the middle of a run; on a terminal the line is erased before it."""
    arguments = {
        "simulate": replay,
        "lab run": (LAB, plan_file("reference.yaml")),
        "lab grade": (LAB, plan_file("reference.yaml"), "--workers", "1"),
        "incident grade": ("silent-rollback", str(tmp_path / "nothing.yaml")),
    }[command]
    (tmp_path / "nothing.yaml").write_text("{}")
    ours, theirs = pty.openpty() if watched else os.pipe()
    result = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, *command.split(), *arguments],
        env={**os.environ, "PYTHONPATH": str(request.config.rootpath), "MLCOURSE_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=False,
    )
    os.close(theirs)
    with open(ours, "rb", closefd=True) as end:  # noqa: PTH123 - it has no name
        said = end.read1(65_536).decode().replace("\r\n", "\n")

    assert (result.returncode, result.stdout) == (128 + signal.SIGINT, b"")
    told = [line for line in said.split(ERASE)[-1].splitlines() if "accepted, but" not in line]
    assert told == ["Stopped; what was saved stays saved."]
    if command != "lab grade":
        assert ("simulated minutes" in said) == watched
