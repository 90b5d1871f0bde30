"""Which characters a file may hold: UTF-8 without terminal escapes and without what reorders text unseen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from course.characters import REFUSED
from course.content.yaml.document import Mark
from course.content.yaml.errors import Problem

_TAB_INDENT = re.compile(r"^ *\t[ \t]*(?=\S)", re.MULTILINE)
_BYTE_ORDER_MARK = "\ufeff"


def decode(raw: bytes) -> str:
    """Return the text; bytes that are not UTF-8 become lone surrogates, which `refused_characters` names."""
    return raw.decode("utf-8", errors="surrogateescape")


def is_text(raw: bytes) -> bool:
    """Can this be text in UTF-8, but for a slip? UTF-16 and most binary formats hold zeros."""
    return b"\0" not in raw


def masked(text: str) -> str:
    """Return the text with every refused character replaced, so that the rest keeps its place."""
    return REFUSED.sub("_", text)


def refused_characters(path: Path, text: str) -> Iterator[Problem]:
    """Yield each character that may not stand in a file, with its place."""
    for found in REFUSED.finditer(text):
        yield Problem(path, *_mark(text, found.start()), complaint(found.group()))


def tab_indents(path: Path, text: str) -> Iterator[Problem]:
    """Yield each line of YAML that is indented with a tab."""
    for found in _TAB_INDENT.finditer(text):
        tab = text.index("\t", found.start())
        yield Problem(path, *_mark(text, tab), "a tab indents this line; use spaces")


def json_with_spaces(text: str) -> str:
    """Return JSON with a space for each tab, so that all keeps its place; YAML takes no tabs, and JSON may have them.

    Any other text is returned as it is. No string of valid JSON holds a tab.
    """
    if "\t" not in text or text.lstrip()[:1] not in ("{", "["):
        return text
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return text
    return text.replace("\t", " ")


def complaint(character: str) -> str:
    """Return what is wrong with a refused character."""
    if character == _BYTE_ORDER_MARK:
        return "a byte order mark stands here; save the file as UTF-8 without BOM"
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"byte {code - 0xDC00:02X} is not UTF-8; save the file as UTF-8"
    return f"the invisible character U+{code:04X} is not allowed; remove it"


def _mark(text: str, at: int) -> Mark:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
