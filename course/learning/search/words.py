"""Words as they are compared: without regard to case and accents, and by their beginnings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_WORD = re.compile(r"\w+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_+")
_NO_LETTER = re.compile(r"\W+")
LONGEST = 60
"""Letters of a word that count."""


def words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text where they stand."""
    return _WORD.finditer(text)


def folded(word: str) -> str:
    """Return a word in lower case and without accents."""
    word = word[:LONGEST]
    if word.isascii():
        return word.casefold()
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return _NO_LETTER.sub("", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def beginnings(word: str) -> tuple[str, ...]:
    """Return what a word can be found by the beginning of: itself, and for a name in one word such as
    `WaitIntervalInSeconds` what begins at each of its humps."""
    word = word[:LONGEST]
    starts = [0, *(found.end() for found in _HUMP.finditer(word))]
    return tuple({part: None for start in starts if (part := folded(word[start:]))})


def asked(query: str) -> tuple[str, ...]:
    """Return the words of a query, each once."""
    return tuple({word: None for found in words(query) if (word := folded(found.group()))})


def marked(text: str, query: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield where words of a text stand that a query asks for."""
    for found in words(text):
        if query and any(start.startswith(query) for start in beginnings(found.group())):
            yield found.span()
