"""The word that somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 200
"""Characters of a word that are compared."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word closest to `word`, whatever its case, or None if none is close."""
    by_lower = {each.lower(): each for each in known}
    wanted = word.lower()[:LONGEST]
    longer = [each for each in by_lower if wanted in each] if len(wanted) > 2 else []
    found = sorted(longer, key=len) or get_close_matches(wanted, by_lower, n=1, cutoff=0.5)
    return by_lower[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `Did you mean X?`, or the known words where none is close."""
    words = tuple(known)
    found = nearest(word, words)
    if found:
        return f"Did you mean {found}?"
    return f"Known: {', '.join(words)}." if words else "There is none."
