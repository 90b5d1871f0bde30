"""What came out of an exam that has ended, beside the earlier ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from course.learning.exams.sitting import Ended, Sitting
from quiz.exams.score import Counted, Score, scaled_estimate, score


@dataclass(frozen=True, slots=True)
class Earlier:
    """The score of an earlier sitting of the same exam."""

    id: str
    at: datetime
    right: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A sitting that has ended, judged."""

    sitting: Sitting
    ended: Ended
    score: Score
    earlier: tuple[Earlier, ...]
    """Oldest first."""

    @property
    def scaled(self) -> tuple[int, int, int]:
        """Estimates of the scaled score: the lower end, the score itself, the upper end."""
        low, high = self.score.whole.interval
        return scaled_estimate(low), scaled_estimate(self.score.whole.share), scaled_estimate(high)

    @property
    def wrong(self) -> tuple[str, ...]:
        """The questions to practise: those that are wrong or not answered, also of the unscored ones."""
        return tuple(
            id for id in self.sitting.questions if id not in self.ended.gone and self.ended.right.get(id) is not True
        )

    @property
    def to_judge(self) -> tuple[str, ...]:
        """The questions whose answers the learner has still to judge."""
        left = self.ended.unsure - set(self.ended.judged) - self.ended.gone
        return tuple(id for id in self.sitting.questions if id in left)


def result(sitting: Sitting, among: Iterable[Sitting]) -> Result:
    """Return the result of a sitting that has ended; ValueError for one that has not."""
    if sitting.ended is None:
        raise ValueError(f"sitting {sitting.id} has not ended, so it has no result")
    same = [each for each in among if each.profile == sitting.profile and each.begun < sitting.begun]
    earlier = [(each, each.ended) for each in same if each.ended]
    return Result(
        sitting=sitting,
        ended=sitting.ended,
        score=_score(sitting, sitting.ended),
        earlier=tuple(_earlier(each, ended) for each, ended in earlier),
    )


def _earlier(sitting: Sitting, ended: Ended) -> Earlier:
    whole = _score(sitting, ended).whole
    return Earlier(sitting.id, ended.at, whole.right, whole.of)


def _score(sitting: Sitting, ended: Ended) -> Score:
    there = [each for each in sitting.drawn if each.id not in ended.gone]
    tasks = [
        Counted(domain=task.domain, counts=task.counts, passed=ended.tasks.get(task.lab) is True)
        for task in sitting.tasks
        if task.lab not in ended.gone
    ]
    return score(there, ended.right, tasks)
