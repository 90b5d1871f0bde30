"""Commands load what they need: one that is typed often is not to bring the simulator or the screens along."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("numpy", "matplotlib", "botocore", "simpy", "textual", "concurrent.futures", "markdown_it", "engine.world")
LOADED = """
import contextlib, io, sys
from course.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main(sys.argv[1:])
print(*sys.modules)
"""


@pytest.mark.parametrize(
    ("command", "more"),
    [
        (["--help"], ("yaml", "sqlite3", "engine", "csv", "course.content", "course.question_reports")),
        (["alarm", "0 0 X X X"], ("yaml", "sqlite3", "engine.plan")),
        (["lab", "list"], ("sqlite3",)),
        (["incident", "list"], ("sqlite3",)),
        (["exam", "list"], ("sqlite3",)),
        (["glossary", "canary"], ("sqlite3", "engine")),
        (["progress"], ()),
    ],
    ids=lambda value: " ".join(value),
)
def test_a_small_command_loads_nothing_large(home, command, more):
    """No numpy for a list, no database for an alarm."""
    done = subprocess.run([sys.executable, "-c", LOADED, *command], capture_output=True, text=True, check=True)

    assert {*HEAVY, *more}.isdisjoint(done.stdout.split())
