"""Ctrl-C reaches every process of a group: the program stops with it, its workers are stopped."""

from __future__ import annotations

import subprocess
import sys

from labs.processes import processes

SCRIPT = """
import os, signal
from labs.processes import processes

if __name__ == "__main__":
    try:
        with processes(2) as submit:
            idle = submit(signal.pause)
            submit(os.killpg, os.getpgrp(), signal.SIGINT)
            idle.result()
    except KeyboardInterrupt:
        print("stopped")
"""


def test_an_interrupt_is_heard_once(request):
    """One of the workers sends it to all; none complains, and the one that would wait for ever is stopped."""
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=request.config.rootpath,
        capture_output=True,
        text=True,
        start_new_session=True,
        timeout=60,
        check=False,
    )

    assert (result.stdout, result.stderr) == ("stopped\n", "")


def test_work_comes_back():
    """What a process returns is the result of its future."""
    with processes(1) as submit:
        assert submit(abs, -3).result() == 3
