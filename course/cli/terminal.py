"""What commands print: text that a terminal shows, never anything that it obeys, whoever wrote it.

Names of files, ids, keys of a plan and entries of a history come from outside; one look at every character on its way
out is worth more than care in a hundred places.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, TextIO, cast

from course.characters import spelt_out
from course.cli.drawings import in_ascii


class Shown:
    """A stream that lets nothing through but text to be seen; all else about it is as it was."""

    def __init__(self, stream: TextIO, *, plain: bool = False) -> None:
        self.raw = stream
        """For what the program itself tells the terminal."""
        self.plain = plain
        """Is it read out? Then nothing is drawn."""

    def write(self, text: str) -> int:
        """Write the text, and return its length as it was given."""
        text_shown = spelt_out(text)
        self.raw.write(in_ascii(text_shown) if self.plain else text_shown)
        return len(text)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stream has
        return getattr(self.raw, name)


@contextmanager
def shown(*, plain: bool = False) -> Iterator[None]:
    """Let stdout and stderr be such streams for a while, also where there are none or their encoding is poor."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast(TextIO, Shown(_usable(stream), plain=plain)) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _usable(stream: TextIO | None) -> TextIO:
    """Return a stream that takes anything: a sign that the encoding does not have becomes another one."""
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - it stays open, like any stream
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="replace")
    return stream
