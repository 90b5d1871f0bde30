"""How far something long has come: a line on stderr for whoever watches a terminal, gone when it is done or stopped."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TextIO

AFTER_S = 1.0
"""What takes less time needs no line."""
EVERY_S = 0.1
WIDTH = 20
ERASE = "\r\033[K"

OnProgress = Callable[[float, float], None]
"""Called with how much is done and how much there is."""


@contextmanager
def progress_line(of_what: str, per: float = 1.0) -> Iterator[OnProgress | None]:
    """Give what draws the line, or None when nobody watches; it counts in pieces of so many."""
    if not sys.stderr.isatty() or getattr(sys.stderr, "plain", False):
        yield None
        return
    bar = Bar(of_what, per, getattr(sys.stderr, "raw", sys.stderr))
    try:
        yield bar.draw
    finally:
        bar.erase()


def erase() -> None:
    """Make room for a sentence where a line may be."""
    if sys.stderr.isatty() and not getattr(sys.stderr, "plain", False):
        getattr(sys.stderr, "raw", sys.stderr).write(ERASE)


class Bar:
    """The line."""

    def __init__(self, of_what: str, per: float, out: TextIO, now: Callable[[], float] = monotonic) -> None:
        self.of_what, self.per, self.out, self.now = of_what, per, out, now
        self.due = now() + AFTER_S
        self.drawn = False

    def draw(self, done: float, of: float) -> None:
        """Draw it, if it is time to; a run may go on for longer than its counted time."""
        if self.now() < self.due:
            return
        self.due, self.drawn = self.now() + EVERY_S, True
        filled = "█" * int(WIDTH * min(done / of, 1.0))
        self.out.write(f"{ERASE}{done / self.per:,.0f} of {of / self.per:,.0f} {self.of_what} {filled:{WIDTH}}")
        self.out.flush()

    def erase(self) -> None:
        """Leave nothing of it."""
        if self.drawn:
            self.out.write(ERASE)
            self.out.flush()
