"""Markdown from lessons, in as few widgets as can be: a page of it is laid out and painted at a key press."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.visual import Visual
from textual.widget import Widget
from textual.widgets import Static

from course.tui.drawing.long_words import Wrapped
from course.tui.drawing.markdown import BLANK, Code, blocks
from course.tui.drawing.visuals import Stack
from course.tui.drawing.words import inline
from course.tui.widgets.fence import Fence

if TYPE_CHECKING:
    from course.terms import Spotter

_WEB = ("https://", "http://")


class Prose(Vertical):
    """Markdown without HTML; a link opens only if it leads to the web."""

    def __init__(self, markdown: str, *, classes: str | None = None, terms: Spotter | None = None) -> None:
        super().__init__(classes=classes)
        self._markdown = markdown
        self._marked = list(_parts(markdown, terms)) if terms else None
        """Done at once where terms are looked for: each is marked in the first text of a page that holds it."""

    def compose(self) -> ComposeResult:
        """One piece of text for all that stands between code."""
        for part in self._marked or _parts(self._markdown):
            yield Fence(part) if isinstance(part, Code) else Static(part, classes="text")

    def on_click(self, event: events.Click) -> None:
        """Open a page of the web; anything else a pack might link to stays closed."""
        if str(href := event.style.meta.get("href", "")).startswith(_WEB):
            self.app.open_url(href)


def _parts(markdown: str, terms: Spotter | None = None) -> Iterator[Stack | Code]:
    """Yield stacks of text, with air between their blocks, and the code between them."""
    text: list[Visual] = []
    for block in blocks(markdown, terms):
        if not isinstance(block, Code):
            text += [BLANK, block] if text else [block]
            continue
        if text:
            yield Stack(*text)
            text = []
        yield block
    if text:
        yield Stack(*text)


_BLOCKS = re.compile(r"^[^\S\n]*([-+*>#|]|\d+[.)]|```|~~~| {4})|\n\s*\n|\]\(|\\", re.MULTILINE)


def prose(markdown: str, classes: str = "") -> Widget:
    """Return the lightest widget that shows this text: most stems are one paragraph, and need no parser."""
    if _BLOCKS.search(markdown):
        return Prose(markdown, classes=classes)
    return Static(Wrapped(inline(" ".join(markdown.split()))), classes=classes)
