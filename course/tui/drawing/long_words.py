"""Words that are too long for a line, such as web addresses and paths: broken where their parts end, not anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

_WORD = re.compile(r"\S+")
_ADDRESS = re.compile(r"(https?://[^\s()<>\"'`]*[^\s()<>\"'`.,;:!?])")
"""Without the brackets around it and the full stop after it."""
_PART = re.compile(r"(?<=[/\\\-_.#?&=])")


class Wrapped(Visual):
    """A text that wraps between words; what Textual would break anywhere is broken between its parts."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._longest = max(map(len, content.plain.split()), default=0)

    def _at(self, width: int) -> Content:
        if self._longest <= width:
            return self.content
        breaks = [word.start() + at for word in _WORD.finditer(self.content.plain) for at in _breaks(word[0], width)]
        return Content("\n").join(self.content.divide(breaks)) if breaks else self.content

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The width at which nothing wraps."""
        return self.content.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Lines at this width."""
        return self._at(width).get_height(rules, width)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Draw the lines."""
        return self._at(width).render_strips(width, height, style, options)


def addresses(text: str) -> list[str]:
    """Return the web addresses in a text."""
    return _ADDRESS.findall(text)


def _breaks(word: str, width: int) -> Iterator[int]:
    """Yield where lines end in a word that is longer than one; an address that fits into a line stays whole."""
    if len(word) <= width:
        return
    begun = at = 0
    for part in _parts(word, width):
        if at > begun and at + len(part) - begun > width:
            yield at
            begun = at
        at += len(part)


def _parts(word: str, width: int) -> Iterator[str]:
    for piece in _ADDRESS.split(word):
        if piece.startswith("http") and len(piece) <= width:
            yield piece
        else:
            yield from filter(None, _PART.split(piece))
