"""What is wrong in a file, as an author reads it: where, what, the remedy, and the lines around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.visual import Visual
from textual.widgets import Static

from course.previews import Fault
from course.tui.drawing import signs
from course.tui.drawing.visuals import Hanging, Stack
from course.tui.drawing.words import count, inline, plain

SHOWN = 20
"""Of the problems of one place; nobody mends more at a time."""
CARET = "^"


class FaultsView(Vertical):
    """All that is wrong in one place, one below the other."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)

    def compose(self) -> ComposeResult:
        """Each by itself, the rest as a number."""
        for fault in self.faults[:SHOWN]:
            yield Static(fault_visual(fault), classes="fault")
        if (rest := len(self.faults) - SHOWN) > 0:
            yield Static(plain(f"and {count(rest, 'more problem')}", "$hushed"), classes="fault")


def fault_visual(fault: Fault) -> Visual:
    """Return where it is, what is wrong, what to do about it, and the lines."""
    say, _, remedy = fault.say.partition("; ")
    parts: list[Visual] = [Hanging(Content.assemble(signs.WRONG.content, " "), plain(fault.where, "bold $error"))]
    parts.append(Hanging(Content("  "), inline(say, "bold")))
    if remedy:
        parts.append(Hanging(plain("  → ", "$accent"), inline(remedy)))
    if fault.excerpt:
        parts.append(Content(" "))
        parts += _lines(fault)
    return Stack(*parts)


def fault_line(fault: Fault) -> Visual:
    """Return the same as an entry of a list."""
    return Hanging(
        Content.assemble(signs.WRONG.content, " "),
        Content("\n").join([plain(fault.where, "bold"), inline(fault.say, "$hushed")]),
    )


def _lines(fault: Fault) -> Iterator[Visual]:
    """Yield the lines with their numbers, and a caret below the column."""
    width = len(str(fault.excerpt[-1][0]))
    for number, text in fault.excerpt:
        here = number == fault.line
        lead = plain(f"  {number:>{width}} │ ", "$accent" if here else "$hushed")
        yield Hanging(lead, plain(text, "" if here else "$hushed"))
        if here:
            under = " " * cell_len(plain(text[: fault.caret]).plain)
            yield Hanging(plain(f"  {' ' * width} │ ", "$hushed"), plain(f"{under}{CARET}", "bold $error"))
