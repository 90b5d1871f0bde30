"""Characters that are no text: what a terminal obeys, what reorders text unseen, and halves of characters.

Whoever wrote a text, none of them reaches a terminal. Files that hold one are refused with its place, commands spell
it out, screens show a sign in its place, and what is pasted goes without.
"""

from __future__ import annotations

import re

REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters; 1B begins a terminal escape
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"  # line separators, and what turns the direction of text
    "\ud800-\udfff\ufeff\ufffe\uffff]"  # halves of characters, byte order marks, no characters at all
)
"""Tab and line feed are the only control characters that text may hold."""
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""A table program takes what begins so for a formula; an apostrophe before it makes it text."""
_LINE_END = re.compile("\r\n?")
_PICTURES = 0x2400
"""Where Unicode has a picture of each control character below the blank, such as ␛."""
_DELETE, _PICTURE_OF_DELETE = "\x7f", "␡"
_REPLACEMENT = "�"


def spelt_out(text: str) -> str:
    r"""Return the text with each of them as Python writes it, such as `\x1b`."""
    return text if text.isprintable() else REFUSED.sub(lambda found: repr(found.group())[1:-1], text)


def inert(text: str) -> str:
    """Return the text with a sign of one cell in the place of each of them; line ends of other systems are ours."""
    return text if text.isprintable() else REFUSED.sub(_picture, text.replace("\r\n", "\n"))


def in_one_line(text: str) -> str:
    """Return the same with signs for tabs and line feeds too, for where there is room for one line."""
    return inert(text).replace("\t", "␉").replace("\n", "␊")


def harmless(cell: str) -> str:
    """Return a cell that no table program takes for a formula, and no terminal for a command."""
    shown = inert(cell)
    return f"'{shown}" if shown.lstrip().startswith(FORMULAS) or cell.startswith(FORMULAS) else shown


def without(text: str) -> str:
    """Return the text without them, its lines ended by line feeds: terminals paste a carriage return for each."""
    return text if text.isprintable() else REFUSED.sub("", _LINE_END.sub("\n", text))


def is_text(text: str) -> bool:
    """Does it hold none of them? A carriage return ends a line."""
    return text.isprintable() or REFUSED.search(text.replace("\r", "")) is None


def _picture(found: re.Match[str]) -> str:
    character = found.group()
    if character == _DELETE:
        return _PICTURE_OF_DELETE
    return chr(_PICTURES + ord(character)) if character < " " else _REPLACEMENT
