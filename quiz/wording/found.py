"""Where a text says something: a phrase in any inflection and order of its words, and also what only resembles it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from quiz.wording.negation import CUES
from quiz.wording.words import STOP, Word, spelt, words

LEAST_TYPO = 5
"""Letters of a stem; shorter words that differ in one are other words."""

Phrase = tuple[frozenset[str], ...]
"""For each of its words the stems that will do."""


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a text."""

    at: frozenset[int]
    """The places of its words."""
    how: Literal["exact", "misspelt", "partly"] = "exact"
    """Partly: a word is missing, or they stand far apart."""


def phrase(text: str) -> Phrase:
    """Return a phrase as an author writes it; `real/live traffic` is either of them."""
    parts = [words(part) for part in spelt(text).split()]
    telling = [[word.stem for word in part if not (word.small or word.ends)] for part in parts]
    return tuple(map(frozenset, filter(None, telling))) or tuple(frozenset((word.stem,)) for word in words(text))


def find_phrase(given: str, text: Sequence[Word]) -> Iterator[Found]:
    """Yield where the text says what an author has written.

    `green old !new` is found only whole and in a part of a sentence that does not say `new`: of two things that are
    compared, it tells which one is said to be old.
    """
    parts = given.split()
    barred = {stem for part in parts if part.startswith("!") for stems in phrase(part[1:]) for stem in stems}
    if not barred:
        yield from find(phrase(given), text)
        return
    wanted = phrase(" ".join(part for part in parts if not part.startswith("!")))
    for start, end in _parts(text):
        if barred.isdisjoint(word.stem for word in text[start:end]):
            whole = (each for each in find(wanted, text[start:end]) if each.how == "exact")
            yield from (Found(frozenset(start + place for place in each.at)) for each in whole)


def _parts(text: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield from where to where the clauses go, and what an `and` joins."""
    ends = [place for place, word in enumerate(text) if word.ends or word.text == "and"]
    return zip([0, *(place + 1 for place in ends)], [*ends, len(text)], strict=True)


def find(wanted: Phrase, text: Sequence[Word]) -> Iterator[Found]:
    """Yield where the phrase stands, in any order and with a few words in between; and what only resembles it."""
    telling = [place for place, word in enumerate(text) if word.stem == STOP or not (word.small or word.ends)]
    reach, whole = 2 * len(wanted) if len(wanted) > 1 else 1, False
    for index in range(len(telling)):
        window = list(takewhile(lambda place: text[place].stem != STOP, telling[index : index + reach]))
        taken, exact = _taken(wanted, text, window)
        if window and window[0] in taken:
            missing = len(wanted) - len(taken)
            if not missing or (missing == 1 and len(wanted) > 2):
                whole = whole or not missing
                yield Found(frozenset(taken), "partly" if missing else "exact" if exact else "misspelt")
    taken, _ = _taken(wanted, text, telling)
    if not whole and len(taken) == len(wanted) > 1:
        yield Found(frozenset(taken), "partly")


def _taken(wanted: Phrase, text: Sequence[Word], places: Sequence[int]) -> tuple[list[int], bool]:
    """Return the places that the words of a phrase take, each its own, and whether all are spelt as they should be."""
    taken: list[int] = []
    exact, after = True, -1
    for stems in wanted:
        free = [place for place in places if place not in taken and place > after]
        right = next((place for place in free if text[place].stem in stems), None)
        if right is None:
            right = next((place for place in free if any(_alike(text[place].stem, each) for each in stems)), None)
            exact = exact and right is None
        if right is not None:
            taken.append(right)
            after = right if stems & CUES else after  # a negation stands before what it denies
    return taken, exact


def _alike(one: str, other: str) -> bool:
    """Is one a misspelling of the other: a letter left out, put in, changed, or two changed over?"""
    if min(len(one), len(other)) < LEAST_TYPO or one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
