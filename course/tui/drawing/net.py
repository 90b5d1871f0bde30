"""The last look at every line on its way to the terminal: nothing that it would obey gets past, whoever drew it."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from course.characters import REFUSED

REPLACEMENT = "�"


class Net(LineFilter):
    """Takes the place of care that was forgotten: text that comes through `drawing.words` has nothing to be caught."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments as they are, or without such characters and as wide as before."""
        if all(text.isprintable() for text, _, _ in segments):
            return segments
        return [Segment(caught(text), style, control) for text, style, control in segments]


def caught(text: str) -> str:
    """Return a piece of a line with something as wide in the place of what is no sign; a line has no tab and no end."""
    return "".join(REPLACEMENT * cell_len(sign) if sign in "\t\n" or REFUSED.match(sign) else sign for sign in text)
