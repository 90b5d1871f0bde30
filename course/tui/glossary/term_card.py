"""All about one term."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from course.syllabus import Term
from course.tui.drawing.long_words import Wrapped
from course.tui.drawing.visuals import source_line
from course.tui.drawing.words import inline, plain
from course.tui.widgets.choices import Choices


class TermCard(VerticalScroll, can_focus=False):
    """Definition, example, source, and related terms to go to."""

    @dataclass
    class Followed(Message):
        """A related term was chosen."""

        term: str
        """Its id."""

    def compose(self) -> ComposeResult:
        """The parts; they stay, and their text changes."""
        yield Static(classes="name")
        yield Static(classes="definition")
        yield Static(plain("Example", "$hushed"), classes="example-label")
        yield Static(classes="example")
        yield Static(plain("Source", "$hushed"), classes="source-label")
        yield Static(classes="source")
        yield Static(plain("See also", "$hushed"), classes="see-label")
        yield Choices(id="see")

    def show(self, term: Term | None, terms: tuple[Term, ...]) -> None:
        """Show this term; `terms` names the related ones."""
        self.display = term is not None
        if term is None:
            return
        self.query_one(".name", Static).update(plain(term.term, "bold $accent"))
        self.query_one(".definition", Static).update(Wrapped(inline(term.definition)))
        self.query_one(".example", Static).update(Wrapped(inline(term.example)))
        self.query_one(".source", Static).update(source_line(term.source.url, term.source.checked))
        names = {other.id: other.term for other in terms}
        see = self.query_one("#see", OptionList)
        see.set_options(Option(plain(names[id]), id=id) for id in term.see if id in names)
        for part in self.query(".example-label, .example"):
            part.display = bool(term.example)
        for part in self.query(".see-label, #see"):
            part.display = bool(see.option_count)
        self.scroll_home(animate=False)

    def ask(self) -> None:
        """Let the learner choose among the related terms."""
        see = self.query_one("#see", OptionList)
        see.focus()
        see.action_first()

    @on(OptionList.OptionSelected)
    def _follow(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id:
            self.post_message(self.Followed(event.option_id))
