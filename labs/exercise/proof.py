"""How an exercise proves itself: what is right passes, near-misses fail what they name, and no goal is for nothing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.world import World
from labs.exercise.goal import Goal, GoalResult


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that does not hold."""

    say: str
    """What, and what to do about it."""
    at: tuple[str | int, ...] = ()
    """The keys and indexes that lead to it in the exercise's file; empty for the whole."""

    def __str__(self) -> str:
        return self.say


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of an answer that was tried out."""

    name: str
    """Of its file, or such as `always rolling back`."""
    results: tuple[GoalResult, ...]
    cut: str = ""
    """What is to be said of runs of which the end was not counted; empty if there is none."""

    @property
    def passed(self) -> bool:
        """Does it meet all goals?"""
        return not self.failed

    @property
    def failed(self) -> tuple[str, ...]:
        """The goals that it misses."""
        return tuple(result.id for result in self.results if not result.passed)

    @property
    def told(self) -> str:
        """All goals with their figures."""
        return "; ".join(f"{result.id}: {_figures(result)}" for result in self.results)

    def unlike(self, expected: Sequence[str]) -> str:
        """Return which goals it fails or meets against what is expected, with their figures; empty if all is so."""
        return "; it ".join(
            f"{'meets' if result.passed else 'fails'} {result.id}: {_figures(result)}"
            for result in sorted(self.results, key=lambda result: result.passed)
            if result.passed == (result.id in expected)
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """What an exercise's file says of an answer: that it passes, or that it fails exactly one goal."""

    name: str
    fails: str | None
    at: tuple[str | int, ...]

    def doubts(self, tried: Tried, where: str = "") -> Iterator[Doubt]:
        """Yield what is otherwise, and `where` it was seen."""
        expected = [self.fails] if self.fails else []
        if unlike := tried.unlike(expected):
            wanted = f"fail exactly {self.fails}" if self.fails else "pass"
            yield Doubt(f"{self.name} must {wanted}, it {unlike}{where}{tried.cut}", self.at)


def cut_off(world: World, ends: Mapping[str, Sequence[float]]) -> str:
    """Return what to say of runs in which the counted time is over before the update is: whoever is harmed after that,
    and what it costs, is missing in the figures. `ends` are the ends of the updates in seconds of their runs, by
    release.
    """
    late = {release: [end for end in found if end > world.duration_s] for release, found in ends.items()}
    says = [f"{len(late[each])} of {len(ends[each])} runs of {each}" for each in late if late[each]]
    if not says:
        return ""
    enough = 60 * math.ceil(max(end for found in late.values() for end in found) / 60)
    where = " and ".join(says)
    return (
        f"; nothing is counted after `duration_s` ({world.duration_s:g}), and in {where} the update goes on: "
        f"make `duration_s` at least {enough}, or let the plan bake for less"
    )


def weaknesses(goals: Sequence[Goal], key: str, claims: Iterable[Claim], failing: Iterable[Tried]) -> Iterator[Doubt]:
    """Yield why the proof would say little: too few near-misses, all of one kind, or goals that nobody fails.

    `failing` are all who were tried and should not pass, begun with the plainest; the near-misses stand under `key`.
    """
    near = {(claim.name, claim.fails) for claim in claims if claim.fails}
    missed = {fails for _, fails in near}
    if len(near) < FEWEST:
        there = "there is one near-miss" if near else "there is no near-miss"
        yield Doubt(f"{there}; write at least {FEWEST} that look right and fail one goal each", (key,))
    elif len(goals) > 1 and len(missed) == 1:
        others = ", ".join(goal.id for goal in goals if goal.id not in missed)
        yield Doubt(f"all near-misses fail {missed.pop()}; write one that fails another goal, such as {others}", (key,))
    yield from _for_nothing(goals, list(failing))


FEWEST = 2
"""Near-misses: one could be the only mistake that the goals are able to tell from what is right."""


def _for_nothing(goals: Sequence[Goal], failing: Sequence[Tried]) -> Iterator[Doubt]:
    for index, goal in enumerate(goals):
        if not any(goal.id in tried.failed for tried in failing):
            first = failing[0]
            met = next(_figures(result) for result in first.results if result.id == goal.id)
            told = f"nobody fails {goal.id}, not even {first.name}: {met}{first.cut}"
            yield Doubt(f"{told}; write a near-miss that fails it, or leave it out", ("goals", index))


def _figures(result: GoalResult) -> str:
    return f"measured {result.measured_say}, needed {result.needed}"
