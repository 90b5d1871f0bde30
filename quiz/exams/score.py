"""What an exam that was taken is worth: all or nothing for each question, an unanswered one is wrong (spec exam).

Intervals are Wilson's (*Journal of the American Statistical Association* 22, 1927): they stay within 0 and 1, and cover
the true share about as often as they say even for a handful of questions.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from quiz.exams.draw import Drawn
from quiz.exams.profile import SCALE

Z = 1.959964
"""The normal quantile of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many are right."""

    right: int = 0
    of: int = 0

    @property
    def share(self) -> float:
        """The share itself; 0 of nothing."""
        return self.right / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the learner's true share lies, with 95 % confidence; anywhere, as long as nothing was asked."""
        if not self.of:
            return 0.0, 1.0
        n, p, z2 = self.of, self.share, Z * Z
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        return min(max(middle - half, 0.0), p), max(min(middle + half, 1.0), p)  # rounding may not push it off p

    def plus(self, right: bool, counts: int = 1) -> Share:
        """Return it with one more question, or with something that counts for several."""
        return Share(self.right + counts * right, self.of + counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A practical task, and whether it was passed."""

    domain: str
    counts: int
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What counts of an exam; what is unscored does not."""

    whole: Share = Share()
    domains: Mapping[str, Share] = field(default_factory=dict)
    objectives: Mapping[str, Share] = field(default_factory=dict)
    unscored: Share = Share()
    """What did not count, for whoever wants to know afterwards."""


def score(questions: Iterable[Drawn], right: Mapping[str, bool], tasks: Iterable[Counted] = ()) -> Score:
    """Return the score; a question that `right` does not know was not answered, and is wrong."""
    whole, unscored = Share(), Share()
    domains: dict[str, Share] = {}
    objectives: dict[str, Share] = {}
    for each in questions:
        well = right.get(each.id) is True
        if not each.scored:
            unscored = unscored.plus(well)
            continue
        whole = whole.plus(well)
        domains[each.domain] = domains.get(each.domain, Share()).plus(well)
        objectives[each.objective] = objectives.get(each.objective, Share()).plus(well)
    for task in tasks:
        whole = whole.plus(task.passed, task.counts)
        domains[task.domain] = domains.get(task.domain, Share()).plus(task.passed, task.counts)
    return Score(whole=whole, domains=domains, objectives=objectives, unscored=unscored)


def scaled_estimate(share: float) -> int:
    """Return an estimate of the scaled score, and no more than that: how it is reckoned is not public."""
    low, high = SCALE
    return round(low + (high - low) * share)


def share_for(mark: int) -> float:
    """Return the share of right answers that `scaled_estimate` puts at a pass mark."""
    low, high = SCALE
    return (mark - low) / (high - low)
