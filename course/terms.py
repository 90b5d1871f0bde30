"""Where terms of the glossary stand in a text: each where it first does, whatever its case, in the plural too.

What the text is made of, such as code and links, is the business of whoever reads it: they give what may hold terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from course.syllabus import Term

_BETWEEN = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True)
class Spot:
    """A term in a text."""

    start: int
    end: int
    term: Term


class Spotter:
    """Looks through the pieces of a page, one after the other; what it has found, it does not find again."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.found: list[Term] = []
        """In the order of the page."""
        self._by_spelling: dict[str, Term] = {}
        for term in terms:
            for spelling in (term.term, *term.also):
                if folded := _folded(spelling):
                    self._by_spelling.setdefault(folded, term)
        longest_first = sorted(self._by_spelling, key=len, reverse=True)
        self._spellings: Mapping[str, str] = {f"t{number}": each for number, each in enumerate(longest_first)}
        choices = "|".join(f"(?P<{name}>{_pattern(each)})" for name, each in self._spellings.items())
        self._any = re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.IGNORECASE) if choices else None

    def spots(self, text: str) -> Iterator[Spot]:
        """Yield the terms that first stand in this piece."""
        for found in self._any.finditer(text) if self._any else ():
            term = self._by_spelling[self._spellings[found.lastgroup or ""]]
            if term not in self.found:
                self.found.append(term)
                yield Spot(found.start(), found.end(), term)


def _folded(spelling: str) -> str:
    return " ".join(" ".join(_BETWEEN.split(spelling)).split()).casefold()


def _pattern(spelling: str) -> str:
    """Return what finds a spelling with a simple plural, and with any spaces or hyphens between its words."""
    *words, last = (re.escape(word) for word in spelling.split())
    ending = "(?:y|ies)" if re.search("[^aeiou]y$", last) else "(?:s|es)?"
    stem = last[:-1] if ending.startswith("(?:y") else last
    return r"[\s-]+".join([*words, stem + ending])
