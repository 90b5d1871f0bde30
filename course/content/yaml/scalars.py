"""Plain words of YAML as values: the core schema of YAML 1.2, so `on`, `yes`, `1:30` and dates stay text."""

from __future__ import annotations

import math
import re

_WORDS: tuple[tuple[tuple[str, ...], bool | None], ...] = (
    (("", "~", "null", "Null", "NULL"), None),
    (("true", "True", "TRUE"), True),
    (("false", "False", "FALSE"), False),
)
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NO_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
LARGEST_INTEGER = 2**53
"""Beyond it floats skip integers; no request and no knob comes near."""
_MOST_DIGITS = 40

Scalar = str | int | float | bool | None


def read_plain(word: str) -> Scalar:
    """Return the value of an unquoted word; ValueError, saying what would be right, for no finite number."""
    for words, value in _WORDS:
        if word in words:
            return value
    if _INTEGER.fullmatch(word) or _OTHER_BASE.fullmatch(word):
        return _integer(word)
    if _FLOAT.fullmatch(word):
        return _finite(word)
    if _NO_NUMBER.fullmatch(word):
        raise ValueError(f"{word} is no number that can be used; give a finite one")
    return word


def _integer(word: str) -> int:
    # Python itself refuses very long numbers, with a message about its own settings.
    base = 0 if word.startswith(("0o", "0x")) else 10
    if len(word) > _MOST_DIGITS or abs(int(word, base)) > LARGEST_INTEGER:
        raise ValueError(f"the number is too large; stay below {LARGEST_INTEGER:.0e}, or put text in quotes")
    return int(word, base)


def _finite(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise ValueError("the number is too large; stay below 1e308, or put text in quotes")
    return number
