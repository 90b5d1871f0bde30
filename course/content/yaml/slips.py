"""What an author meant where the parser is at a loss: most slips are plain text that YAML reads as something else.

The parser stops where it cannot go on, which is often behind the place that has to be changed. So the lines around are
looked at, as their author sees them: an indent, dashes, a key, a value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

Found = tuple[int, int, str]
"""Line and column, both from 1, and what to say."""

_HEAD = re.compile(
    r"""(?P<head>\s*(?:-\s+)*(?:(?P<key>"[^"]*"|'[^']*'|[^\s:#"'{}\[\],][^:#]*?):\s+)?)(?P<value>\S.*)?"""
)
_TIGHT = re.compile(r"\s*(?:-\s+)*(?P<key>[\w-]+):(?P<value>[^\s:/].*)")
_SIGNS = {"[": "a bracket", "{": "a brace", '"': "a quote", "'": "a quote"}
_COLON = "this text holds a colon with a space behind it; put it in quotes"
_GOES_ON = (
    "text goes on behind this quote; put all of it in quotes of the other kind, or write an apostrophe twice inside "
    "of '...'"
)
_COMMA = "a comma is missing before this"
_OPEN = "this quote is not closed in its line; close it with the same sign, or put the whole text in the other quotes"


def slip(lines: Sequence[str], error: yaml.YAMLError) -> Found | None:
    """Return the slip that explains the parser's complaint, if one of the usual ones does."""
    mark = getattr(error, "problem_mark", None)
    if mark is None or not 0 <= mark.line < len(lines):
        return None
    line, column = mark.line, mark.column
    complaint = str(getattr(error, "problem", ""))
    if "mapping values are not" in complaint:
        return _colon(lines, line, column)
    bracketed = "flow" in str(getattr(error, "context", ""))
    if bracketed and (found := _in_brackets(lines, line, column)):
        return found
    return _open_quote(lines, line, column) or _text_goes_on(lines, line, column)


def _colon(lines: Sequence[str], line: int, column: int) -> Found | None:
    """A colon where none may be: inside of a text, or behind a key that stands too deep."""
    start, value = _value(lines[line])
    if start is not None and start < column:
        if value[:1] in ("'", '"'):
            return _text_goes_on(lines, line, column)
        return line + 1, start + 1, _COLON
    above = _line_above(lines, line)
    if above is not None and (tight := _TIGHT.fullmatch(lines[above])):
        return above + 1, tight.start("key") + 1, _no_space(tight)
    return None


def _no_space(tight: re.Match[str]) -> str:
    return f"a space is missing behind the colon; write `{tight['key']}: {tight['value'][:20]}`"


def _open_quote(lines: Sequence[str], line: int, column: int) -> Found | None:
    """A quote that was closed by the one that was to begin the next text."""
    before = lines[line][:column].rstrip()
    if before[-1:] not in ("'", '"') or not re.search(r"(^|[\s\[{,:])['\"]$", before):
        return None
    sign = before[-1]
    for above in range(line - 1, max(-1, line - 200), -1):
        at = lines[above].find(sign)
        if lines[above].count(sign) % 2 and re.search(r"(^|[\s\[{,:])$", lines[above][:at]):
            opened = max(index for index in _openings(lines[above], sign))
            return above + 1, opened + 1, _OPEN
    return None


def _openings(text: str, sign: str) -> list[int]:
    """Return where quotes stand that may begin a text."""
    return [each.start(1) for each in re.finditer(rf"(?:^|(?<=[\s\[{{,:]))({re.escape(sign)})", text)] or [
        text.find(sign)
    ]


def _text_goes_on(lines: Sequence[str], line: int, column: int) -> Found | None:
    """Text behind a quote or a bracket that was to be a part of it."""
    before, rest = lines[line][:column].rstrip(), lines[line][column:].lstrip()
    start, value = _value(lines[line])
    last = before[-1:]
    if last in ("'", '"') and rest:
        begin = _begin_of_quoted(before)
        return (line + 1, begin + 1, _GOES_ON) if begin is not None else None
    if last in ("]", "}") and rest:
        if rest[0] in "]}":
            return line + 1, column + 1, f"there is one {rest[0]} too many; take it out"
        if start is not None and value[:1] in ("[", "{"):
            return line + 1, start + 1, f"this text begins with {_SIGNS[value[0]]}; put all of it in quotes"
    return None


def _begin_of_quoted(before: str) -> int | None:
    """Return where the quoted text begins that ends a line's part."""
    sign = before[-1]
    openings = [at for at in _openings(before, sign) if at < len(before) - 1]
    return openings[-1] if openings else None


def _in_brackets(lines: Sequence[str], line: int, column: int) -> Found | None:
    """A colon inside of a text between brackets, or a comma that is missing there."""
    text = lines[line]
    if text[column : column + 1] == ":":
        begun = max(text.rfind(sign, 0, column) for sign in ",{[")
        inner = re.match(r"\s*(?:[\w-]+:\s+)(?=\S)", text[begun + 1 : column]) if begun >= 0 else None
        if inner:
            return line + 1, begun + 1 + inner.end() + 1, f"{_COLON}; or a comma is missing before its last word"
    elif text[column : column + 1] in ("'", '"', "{", "[") and text[:column].rstrip()[-1:] not in (
        "",
        ",",
        "{",
        "[",
        ":",
    ):
        return line + 1, column + 1, "a comma is missing before this"
    return None


def _value(text: str) -> tuple[int | None, str]:
    """Return where the value of a line begins, and the value; None for a line that has no key or dash before it."""
    found = _HEAD.match(text)
    if found is None or found["value"] is None or not found["head"].strip():
        return None, ""
    return found.start("value"), found["value"]


def _line_above(lines: Sequence[str], line: int) -> int | None:
    return next((at for at in range(line - 1, -1, -1) if lines[at].strip()), None)
