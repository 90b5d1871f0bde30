"""How well an item tells those who know much from those who know little, in two ways, and a whole test in one."""

from __future__ import annotations

import math
from collections.abc import Mapping

from quiz.items.found import LEARNERS, Found
from quiz.items.ranking import share_of, strongest, weakest
from quiz.items.response import First

UPPER_AND_LOWER = 0.27
"""The share of learners at either end: with normal scores, groups of 27 % are told apart best (Kelley, "The selection
of upper and lower groups for the validation of test items", *Journal of Educational Psychology* 30, 1939)."""
ITEMS = 3
"""The fewest of which a reliability is worked out."""


def item_rest(right: Mapping[str, bool], rests: Mapping[str, float]) -> Found:
    """Return the point-biserial correlation of an item with the rest: from -1 to 1, and 0.2 or more is usual.

    It is Pearson's, of 0 and 1 with the share that was right elsewhere (Lord and Novick 1968, chapter 15).
    """
    if why := _too_few(rests):
        return Found(None, why)
    x = [float(right[learner]) for learner in rests]
    y = list(rests.values())
    mean_x, mean_y = math.fsum(x) / len(x), math.fsum(y) / len(y)
    over_x = math.fsum((each - mean_x) ** 2 for each in x)
    over_y = math.fsum((each - mean_y) ** 2 for each in y)
    if len(set(x)) == 1:
        return Found(None, f"all of them answered it {'right' if x[0] else 'wrong'}")
    if over_y <= 1e-12:
        return Found(None, "all of them are equally strong elsewhere")
    both = math.fsum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return Found(max(-1.0, min(both / math.sqrt(over_x * over_y), 1.0)))


def upper_lower(right: Mapping[str, bool], rests: Mapping[str, float]) -> Found:
    """Return the share of right answers among the strongest 27 % less that among the weakest."""
    if why := _too_few(rests):
        return Found(None, why)
    if len(set(rests.values())) == 1:
        return Found(None, "all of them are equally strong elsewhere")
    those = [learner for learner in rests if right[learner]]
    upper, lower = strongest(rests, UPPER_AND_LOWER), weakest(rests, UPPER_AND_LOWER)
    return Found(share_of(upper, those) - share_of(lower, those))


def _too_few(rests: Mapping[str, float]) -> str:
    if len(rests) >= LEARNERS:
        return ""
    return f"{len(rests)} of at least {LEARNERS} learners have answered it and enough others"


def reliability(first: First) -> Found:
    """Return the Kuder-Richardson formula 20 of all items as one test: 1 if chance has no part in who is how strong.

    K / (K - 1) * (1 - sum(p q) / variance) over the learners who have answered all K items, with the variance of their
    sums over all of them (Kuder and Richardson, "The theory of the estimation of test reliability", *Psychometrika* 2,
    1937). Items that fewer than half of the learners have answered are left out.
    """
    learners = {learner for of_item in first.values() for learner in of_item}
    items = [of_item for of_item in first.values() if 2 * len(of_item) >= len(learners)]
    whole = [learner for learner in learners if all(learner in of_item for of_item in items)]
    if len(items) < ITEMS:
        return Found(None, f"{len(items)} of at least {ITEMS} items were answered by half of the learners")
    if len(whole) < LEARNERS:
        return Found(
            None, f"{len(whole)} of at least {LEARNERS} learners have answered all of these {len(items)} items"
        )
    sums = [sum(of_item[learner].right for of_item in items) for learner in whole]
    mean = sum(sums) / len(sums)
    variance = math.fsum((each - mean) ** 2 for each in sums) / len(sums)
    if variance == 0.0:
        return Found(None, "all learners have the same sum")
    shares = [sum(of_item[learner].right for learner in whole) / len(whole) for of_item in items]
    chance = math.fsum(share * (1.0 - share) for share in shares)
    return Found(len(items) / (len(items) - 1) * (1.0 - chance / variance))
