"""Which entries have all words of a query. Made once and in a time that grows as the text does; asked at every key."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from course.learning.search.entries import Entry, Kind
from course.learning.search.words import asked, beginnings, marked, words

AROUND = 60
"""Characters before the first word found, and twice as many after it, that a snippet shows."""
_ORDER: tuple[Kind, ...] = ("note", "bookmark", "term", "page", "lab", "incident", "question")
"""What comes first of what fits as well."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text, in one line."""

    text: str
    spans: tuple[tuple[int, int], ...]
    """Where the words stand in it that were asked for."""


class Index:
    """All entries by their words."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        titles, anywhere = dict[str, set[int]](), dict[str, set[int]]()
        known: dict[str, tuple[str, ...]] = {}
        for number, entry in enumerate(self._entries):
            both = (titles, anywhere)  # what a learner wrote counts as much as a title
            for text, places in ((entry.title, both), (entry.text, both if entry.kind == "note" else (anywhere,))):
                for word in {found.group() for found in words(text)}:
                    if word not in known:
                        known[word] = beginnings(word)
                    for start in known[word]:
                        for each in places:
                            each.setdefault(start, set()).add(number)
        self._titles, self._anywhere = titles, anywhere
        self._words = sorted(anywhere)

    def found(self, query: str) -> tuple[Entry, ...]:
        """Return the entries that have each word of the query, or a longer one that begins with it; those first that
        have more of the words in their titles. Nothing asked for: bookmarks and notes."""
        if not query.strip():
            return tuple(entry for entry in self._entries if entry.kind in ("note", "bookmark"))
        wanted = asked(query)
        if not wanted:
            return ()
        hits: set[int] | None = None
        titled: dict[int, int] = {}
        for word in wanted:
            has: set[int] = set()
            for longer in self._beginning_with(word):
                has |= self._anywhere[longer]
            hits = has if hits is None else hits & has
            if not hits:
                return ()
            for number in {number for longer in self._beginning_with(word) for number in self._titles.get(longer, ())}:
                titled[number] = titled.get(number, 0) + 1
        assert hits is not None
        best = sorted(hits, key=lambda at: (-titled.get(at, 0), _ORDER.index(self._entries[at].kind), at))
        return tuple(self._entries[at] for at in best)

    def _beginning_with(self, word: str) -> list[str]:
        first = bisect_left(self._words, word)
        return self._words[first : bisect_left(self._words, word + "\U0010ffff", first)]


def snippet(entry: Entry, query: str) -> Snippet:
    """Return what stands around the first word that was found in the text, or else its beginning."""
    wanted = asked(query)
    first = next((start for start, _ in marked(entry.text, wanted)), 0)
    start = max(0, entry.text.rfind(" ", 0, max(0, first - AROUND)) + 1) if first > AROUND else 0
    start = max(start, first - 2 * AROUND)
    piece = entry.text[start : first + 3 * AROUND]
    line = " ".join(piece.split())
    line = f"{'… ' if start else ''}{line}{' …' if first + 3 * AROUND < len(entry.text) else ''}"
    return Snippet(line, tuple(marked(line, wanted)))
