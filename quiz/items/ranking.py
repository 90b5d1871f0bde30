"""Who is strong and who is weak, by what each learner answered beside the item that is looked at.

The item itself is left out of the sum: with it in, it would be compared with a part of itself, and every item would
seem to tell learners apart (the corrected item-total correlation; Lord and Novick, *Statistical Theories of Mental Test
Scores*, 1968, chapter 15). Learners of a course answer different questions, so what is compared is the share that was
right of what each of them answered. If all have answered all, that is the sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quiz.items.found import OTHERS
from quiz.items.response import First


@dataclass(frozen=True, slots=True)
class Totals:
    """How many first answers of each learner there are, and how many of them were right."""

    right: Mapping[str, int]
    of: Mapping[str, int]

    def rests(self, item: Mapping[str, bool]) -> dict[str, float]:
        """Return the share of right answers to the other items, of each learner of an item who answered enough."""
        return {
            learner: (self.right[learner] - right) / (self.of[learner] - 1)
            for learner, right in item.items()
            if self.of[learner] - 1 >= OTHERS
        }


def totals(first: First, items: Iterable[str]) -> Totals:
    """Return the totals over these items."""
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for item in items:
        for learner, response in first[item].items():
            right[learner] += response.right
            of[learner] += 1
    return Totals(right, of)


def strongest(rests: Mapping[str, float], share: float) -> dict[str, float]:
    """Return with which weight each learner belongs to this share of the strongest: 1, and between 0 and 1 for those
    who tie about the last places, so that it does not matter in which order they are named."""
    room = share * len(rests)
    found: dict[str, float] = {}
    for score in sorted(set(rests.values()), reverse=True):
        tied = [learner for learner, each in rests.items() if each == score]
        weight = min(room / len(tied), 1.0)
        if weight <= 0.0:
            break
        found |= dict.fromkeys(tied, weight)
        room -= weight * len(tied)
    return found


def weakest(rests: Mapping[str, float], share: float) -> dict[str, float]:
    """Return the same of the weakest."""
    return strongest({learner: -score for learner, score in rests.items()}, share)


def share_of(group: Mapping[str, float], those: Iterable[str]) -> float:
    """Return which share of a group, by weight, these learners are."""
    return sum(group.get(learner, 0.0) for learner in those) / sum(group.values())
