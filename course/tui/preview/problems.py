"""All that is wrong with the pack, to go to one of it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from course.previews import Fault
from course.tui.commands import BACK, bindings
from course.tui.drawing.words import count, plain
from course.tui.preview.faults import fault_line
from course.tui.screens.dialog import Dialog
from course.tui.widgets.choices import Choices
from course.tui.widgets.key_bar import KeyBar

LISTED = 200
"""More of them would only make the list slow."""
FINE = "No problems. What only a run can tell, such as whether labs prove themselves, is told by mlcourse check."


class ProblemsDialog(Dialog[Fault | None]):
    """Returns the problem that was chosen; None to stay."""

    CSS_PATH = "preview.tcss"
    without = frozenset({"command_palette"})
    BINDINGS: ClassVar[list[BindingType]] = bindings(BACK)

    def __init__(self, faults: tuple[Fault, ...] | None) -> None:
        """None: they are still being looked for."""
        super().__init__()
        self.faults = faults

    def compose(self) -> ComposeResult:
        """The list, or that it is empty."""
        with Vertical(classes="dialog"):
            if self.faults:
                yield Static(plain(count(len(self.faults), "problem"), "bold"))
                yield Choices(*(Option(fault_line(each)) for each in self.faults[:LISTED]))
                if len(self.faults) > LISTED:
                    yield Static(plain(f"and {len(self.faults) - LISTED} more", "$hushed"))
            else:
                yield Static(plain("Looking for problems …" if self.faults is None else FINE))
        yield KeyBar()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.faults[event.option_index] if self.faults else None)

    def action_back(self) -> None:
        """Stay."""
        self.dismiss(None)
