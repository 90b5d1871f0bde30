"""The terms that were found."""

from __future__ import annotations

from textual.widgets.option_list import Option

from course.syllabus import Term
from course.tui.drawing.words import plain
from course.tui.widgets.choices import Choices


class TermList(Choices):
    """Names of terms; the first is the best."""

    def show(self, terms: tuple[Term, ...]) -> None:
        """List these, and choose the first."""
        self.set_options(Option(plain(term.term), id=term.id) for term in terms)
        self.display = bool(terms)
        self.action_first()

    def go_to(self, id: str) -> None:
        """Choose this term, if it is in the list."""
        ids = [option.id for option in self.options]
        if id in ids:
            self.highlighted = ids.index(id)
