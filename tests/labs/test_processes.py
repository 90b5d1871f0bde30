"""Worker processes end with the program: when it is interrupted, and when it is killed."""

from __future__ import annotations

import signal
import subprocess
import sys

from labs.processes import processes

INTERRUPTED = """
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
KILLED = """
import os, signal
from labs.processes import processes

if __name__ == "__main__":
    with processes(2) as submit:
        submit(abs, -1).result()
        os.kill(os.getpid(), signal.SIGKILL)
"""


def run(script: str, request) -> subprocess.CompletedProcess[str]:
    """Run a script in a process group of its own, until nobody holds its output open any more."""
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=request.config.rootpath,
        capture_output=True,
        text=True,
        start_new_session=True,
        timeout=60,
        check=False,
    )


def test_an_interrupt_is_heard_once(request):
    """One of the workers sends it to all; none complains, and the one that would wait for ever is stopped."""
    result = run(INTERRUPTED, request)

    assert (result.stdout, result.stderr) == ("stopped\n", "")


def test_workers_end_with_a_program_that_is_killed(request):
    """They hold its output open: if they stayed, this would not come to an end."""
    assert run(KILLED, request).returncode == -signal.SIGKILL


def test_work_comes_back():
    """What a process returns is the result of its future."""
    with processes(1) as submit:
        assert submit(abs, -3).result() == 3
