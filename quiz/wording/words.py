"""A text as words that can be compared: in lower case, reduced to their stems, with the ends of clauses in between."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

BREAK = "|"
"""Stands for a comma and other ends of a clause."""
STOP = "||"
"""Stands for the end of a sentence."""
FOIL = "insteadof"
"""Stands for `instead of` and `rather than`."""

PARTLY = "notall"
"""Stands for `not every` and `not always`, which leave open what they deny."""

_SMALL = """
    a an the this that these those it its they them their there he she we our us you your i my me one ones
    is are was were be been being am do does did done doing has have had having
    can could may might will would shall should must ought
    of to in on at by for from with into onto as about per than too also just very really quite even still
    actually simply so such some any each every own and or both either only ever who whom what how
"""
SMALL = frozenset(_SMALL.split())
"""Words that say little by themselves: no phrase depends on them."""
_BEGIN = """
    because although though while whilst whereas which since until till unless when whenever where if then yet however
    therefore thus hence but
"""
_BREAKS = frozenset(_BEGIN.split())
"""Words that begin a clause of their own."""
_SIGNS = {
    ",": BREAK,
    ";": STOP,
    ".": STOP,
    "!": STOP,
    "?": STOP,
    ":": BREAK,
    "(": BREAK,
    ")": BREAK,
    "–": BREAK,
    "—": BREAK,
}
_SPELLINGS = tuple(
    (re.compile(pattern), full)
    for pattern, full in (
        (r"\b(?:cannot|can't|cant)\b", "can not"),
        (r"\bwon'?t\b", "will not"),
        (r"\b(is|are|was|were|do|does|did|has|have|had|would|could|should|must|need)n'?t\b", r"\1 not"),
        (r"'(?:s|re|ll|ve|d|m)\b", ""),
        (r"\b(?:not|no) (?:only|just|merely|simply)\b", " "),
        (r"\b(?:not|never) (?:all|every|each|everything|everybody|always|necessarily|enough)\b", PARTLY),
        (r"\bno (?:matter|doubt|wonder)\b", " "),
        (r"\bnothing but\b", " "),
        (r"\b(?:no|not any) (?:longer|more)\b(?! than)", "not"),
        (r"\b(?:in no way|by no means|far from|unable to|fail(?:s|ed|ing)? to|neither|nor)\b", "not"),
        (r"\b(?:instead of|rather than|as opposed to|in place of)\b", FOIL),
    )
)
_TOKEN = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)*|[.,;:!?()–—]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, or the end of a clause."""

    text: str
    """In lower case, without accents."""
    stem: str

    @property
    def ends(self) -> bool:
        """Does a clause end here?"""
        return self.stem in (BREAK, STOP)

    @property
    def small(self) -> bool:
        """Does it say little by itself?"""
        return self.text in SMALL


def words(text: str) -> tuple[Word, ...]:
    """Return the words of a text; what is spelt apart or shortened, such as `isn't`, as it is spelt in full."""
    return tuple(_word(token) for token in _TOKEN.findall(spelt(text)))


@lru_cache(maxsize=10_000)  # the words of a question's phrases come again with each answer, and stems take long
def _word(token: str) -> Word:
    if token in _SIGNS:
        return Word(token, _SIGNS[token])
    if token in (FOIL, PARTLY):
        return Word(token, token)
    if token in _BREAKS:
        return Word(token, BREAK)
    from snowballstemmer import stemmer  # takes longer than all of this module, and most answers are chosen

    return Word(token, stemmer("english").stemWord(token))  # one for each: it has a state, and screens judge in threads


def spelt(text: str) -> str:
    """Return a text in lower case, without accents, and with what is shortened as it is spelt in full."""
    folded = unicodedata.normalize("NFKD", text.casefold()).replace("’", "'")
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    for pattern, full in _SPELLINGS:
        plain = pattern.sub(full, plain)
    return plain
