"""The glossary: type to search, arrows to choose, everything about the term beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.reactive import var
from textual.widgets import Input, OptionList, Static

from course.syllabus import Term
from course.tui.commands import GLOSSARY_KEYS, bindings
from course.tui.drawing.words import count, plain
from course.tui.glossary.search import found
from course.tui.glossary.term_card import TermCard
from course.tui.glossary.term_list import TermList
from course.tui.marking.commands import MARKING
from course.tui.places import LessonPlace, PlaceChosen
from course.tui.screens.base import CourseScreen
from course.tui.widgets.line import Line

if TYPE_CHECKING:
    from course.ports import Study


class GlossaryScreen(CourseScreen):
    """The field keeps the focus; the arrows move through what was found."""

    CSS_PATH = ["glossary.tcss", "../screens/line.tcss"]  # noqa: RUF012 - Textual's own type

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*GLOSSARY_KEYS, *MARKING)
    without = frozenset({"glossary"})

    hits: var[tuple[Term, ...]] = var[tuple[Term, ...]]((), init=False)
    term: var[Term | None] = var[Term | None](None)

    def __init__(self, study: Study, term: str = "") -> None:
        super().__init__(study, "Glossary")
        self.terms = study.catalog.terms()
        self.start = term

    def compose_body(self) -> ComposeResult:
        """The field above, the list and the term below."""
        with Container(id="desk"), Container(id="glossary"):
            yield Line(placeholder="a word, or part of it")
            with Vertical(classes="list"):
                yield TermList(id="terms")
                yield Static(plain("Nothing found. Try fewer letters, or another word.", "$hushed"), classes="none")
            yield TermCard()

    def on_mount(self) -> None:
        """Show all terms, at the one that was asked for."""
        self.hits = self.terms
        self.query_one(TermList).go_to(self.start)

    def watch_hits(self, hits: tuple[Term, ...]) -> None:
        """List what was found; the best hit is chosen."""
        self.query_one(TermList).show(hits)
        self.query_one(".none").display = not hits
        self.title_bar.status = count(len(hits), "term")
        if not hits:
            self.term = None

    def watch_term(self, term: Term | None) -> None:
        """Show the term beside the list."""
        self.query_one(TermCard).show(term, self.terms)
        self.about(f"term:{term.id}" if term else "")

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        self.hits = found(self.terms, event.value)

    @on(OptionList.OptionHighlighted, "#terms")
    def _choose(self, event: OptionList.OptionHighlighted) -> None:
        """The message may be about a list that typing has replaced since."""
        self.term = next((term for term in self.hits if term.id == event.option_id), self.term)

    @on(TermCard.Followed)
    def _follow(self, event: TermCard.Followed) -> None:
        with self.prevent(Input.Changed):
            self.query_one(Input).value = ""
        self.hits = self.terms
        self.query_one(TermList).go_to(event.term)
        self.query_one(Input).focus()

    def action_term_down(self) -> None:
        """Go to the next term."""
        self.query_one(TermList).action_cursor_down()

    def action_term_up(self) -> None:
        """Go to the previous term."""
        self.query_one(TermList).action_cursor_up()

    def action_definition_down(self) -> None:
        """Scroll a long definition."""
        self.query_one(TermCard).scroll_page_down(animate=False)

    def action_definition_up(self) -> None:
        """Scroll a long definition back."""
        self.query_one(TermCard).scroll_page_up(animate=False)

    def action_open_lesson(self) -> None:
        """Open the lesson that introduces the term."""
        if self.term:
            self.post_message(PlaceChosen(LessonPlace(self.term.lesson, look_up=True)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Not every term belongs to a lesson that is there."""
        if action == "open_lesson":
            lessons = {topic.id for topic in self.study.catalog.outline.topics}
            return self.term is not None and self.term.lesson in lessons
        if action == "see_also":
            return self.term is not None and bool(self.term.see)
        return super().check_action(action, parameters)

    def action_see_also(self) -> None:
        """Go to the related terms."""
        self.query_one(TermCard).ask()
