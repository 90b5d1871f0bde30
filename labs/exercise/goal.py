"""A goal, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from engine.bounds import Bounded, bounded
from engine.errors import Wrong
from labs.exercise.measure import Measure


def one_of(measures: Mapping[str, Measure]) -> Any:  # noqa: ANN401 - dataclasses.field() has this type too
    """Return the field for the name of one of these measures; a file's reader knows them by it."""
    return field(metadata={"words": tuple(measures)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Bounded):
    """One thing that counts; each kind of exercise says which measures there are."""

    measures: ClassVar[Mapping[str, Measure]] = {}
    bounds: ClassVar[tuple[str, ...]] = ("at_most",)
    """The fields that bound a figure."""

    id: str
    """Of letters, digits and hyphens; near-misses name it."""
    title: str
    """What is to be achieved."""
    measure: str
    """What is measured."""
    at_most: float | None = bounded(None, low=0)
    """In the measure's unit."""
    say: str
    """What a good teacher says when it is missed."""
    hints: tuple[str, ...] = ()
    """From nudge to near-solution."""

    def wrongs(self) -> Iterator[Wrong]:
        """Yield also a measure that there is not, and a goal that everybody would meet."""
        yield from super(Goal, self).wrongs()
        if self.measure not in self.measures:
            yield Wrong("measure", f"must be one of {', '.join(self.measures)}, got {self.measure!r}")
        elif say := self.lacks_bound({each: getattr(self, each) for each in ("measure", *self.bounds)}):
            yield Wrong("at_most", say)

    @classmethod
    def lacks_bound(cls, given: Mapping[str, object]) -> str | None:
        """Return what to say of a goal, given by its fields, that needs a bound and has none."""
        name = given.get("measure")
        measure = cls.measures.get(name) if isinstance(name, str) else None
        if measure is None or measure.wanted or any(given.get(bound) is not None for bound in cls.bounds):
            return None
        others = "".join(f"or `{bound}` " for bound in cls.bounds[1:])
        return f"{others}must be given; a goal on {name} needs a bound"

    def holds(self, figure: float | None) -> bool:
        """Is the figure good enough? Never, which is None, is not; what is wanted without a bound must be so, 1."""
        if figure is None:
            return False
        return figure == 1 if self.measures[self.measure].wanted else figure <= (self.at_most or 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalResult:
    """What became of a goal."""

    id: str
    title: str
    passed: bool
    measured: float | None
    """The figure held against the bound; None if nothing could be measured. Over seeds it is the quantile that the goal
    names, or a share."""
    measured_say: str
    """The same for people, such as `20 of 20 promoted`."""
    needed: str
    """Such as `at least 19 of 20`."""
    say: str
    """What a teacher says: praise is not needed, so empty when passed."""
    hints: tuple[str, ...]

    @classmethod
    def of(cls, goal: Goal, *, passed: bool, measured: float | None, measured_say: str, needed: str) -> GoalResult:
        """Return the result of a goal, with the goal's own words."""
        return cls(
            id=goal.id,
            title=goal.title,
            passed=passed,
            measured=measured,
            measured_say=measured_say,
            needed=needed,
            say="" if passed else goal.say,
            hints=goal.hints,
        )
