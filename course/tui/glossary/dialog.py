"""The terms of a page, explained over it: whoever closes this stands where they stood."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList

from course.syllabus import Term
from course.tui.commands import BACK, DEFINITION_DOWN, DEFINITION_UP, TERM_DOWN, TERM_UP, bindings
from course.tui.glossary.term_card import TermCard
from course.tui.glossary.term_list import TermList
from course.tui.screens.dialog import Dialog
from course.tui.widgets.key_bar import KeyBar


class TermsDialog(Dialog[None]):
    """The terms in the order of the page, and all about the one that is highlighted."""

    CSS_PATH = ["../screens/dialog.tcss", "glossary.tcss"]  # noqa: RUF012 - Textual's own type
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(BACK, TERM_DOWN, TERM_UP, DEFINITION_DOWN, DEFINITION_UP),
        Binding("t", "back", show=False),
    ]
    AUTO_FOCUS = ""
    without = frozenset({"command_palette"})

    def __init__(self, terms: tuple[Term, ...]) -> None:
        super().__init__()
        self._terms = terms

    def compose(self) -> ComposeResult:
        """The list over the card."""
        with Vertical(classes="dialog"):
            yield TermList(id="terms")
            yield TermCard()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the first term of the page."""
        terms = self.query_one(TermList)
        terms.can_focus = False  # the arrows are the dialog's, and Enter opens nothing
        terms.show(self._terms)

    @on(OptionList.OptionHighlighted, "#terms")
    def _choose(self, event: OptionList.OptionHighlighted) -> None:
        """Related terms stand in the glossary."""
        self.query_one(TermCard).show(self._terms[event.option_index], ())

    def action_term_down(self) -> None:
        """Go to the next term."""
        self.query_one(TermList).action_cursor_down()

    def action_term_up(self) -> None:
        """Go to the term before."""
        self.query_one(TermList).action_cursor_up()

    def action_definition_down(self) -> None:
        """Scroll a long definition."""
        self.query_one(TermCard).scroll_page_down(animate=False)

    def action_definition_up(self) -> None:
        """Scroll it back."""
        self.query_one(TermCard).scroll_page_up(animate=False)

    def action_back(self) -> None:
        """Go back to the page."""
        self.dismiss(None)
