"""How an exercise proves itself: what is right passes, and near-misses fail what they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from labs.exercise.goal import GoalResult


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

    @property
    def passed(self) -> bool:
        """Does it meet all goals?"""
        return not self.failed

    @property
    def failed(self) -> tuple[str, ...]:
        """The goals that it misses."""
        return tuple(result.id for result in self.results if not result.passed)

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
            yield Doubt(f"{self.name} must {wanted}, it {unlike}{where}", self.at)


def _figures(result: GoalResult) -> str:
    return f"measured {result.measured_say}, needed {result.needed}"
