"""Finding a term: what one types may stand in the name or the definition, and may be misspelt."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher

from course.syllabus import Term

SIMILAR = 0.72
"""How alike two words must be for one to be a misspelling of the other; `cannary` and `canary` reach 0.92."""

LONGEST = 40
"""Letters of a word that may be misspelt; comparing takes the square of them."""


def found(terms: tuple[Term, ...], query: str) -> tuple[Term, ...]:
    """Return the terms that match, the best first; all of them, as they come, without a query."""
    words = _folded(query).split()
    if not words:
        return terms
    ranked = [(min(_rank(term, word) for word in words), index, term) for index, term in enumerate(terms)]
    hits = [(rank, index, term) for rank, index, term in ranked if rank > 0]
    return tuple(term for _, _, term in sorted(hits, key=lambda hit: (-hit[0], hit[1])))


def _rank(term: Term, word: str) -> int:
    """How well a word fits a term: 0 is not at all."""
    name, text = _folded(term.term), _folded(f"{term.definition} {term.example}")
    if name.startswith(word):
        return 6
    if any(part.startswith(word) for part in name.split()):
        return 5
    if word in name:
        return 4
    if any(_is_alike(word, part) for part in name.split()):
        return 3
    if word in text:
        return 2
    return int(len(word) > 1 and _is_scattered(word, name))


def _is_alike(word: str, part: str) -> bool:
    """Is the word a misspelling of the part, or of its beginning?"""
    if not 4 <= len(word) <= LONGEST:
        return False
    pieces = {part[: 2 * len(word)], part[: len(word)]}  # what is longer is not alike
    return any(SequenceMatcher(None, word, piece).ratio() >= SIMILAR for piece in pieces)


def _is_scattered(word: str, name: str) -> bool:
    """Do the word's letters begin the name's words in this order, as `ba` does `blast area`?"""
    initials = iter("".join(part[0] for part in name.split()))
    return all(letter in initials for letter in word)


def _folded(text: str) -> str:
    """Lower case without accents; what joins words counts as a space."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(" " if letter in "-/_" else letter for letter in letters if not unicodedata.combining(letter))
