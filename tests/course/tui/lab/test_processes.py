"""Grading in processes, as it happens under the screens."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

GRADING = """
import sys

class Captured:
    def fileno(self):
        return -1
    def write(self, text):
        sys.__stderr__.write(text)
    def flush(self):
        sys.__stderr__.flush()

if __name__ == "__main__":
    from labs.grading.grade_plan import run_all
    from tests.course.tui.lab.fakes import PLAN, a_lab

    sys.stderr = Captured()
    done = run_all(a_lab(), {"yours": PLAN}, (0, 1), workers=2)
    print(len(done["yours"]["hidden-broken"]))
"""
"""What Textual does to stderr, then a grade; a program of its own, since only its first process is at stake."""


def test_processes_start_under_the_screens(tmp_path):
    """Textual's stderr has no file descriptor, and multiprocessing wants to hand one on."""
    program = tmp_path / "grading.py"
    program.write_text(GRADING, encoding="utf-8")
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[4])}
    done = subprocess.run(
        [sys.executable, program], env=environ, capture_output=True, text=True, timeout=120, check=False
    )

    assert (done.returncode, done.stdout.strip()) == (0, "2"), done.stderr
