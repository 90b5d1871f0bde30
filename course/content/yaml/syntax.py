"""What the YAML parser's complaints mean to an author, and which place they are about."""

from __future__ import annotations

from pathlib import Path

import yaml

from course.content.yaml.errors import Problem
from course.content.yaml.slips import slip

ALIASES = (
    "anchors and aliases (& and *) are not used here; put text that begins so in quotes, or write the value out where "
    "it is needed"
)
TAGS = "tags (!) are not used here; leave it out, and put text that begins with ! in quotes"

_MEANINGS: tuple[tuple[str, str, bool, str], ...] = (
    (
        "quoted scalar",
        "end of stream",
        True,
        "this quote is never closed; close it with the same sign, or put the whole text in the other quotes",
    ),
    ("", "escape", False, "no escape begins so; use single quotes, or write a backslash as \\\\"),
    ("flow sequence", "", True, "this list is not closed, or lacks a comma; end it with ]"),
    ("flow mapping", "", True, "this mapping is not closed, or lacks a comma; end it with }"),
    ("flow node", "", False, "a value is missing here; write it, or close the bracket before it"),
    ("", "cannot start any token", False, "text cannot begin with this character; put the text in quotes"),
    (
        "",
        "mapping values are not",
        False,
        "no key may stand here; put text with a colon in quotes, or indent this line like the key above",
    ),
    ("", "entries are not", False, "no list may begin here; begin it on a line of its own, or put the text in quotes"),
    ("", "mapping keys are not", False, "text cannot begin with `? `; put it in quotes"),
    (
        "",
        "comment or line break",
        False,
        "a block of text begins on the next line; put text that begins with | or > in quotes",
    ),
    (
        "",
        "chomping or indentation",
        False,
        "a block of text begins on the next line; put text that begins with | or > in quotes",
    ),
    ("", "node content", False, "text cannot begin with this sign; put it in quotes"),
    ("", "expected ':'", True, "this is no `key: value`; write a colon and a space behind the key, or indent the line"),
    ("", "tag", False, TAGS),
    ("alias", "", True, ALIASES),
    ("anchor", "", True, ALIASES),
    ("block mapping", "", False, "this does not fit the keys above; indent it like them, or put the text in quotes"),
    ("block collection", "", False, "this is no item like those above; begin it with `- `, or indent it"),
)
"""Words of the parser's context and of its complaint, whether its context is the place, and the meaning."""


def syntax_problem(path: Path, error: yaml.YAMLError, text: str) -> Problem:
    """Return the parser's complaint about a text in words that say what to do, at the place to do it."""
    if found := slip(text.split("\n"), error):
        return Problem(path, *found)
    context = str(getattr(error, "context", "") or "")
    complaint = str(getattr(error, "problem", "") or error)
    for in_context, in_complaint, at_context, say in _MEANINGS:
        if in_context in context and in_complaint in complaint:
            return Problem(path, *_place(error, at_context), say)
    say = f"this is no YAML ({complaint.splitlines()[0]}); look at the indentation, quotes and brackets"
    return Problem(path, *_place(error, False), say)


def _place(error: yaml.YAMLError, at_context: bool) -> tuple[int, int]:
    marks = (getattr(error, "problem_mark", None), getattr(error, "context_mark", None))
    mark = (marks[1] if at_context else marks[0]) or marks[0] or marks[1]
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
