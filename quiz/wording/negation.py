"""Is what was found also meant, or does the sentence say that it is not so?

A word such as `not` reaches forward to the end of its clause. What stands right behind it is denied; what stands
farther away, behind an `and`, or before it, may be, and whoever cannot tell says so.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from quiz.wording.words import FOIL, PARTLY, STOP, Word

Meant = Literal["yes", "no", "maybe"]

_VERBAL = frozenset(("not", "never", "hardly", "bare", "scarc"))
"""Stems that deny what is done."""
_NOMINAL = frozenset(("no", "none", "nobodi", "noth", "nowher", "without", "lack", FOIL))
"""Stems that deny that something is there."""
CUES = _VERBAL | _NOMINAL | {PARTLY}
FARTHEST = 6
"""Words that a negation reaches; clauses without a comma are seldom longer."""


def meant(text: Sequence[Word], at: Collection[int]) -> Meant:
    """Say whether the words at these places are said to be so. Their own negations, such as that of `not there`, are
    part of them."""
    first, last = min(at), max(at)
    before = [place for place in range(first) if text[place].stem in CUES and place not in at]
    reaching = [(place, reach) for place in before if (reach := _reach(text, place, first)) != "yes"]
    if len(reaching) > 1 and text[reaching[-1][0]].stem == "without" and text[reaching[-2][0]].stem in _VERBAL:
        del reaching[-2:]  # never without is always with
    told = [reach for _, reach in reaching] + _inside(text, at)
    if "maybe" in told or _denied_behind(text, last):
        return "maybe"
    return "no" if len(told) % 2 else "yes"


def denied(text: Sequence[Word], at: Collection[int]) -> bool:
    """Is it said outright that this does not happen, as in `does not roll back`?"""
    verbal = any(_gap(text, place, min(at)) == 0 for place in range(min(at)) if text[place].stem in _VERBAL)
    return verbal and meant(text, at) == "no"


def _inside(text: Sequence[Word], at: Collection[int]) -> list[Meant]:
    cues = [place for place in range(min(at), max(at)) if text[place].stem in CUES and place not in at]
    return [_reach(text, place, min(each for each in at if each > place)) for place in cues]


def _reach(text: Sequence[Word], cue: int, place: int) -> Meant:
    """Return what a negation does to what begins at this place."""
    between = text[cue + 1 : place]
    if any(word.ends for word in between[1:]) or any(word.stem == STOP for word in between[:1]):
        return "yes"
    gap = _gap(text, cue, place)
    if gap > FARTHEST:
        return "yes"
    certain = gap == 0 and text[cue].stem != PARTLY and not any(word.text == "and" for word in between)
    return "no" if certain else "maybe"


def _gap(text: Sequence[Word], cue: int, place: int) -> int:
    """Return the number of words between that say something."""
    between = text[cue + 1 : place]
    return sum(not (word.small or word.stem in CUES) for word in between)


def _denied_behind(text: Sequence[Word], last: int) -> bool:
    """Does `is not` or the like follow at once?"""
    for word in text[last + 1 : last + 4]:
        if word.stem in _VERBAL:
            return True
        if word.ends or not word.small:
            return False
    return False
