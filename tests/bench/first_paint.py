"""`python -m tests.bench.first_paint`: `mlcourse` to its first painted screen beside an empty Textual app.

Each is a process of its own on a pseudo-terminal that ends as soon as its screen is ready; they take turns, and the
ratio is taken pair by pair, so a machine whose speed drifts does not matter. Start-up of the interpreter and shutdown
count in both.
"""

from __future__ import annotations

import fcntl
import os
import pty
import resource
import statistics
import struct
import sys
import tempfile
import termios
import time

ROUNDS = 11
EMPTY = """
from textual.app import App
class Empty(App):
    def on_ready(self):
        self.exit()
Empty().run()
"""
OURS = """
import builtins, sys
sys.argv = ["mlcourse"]
original = builtins.__import__
def watching(name, *arguments, **options):
    module = original(name, *arguments, **options)
    if name == "course.tui.app":
        builtins.__import__ = original
        sys.modules[name].CourseApp.on_ready = lambda app: app.exit()
    return module
builtins.__import__ = watching
from course.cli import main
sys.exit(main())
"""


def measured(program: str, home: str) -> tuple[float, float]:
    """Return wall and processor seconds of one run."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ |= {"TERM": "xterm-256color", "MLCOURSE_HOME": home}
        os.execv(sys.executable, [sys.executable, "-c", program])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    try:
        while os.read(terminal, 65_536):
            pass
    except OSError:
        pass  # the other side has closed, as Linux says it
    os.waitpid(child, 0)
    os.close(terminal)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print medians and the ratios pair by pair."""
    with tempfile.TemporaryDirectory() as home:
        measured(EMPTY, home), measured(OURS, home)
        pairs = [(measured(EMPTY, home), measured(OURS, home)) for _ in range(ROUNDS)]
    for place, what in enumerate(("wall", "processor")):
        empty = statistics.median(pair[0][place] for pair in pairs)
        ours = statistics.median(pair[1][place] for pair in pairs)
        ratio = statistics.median(pair[1][place] / pair[0][place] for pair in pairs)
        print(f"{what:10} empty {empty * 1000:6.0f} ms   mlcourse {ours * 1000:6.0f} ms   ratio {ratio:.2f} (bar 1.35)")


if __name__ == "__main__":
    main()
