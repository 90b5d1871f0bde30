"""What a learner types, line by line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import TextIOWrapper

from course.cli.errors import UsageError

Read = Callable[[], str | None]
"""Returns the next line without the spaces around it; None at the end."""


def lines() -> Callable[[], str]:
    """Return what reads the next line, empty at the end; what is no text in the terminal's encoding becomes a sign."""
    if sys.stdin is None or getattr(sys.stdin, "closed", False):
        raise UsageError("there is no stdin to read answers from")
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    return sys.stdin.readline


def typed() -> Read:
    """Return what shows all that was printed, and reads the next line."""
    read = lines()

    def line() -> str | None:
        sys.stdout.flush()
        text = read()
        return text.strip() if text else None

    return line
