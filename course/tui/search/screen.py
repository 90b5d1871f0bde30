"""Searching: the field keeps the focus, the arrows move through what was found, Enter opens it where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import Worker

from course.learning.search.entries import Entry, Kind, entries, exercises
from course.learning.search.index import Index, snippet
from course.tui.commands import bindings
from course.tui.drawing.visuals import Hanging, Stack
from course.tui.drawing.words import count, plain
from course.tui.places import PlaceChosen
from course.tui.screens.base import CourseScreen
from course.tui.search.commands import SEARCHING
from course.tui.search.whereabouts import place_of
from course.tui.widgets.choices import Choices
from course.tui.widgets.goes_on import GoesOn
from course.tui.widgets.line import Line

if TYPE_CHECKING:
    from course.ports import Study

SHOWN = 60
"""Of what was found, the best; whoever wants others types another word."""
KINDS: Mapping[Kind, str] = {
    "note": "note",
    "bookmark": "★",
    "page": "page",
    "term": "term",
    "question": "question",
    "lab": "lab",
    "incident": "incident",
}
WIDTH = max(len(name) for name in KINDS.values()) + 2
READING = "Reading …"
NOTHING_MARKED = "Type a word. Without one, your bookmarks and notes stand here."
NOTHING_FOUND = "Nothing found. Try fewer words, or only the beginning of one."
STYLE = "bold $accent underline"
"""Of the words that were asked for."""


class SearchScreen(GoesOn, CourseScreen):
    """What was typed stays while one looks at what was found."""

    CSS_PATH = ["search.tcss", "../screens/line.tcss"]  # noqa: RUF012 - Textual's own type
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*SEARCHING)
    WORK: ClassVar[Mapping[str, str]] = {"index": "Reading what can be found"}
    without = frozenset({"search"})

    index: var[Index | None] = var[Index | None](None, init=False)
    """None until everything has been read."""
    hits: var[tuple[Entry, ...]] = var[tuple[Entry, ...]]((), init=False)

    @dataclass
    class Indexed(Message):
        """All but the labs and incidents has been read, or everything."""

        index: Index

    def __init__(self, study: Study) -> None:
        super().__init__(study, "Search")
        self.line = Line(placeholder="words, in any order; or only their beginnings")
        self.list = Choices(id="hits")
        self.said = Static(plain(READING, "$hushed"), classes="said")

    def compose_body(self) -> ComposeResult:
        """The field above what was found."""
        with Container(id="search"):
            yield self.line
            yield self.list
            yield self.said

    def on_screen_resume(self) -> None:
        """Read again what there is: meanwhile a note may have been written, or a question answered."""
        super().on_screen_resume()
        self._read()

    @work(thread=True, exclusive=True, group="index", exit_on_error=False)
    def _read(self) -> None:
        quick = tuple(entries(self.study.catalog, self.study.journal))
        if self.index is None:  # labs take longer; whoever comes back keeps them meanwhile
            self.post_message(self.Indexed(Index(quick)))
        self.post_message(self.Indexed(Index((*quick, *exercises(self.study.catalog)))))

    def broke_off(self, worker: Worker[Any], say: str) -> None:
        """Say why nothing can be found."""
        self.said.update(plain(say))

    @on(Indexed)
    def _indexed(self, event: Indexed) -> None:
        self.index = event.index

    @on(Input.Changed)
    def watch_index(self) -> None:
        """Look for what stands in the field, or again in what can be found now."""
        if self.index is not None:
            self.hits = self.index.found(self.line.value)
            self._show()

    def _show(self) -> None:
        """List what was found; whoever comes back finds the same thing highlighted."""
        query, before = self.line.value, self.list.highlighted_option
        self.list.set_options(_option(entry, query) for entry in self.hits[:SHOWN])
        self.list.display = bool(self.hits)
        ids = [option.id for option in self.list.options]
        if ids:
            self.list.highlighted = ids.index(before.id) if before and before.id in ids else 0
        self.said.update(plain(NOTHING_FOUND if query.strip() else NOTHING_MARKED, "$hushed"))
        self.said.display = not self.hits
        of = f", the first {SHOWN} are shown" if len(self.hits) > SHOWN else ""
        self.title_bar.status = f"{count(len(self.hits), 'place')}{of}" if self.hits else ""
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def action_open_found(self) -> None:
        """Open what is highlighted."""
        at = self.list.highlighted
        if at is not None and (place := place_of(self.study.catalog, self.hits[at].place)):
            self.post_message(PlaceChosen(place))
        elif at is not None:
            self.notify("That is not in the course any more.", severity="warning")

    def action_hit_down(self) -> None:
        """Go on in the list."""
        self.list.action_cursor_down()

    def action_hit_up(self) -> None:
        """Go back in the list."""
        self.list.action_cursor_up()

    def action_hits_down(self) -> None:
        """Go a screenful on."""
        self.list.action_page_down()  # type: ignore[no-untyped-call]  # Textual gives it no types

    def action_hits_up(self) -> None:
        """Go a screenful back."""
        self.list.action_page_up()  # type: ignore[no-untyped-call]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There must be something to open."""
        if action in ("open_found", "hit_down", "hit_up", "hits_down", "hits_up"):
            return bool(self.hits)
        return super().check_action(action, parameters)


def _option(entry: Entry, query: str) -> Option:
    found = snippet(entry, query)
    text = plain(found.text, "$quiet")
    for start, end in found.spans:
        text = text.stylize(STYLE, start, end)
    lead = Content.styled(f"{KINDS[entry.kind]:<{WIDTH}}", "$hushed")
    rows = [Hanging(lead, plain(" ".join(entry.title.split()), "bold"))]
    if found.text:
        rows.append(Hanging(Content(" " * WIDTH), text))
    return Option(Stack(*rows), id=f"{entry.kind} {entry.place}")
