"""How messages name what was given, and the nearest thing that would have been right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from itertools import islice

LONGEST_SHOWN = 40
"""Characters of somebody's text that a message repeats."""
MOST_COMPARED = 200
"""Known words that are compared with a wrong one, those of the nearest length: comparing is slow."""
MOST_NAMED = 30
"""Things that a message lists when none of them is near."""


def shown(value: object) -> str:
    """Return the value as a message quotes it: short, on one line, without control characters."""
    text = repr(value[: LONGEST_SHOWN + 1]) if isinstance(value, str) else repr(value)
    return text if len(text) <= LONGEST_SHOWN + 2 else f"{text[:LONGEST_SHOWN]}..."


def given(value: object) -> str:
    """Return what kind of thing was given, in words."""
    match value:
        case None:
            return "empty"
        case bool():
            return "true" if value else "false"
        case str():
            return f"the text {shown(value)}"
        case int() | float():
            return f"the number {shown(value)}"
        case Mapping():
            return "a mapping"
        case Sequence():
            return "a list"
        case _:
            return shown(value)


def either(words: Iterable[str]) -> str:
    """Return the words as a choice: `a, b or c`."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def nearest(word: str, known: Collection[str]) -> str:
    """Return what to write instead of `word`: the nearest known one, or all of them."""
    alike = sorted(known, key=lambda each: abs(len(each) - len(word)))[:MOST_COMPARED]
    close = get_close_matches(word[:LONGEST_SHOWN], alike, n=1)
    if close:
        return f"did you mean {close[0]}?"
    if not known:
        return "none is known here"
    more = ["..."] if len(known) > MOST_NAMED else []
    return f"known here: {', '.join([*islice(known, MOST_NAMED), *more])}"
