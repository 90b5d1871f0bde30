"""What is drawn with signs, in signs that a screen reader reads: for `--plain`."""

from __future__ import annotations

import re

_WORDS = {
    "▶": "->",
    "►": "->",
    "→": "->",
    "◀": "<-",
    "◄": "<-",
    "←": "<-",
    "▼": "v",
    "↓": "v",
    "▲": "^",
    "↑": "^",
    "✓": "yes",
    "✗": "no",
    "■": "#",
    "□": "_",
    "●": "o",
    "○": "o",
    "◆": "o",
    "•": "-",
}
DRAWN = re.compile("[\u2190-\u21ff\u2500-\u25ff\u2700-\u27bf\u2800-\u28ff]")
"""Arrows, boxes, blocks and shapes, ticks, and braille used as dots of a picture."""
_LYING, _STANDING = "─━┄┅┈┉╌╍═╴╶╸╺", "│┃┆┇┊┋╎╏║╵╷╹╻"


def in_ascii(text: str) -> str:
    """Return the text with each drawn sign as one that can be typed; it keeps its shape where it can."""
    return DRAWN.sub(lambda found: _typed(found.group()), text)


def _typed(sign: str) -> str:
    if sign in _WORDS:
        return _WORDS[sign]
    if sign in _LYING:
        return "-"
    if sign in _STANDING:
        return "|"
    return "+" if "\u2500" <= sign <= "\u257f" else "#" if "\u2580" <= sign <= "\u259f" else "*"
