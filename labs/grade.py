"""The verdict over a plan: what was measured, what was needed, and how it compares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.run import Outcome
from labs.exercise.goal import GoalResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A figure over seeds."""

    mean: float
    p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseResult:
    """How a plan did on one release, over all seeds."""

    outcomes: Mapping[Outcome, int]
    harmed: Spread
    time_to_detect_s: float | None
    """Median over the seeds in which something was detected."""
    detected_in: int
    """How many seeds these are."""
    time_to_recover_s: float | None
    duration_s: float
    """Median length of the update."""
    extra_instance_minutes: float
    """Mean."""
    cost_usd: float | None
    """Mean, of the counted time; None where the price of an instance type is not known."""
    harmed_by_seed: tuple[int, ...]
    """In the order of the seeds."""
    exposed: float
    """Mean share of requests that the new fleet answered before the verdict."""
    measured: Mapping[str, float | None] = field(default_factory=dict)
    """Means of what the goals ask for, by measure, where a lab is about serving what comes; None is never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something that happened in one of the runs, and that the grade hangs on."""

    release: str
    seed: int
    t: float
    """Seconds from the start of the run."""
    say: str
    """What happened, as a sentence."""
    decisive: bool = False
    """Is it the alarm that brought the traffic back?"""

    @property
    def told(self) -> str:
        """The sentence, with the run that it is about."""
        return f"{self.release} (seed {self.seed}): {self.say}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """The verdict."""

    lab: str
    passed: bool
    score: float
    """0 to 100: the share of goals met, weighed with par."""
    goals: tuple[GoalResult, ...]
    releases: Mapping[str, ReleaseResult]
    compared: Mapping[str, Mapping[str, ReleaseResult]]
    """The same for `reference` and `unguarded`, and for `best`, the learner's best earlier plan, where there is one; on
    the same requests."""
    moments: tuple[Moment, ...]
    """The two or three moments that decided it, those of one run together and in order of time."""
    seeds: tuple[int, ...]
