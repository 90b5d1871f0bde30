"""`python -m tests.bench.first_paint`: `mlcourse` to its first painted screen beside an empty Textual app.

Each is a process of its own on a pseudo-terminal that ends as soon as its screen is ready; they take turns, and the
ratio is taken pair by pair, so a machine whose speed drifts does not matter. Start-up of the interpreter counts in
both. Both run from byte code, as whatever has been installed does, even where the surroundings forbid to keep it.
"""

from __future__ import annotations

import fcntl
import os
import pty
import statistics
import struct
import sys
import tempfile
import termios
import time
from dataclasses import astuple, dataclass
from pathlib import Path

ROUNDS = 21
TELL = """
import os, time
def tell():
    os.write(int(os.environ["TELL"]), f"{time.perf_counter()} {time.process_time()}".encode())
"""
EMPTY = """
from textual.app import App
class Empty(App):
    def on_ready(self):
        tell()
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
        app = sys.modules[name].CourseApp
        ready = app.on_ready
        app.on_ready = lambda self: (tell(), ready(self), self.exit())
    return module
builtins.__import__ = watching
from course.cli import main
sys.exit(main())
"""


@dataclass(frozen=True, slots=True)
class Start:
    """What one start took: seconds."""

    wall: float
    processor: float
    wall_to_the_end: float
    processor_to_the_end: float


BARS = Start(1.25, 1.35, 1.25, 1.35)


def measured(program: str, home: Path) -> Start:
    """Return what one start takes."""
    told, tell = os.pipe()
    os.set_inheritable(tell, True)
    start = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ |= {
            "TERM": "xterm-256color",
            "MLCOURSE_HOME": str(home),
            "PYTHONPYCACHEPREFIX": str(home / "bytecode"),
            "TELL": str(tell),
        }
        os.execv(sys.executable, [sys.executable, "-c", TELL + program])
    os.close(tell)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    try:
        while os.read(terminal, 65_536):
            pass
    except OSError:
        pass  # the other side has closed, as Linux says it
    _, _, used = os.wait4(child, 0)
    end = time.perf_counter()
    os.close(terminal)
    with os.fdopen(told) as line:
        painted, processor = map(float, line.read().split())
    return Start(painted - start, processor, end - start, used.ru_utime + used.ru_stime)


def main() -> None:
    """Print medians, the least, and the ratios pair by pair with the middle eight tenths of them."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for program in (EMPTY, OURS):
            measured(program, home)
        pairs = [(astuple(measured(EMPTY, home)), astuple(measured(OURS, home))) for _ in range(ROUNDS)]
    columns = ("to the first paint: wall", "processor", "to the end: wall", "processor")
    for place, (what, bar) in enumerate(zip(columns, astuple(BARS), strict=True)):
        empty, ours = ([pair[side][place] * 1000 for pair in pairs] for side in (0, 1))
        low, *_, high = statistics.quantiles((ours / empty for empty, ours in zip(empty, ours, strict=True)), n=10)
        ratio = statistics.median(ours / empty for empty, ours in zip(empty, ours, strict=True))
        print(
            f"{what:>25}   empty {statistics.median(empty):4.0f} ms (least {min(empty):4.0f})"
            f"   mlcourse {statistics.median(ours):4.0f} ms (least {min(ours):4.0f})"
            f"   ratio {ratio:.2f} ({low:.2f} to {high:.2f}; bar {bar})"
        )


if __name__ == "__main__":
    main()
