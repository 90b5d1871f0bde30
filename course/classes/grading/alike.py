"""Plans that are alike: the same once names and order are taken away, or but for one value or two.

Alike is no proof of copying. Who changes little in the plan that a lab begins with comes to the same as others who do,
so plans that near the start are left out; whoever reads the rest has to look at the plans.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from course.classes.grading.sent import Sent

MOST_DIFFERING = 2
MOST_COMPARED = 1500
"""Different plans of a lab that are compared value by value; of more, only equal ones are found."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Learners whose plans for a lab are alike."""

    learners: tuple[str, ...]
    differ: int
    """The most values in which two of them differ."""
    values: int
    """Of how many."""


def alike(plans: Mapping[str, Sent], start: Sent, given: Collection[Sent]) -> tuple[Alike, ...]:
    """Return the groups of a lab, the largest first; `plans` are those of the learners.

    Left out is whatever equals one of the plans `given` by the lab, or is but a value or two away from its `start`.
    """
    owners: dict[Sent, list[str]] = defaultdict(list)
    for learner, sent in plans.items():
        if sent and sent not in given and distance(sent, start) > MOST_DIFFERING:
            owners[sent].append(learner)
    groups = _joined(list(owners)) if len(owners) <= MOST_COMPARED else [[each] for each in owners]
    found = [_group(group, owners) for group in groups]
    return tuple(sorted((each for each in found if len(each.learners) > 1), key=_order))


def distance(one: Sent, other: Sent) -> int:
    """Return in how many values two plans differ; a value that one of them lacks counts too."""
    mine, theirs = dict(one), dict(other)
    return sum(mine.get(place) != theirs.get(place) for place in mine.keys() | theirs.keys())


def _group(group: Sequence[Sent], owners: Mapping[Sent, Sequence[str]]) -> Alike:
    learners = tuple(sorted(learner for sent in group for learner in owners[sent]))
    most = max((distance(one, other) for one, other in combinations(group, 2)), default=0)
    return Alike(learners, most, max(len(sent) for sent in group))


def _order(group: Alike) -> tuple[int, int, tuple[str, ...]]:
    return -len(group.learners), group.differ, group.learners


def _joined(plans: Sequence[Sent]) -> list[list[Sent]]:
    """Return the plans in groups, in each of which every one is near another one."""
    leader = {sent: sent for sent in plans}

    def lead(sent: Sent) -> Sent:
        while leader[sent] != sent:
            sent = leader[sent]
        return sent

    for one, other in _near(plans):
        first, second = sorted((lead(one), lead(other)))
        leader[second] = first
    groups: dict[Sent, list[Sent]] = defaultdict(list)
    for sent in sorted(plans):
        groups[lead(sent)].append(sent)
    return list(groups.values())


def _near(plans: Iterable[Sent]) -> Iterator[tuple[Sent, Sent]]:
    """Yield pairs with the same places that differ in a value or two: one of three parts of them is then the same."""
    parts: dict[tuple[object, ...], list[Sent]] = defaultdict(list)
    for sent in plans:
        places, values = tuple(place for place, _ in sent), tuple(value for _, value in sent)
        for part in range(MOST_DIFFERING + 1):
            parts[places, part, values[part :: MOST_DIFFERING + 1]].append(sent)
    for those in parts.values():
        yield from ((one, other) for one, other in combinations(those, 2) if distance(one, other) <= MOST_DIFFERING)
