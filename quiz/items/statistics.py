"""From answers to what they say about each question (classical test theory; Lord and Novick, *Statistical Theories of
Mental Test Scores*, 1968).

Only the first answer of each learner counts for difficulty and discrimination. Later ones tell what was learned since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import quantiles

from engine.experiments.fixed_sample import Arm, compare
from quiz.exams.score import Share
from quiz.items.discrimination import item_rest, upper_lower
from quiz.items.drawn import drawn
from quiz.items.item import ItemStatistics, Revision, SeedRange, Times
from quiz.items.ranking import Totals, totals
from quiz.items.response import Response, first_ones
from quiz.items.suspicion import suspected
from quiz.questions import Question

RANGES = 4
"""Into how many the seeds of a computed item are parted at most."""
PER_RANGE = 5
"""The fewest first answers in one."""
CLEAR = 0.05
"""The p-value below which two difficulties differ by more than chance explains."""


def statistics(
    responses: Iterable[Response], questions: Mapping[str, Question], reported: Mapping[str, int] | None = None
) -> tuple[ItemStatistics, ...]:
    """Return what is to be said of each of these questions that was answered: the most suspicious first.

    Answers to what is none of these questions are left out, so that nobody is strong by them. `reported` tells of how
    many learners' reports there are, by item.
    """
    known = [each for each in responses if each.item in questions]
    counts, first = Counter(each.item for each in known), first_ones(known)
    over = totals(first, first)
    return suspected(
        [
            (_item(questions[id], first[id], over, counts[id], (reported or {}).get(id, 0)), questions[id])
            for id in sorted(first)
        ]
    )


def _item(
    question: Question, first: Mapping[str, Response], over: Totals, answers: int, reported: int
) -> ItemStatistics:
    revisions = _revisions(first.values())
    known = {each.revision for each in revisions}
    current = question.revision if question.revision in known else max(known)
    those = {learner: each for learner, each in first.items() if each.revision == current}
    right = {learner: each.right for learner, each in those.items()}
    rests = over.rests(right)
    return ItemStatistics(
        item=question.id,
        kind=question.kind,
        revision=current,
        answers=answers,
        first=_share(those.values()),
        discrimination=item_rest(right, rests),
        upper_lower=upper_lower(right, rests),
        times=_times([each.seconds for each in those.values() if each.seconds is not None]),
        hints=sum(each.hints for each in those.values()) / len(those),
        hinted=sum(each.hints > 0 for each in those.values()) / len(those),
        drawn=drawn(question, those, rests),
        revisions=revisions,
        changed=_changed(revisions, current),
        seeds=_seeds(those.values()) if question.computed else (),
        reported=reported,
    )


def _share(responses: Iterable[Response]) -> Share:
    right = [each.right for each in responses]
    return Share(sum(right), len(right))


def _times(seconds: Sequence[float]) -> Times | None:
    """Return the median and the quartiles, between which half of them lie (Hyndman and Fan's definition 7)."""
    if not seconds:
        return None
    if len(seconds) == 1:
        return Times(1, *seconds, *seconds, *seconds)
    return Times(len(seconds), *quantiles(seconds, method="inclusive"))


def _revisions(responses: Iterable[Response]) -> tuple[Revision, ...]:
    by: dict[int, list[Response]] = {}
    for each in responses:
        by.setdefault(each.revision, []).append(each)
    return tuple(Revision(revision, _share(by[revision])) for revision in sorted(by))


def _changed(revisions: Sequence[Revision], current: int) -> str:
    """Say what became of the difficulty, by a test of two proportions with their pooled variance."""
    before = [each for each in revisions if 0 < each.revision < current]
    now = next(each for each in revisions if each.revision == current)
    if not before:
        return ""
    then = before[-1]
    p = compare(Arm(then.first.of, then.first.right), Arm(now.first.of, now.first.right)).p_value
    told = (
        f"revision {then.revision}: {then.first.right} of {then.first.of} right, "
        f"revision {current}: {now.first.right} of {now.first.of}"
    )
    if p >= CLEAR:
        return f"{told}; chance alone explains the difference (p = {p:.2f})"
    easier = "easier" if now.first.share > then.first.share else "harder"
    return f"{told}; it became {easier} (p = {p:.3f})"


def _seeds(responses: Iterable[Response]) -> tuple[SeedRange, ...]:
    """Part the answers by their seeds into ranges of about as many; none where they are too few for two."""
    seeded = sorted((each.seed, each.right) for each in responses if each.seed is not None)
    parts = min(RANGES, len(seeded) // PER_RANGE)
    if parts <= 1:
        return ()
    found: list[SeedRange] = []
    ends = [round(len(seeded) * part / parts) for part in range(1, parts + 1)]
    begin = 0
    for end in ends:
        while begin < end < len(seeded) and seeded[end][0] == seeded[end - 1][0]:
            end += 1  # a seed is never parted
        if begin < end:
            here = seeded[begin:end]
            found.append(SeedRange(here[0][0], here[-1][0], Share(sum(right for _, right in here), len(here))))
            begin = end
    return tuple(found)
