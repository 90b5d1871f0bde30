"""Text from lessons as what the terminal shows: never markup, never escape codes.

Whatever a pack says reaches the screen through `plain`, `inline` or the `Prose` widget.
"""

from __future__ import annotations

import re

from textual.content import Content

CODE = "$code"
"""The style of `code` inside a sentence."""

_REPLACEMENT = 0xFFFD
_ALLOWED = (9, 10)  # tab and newline are text
_C0 = {code: 0x2400 + code for code in range(32) if code not in _ALLOWED}
_C1 = dict.fromkeys(range(127, 160), _REPLACEMENT)
_DIRECTION = dict.fromkeys((*range(8234, 8239), *range(8294, 8298)), _REPLACEMENT)
_HALVES = dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT)  # of characters, as in names of files that are no text
_INERT = _C0 | _C1 | _DIRECTION | _HALVES | {13: None}

_SPANS = re.compile(
    r"(?P<ticks>`+)(?P<code>.+?)(?P=ticks)"
    r"|\*\*(?=\S)(?P<strong>.+?)(?<=\S)\*\*"
    r"|(?<![\w*])\*(?=\S)(?P<em>.+?)(?<=\S)\*(?![\w*])",
    re.DOTALL,
)
_STYLES = {"code": CODE, "strong": "bold", "em": "italic"}


def inert(text: str) -> str:
    """Return the text with control and direction-changing characters made visible instead of obeyed."""
    return text.translate(_INERT)


def plain(text: str, style: str = "") -> Content:
    """Return the text exactly as it stands; square brackets are square brackets."""
    return Content.styled(inert(text), style)


def inline(text: str, style: str = "") -> Content:
    """Return a sentence in which `code`, **strong** and *emphasis* are styled as in Markdown."""
    text = inert(text)
    parts: list[Content] = []
    done = 0
    for match in _SPANS.finditer(text):
        group = match.lastgroup or "code"
        parts += (Content(text[done : match.start()]), Content.styled(match[group], _STYLES[group]))
        done = match.end()
    content = Content.assemble(*parts, Content(text[done:]))
    return content.stylize_before(style) if style else content


def named(id: str) -> str:
    """Return an id as words, for what its file gives no title, such as a release: `out-of-memory`, Out of memory."""
    return id.replace("-", " ").capitalize()


def count(number: int, thing: str, things: str = "") -> str:
    """Return `1 question`, `2 questions`."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"
