"""Markdown from lessons. Imported only once a lesson is opened: the parser costs a fifth of the start-up time."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Markdown, Static
from textual.widgets._markdown import (  # the parts of tables have no public name
    MarkdownBlock,
    MarkdownFence,
    MarkdownTable,
    MarkdownTableCellContents,
    MarkdownTableContent,
)

from course.tui.words import inert, inline

DIAGRAMS = ("", "text")
"""Languages of fences that are shown as they stand."""

_WEB = ("https://", "http://")


class Fence(MarkdownFence):
    """Code or a diagram; without a language nothing is guessed, and it scrolls sideways rather than wraps."""

    def __init__(self, markdown: Markdown, token: Token, code: str) -> None:
        super().__init__(markdown, token, code)
        self.set_class(self.lexer not in DIAGRAMS, "-code")

    def on_resize(self) -> None:
        """Whether there is something to scroll to has changed, and with it what the footer offers."""
        self.call_after_refresh(self.screen.refresh_bindings)

    @classmethod
    def highlight(cls, code: str, language: str, ansi: bool = False, dark: bool = False) -> Content:
        """Colour the code in a language that is named."""
        if language in DIAGRAMS:
            return Content(code)
        return super().highlight(code, language, ansi=ansi, dark=dark)


class TableContent(MarkdownTableContent):
    """The cells of a table. Textual's own have tooltips that read the cell's text as markup."""

    def compose(self) -> ComposeResult:
        """Headers, then the cells row by row."""
        for header in self.headers:
            yield MarkdownTableCellContents(header, classes="header")
        for row in self.rows:
            for cell in row:
                yield MarkdownTableCellContents(cell, classes="cell")


class Table(MarkdownTable):
    """A table."""

    def compose(self) -> ComposeResult:
        """Headers and rows."""
        self._headers, self._rows = self._get_headers_and_rows()
        yield TableContent(self._headers, self._rows)


class Prose(Markdown):
    """Markdown without HTML; a link opens only if it leads to the web."""

    BULLETS = ["• ", "– ", "· "]  # noqa: RUF012 - Textual's own type, here and below
    BLOCKS: dict[str, type[MarkdownBlock]] = {  # noqa: RUF012
        **Markdown.BLOCKS,
        "fence": Fence,
        "code_block": Fence,
        "table_open": Table,
    }

    def __init__(self, markdown: str, *, classes: str | None = None) -> None:
        super().__init__(inert(markdown), classes=classes, parser_factory=_parser, open_links=False)

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        """Open a page of the web; anything else a pack might link to stays closed."""
        event.stop()
        if event.href.startswith(_WEB):
            self.app.open_url(event.href)


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


_BLOCKS = re.compile(r"^\s*([-+*>#|]|\d+[.)]|```|~~~| {4})|\n\s*\n|\]\(|\\", re.MULTILINE)


def prose(markdown: str, classes: str = "") -> Widget:
    """Return the lightest widget that shows this text: most stems are one paragraph, and need no parser."""
    if _BLOCKS.search(markdown):
        return Prose(markdown, classes=classes)
    return Static(inline(" ".join(markdown.split())), classes=classes)
