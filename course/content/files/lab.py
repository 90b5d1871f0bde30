"""A lab from its files: the world, the releases, the goals, and the plans that prove it.

What the lab claims about its plans is tried out by `labs.grading.proof`; here all of it must be readable, and every
name must lead somewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import ClassVar, get_args

from course.content.files.exercise import ExerciseFile, read_draft
from course.content.files.folder import Folder
from course.content.schema.mentions import complain_of_unknown
from engine.bounds import bounded
from labs.exercise.exercise import Expectation
from labs.exercise.goal import Goal
from labs.lab import Lab, LabGoal, NearMiss


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMissEntry:
    """A plan's file, and the goal that it misses."""

    plan: str
    """Its file, beside this one."""
    fails: str
    """The goal that it misses, and no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabFile(ExerciseFile):
    """`lab.yaml`."""

    exercise: ClassVar[str] = "lab"
    too_easy: ClassVar[str] = "a plan that judges nothing would pass"
    goal: ClassVar[type[Goal]] = LabGoal
    expectations: ClassVar[tuple[Expectation, ...]] = get_args(Expectation)

    start: str
    """The plan to begin with; it fails."""
    reference: str
    """A plan that passes."""
    near_misses: tuple[NearMissEntry, ...]
    """Plans that look right; two at least."""
    goals: tuple[LabGoal, ...]
    """What is enough to pass."""
    seeds: int = bounded(20, low=1, high=1000)
    """Runs for each release that a grade makes."""


def read_lab(folder: Folder, path: PurePosixPath, lesson: str) -> Lab:
    """Return the lab of a file; ContentError with all that is wrong with it or with the files it names."""
    draft = read_draft(folder, path, LabFile)
    complain_of_unknown(draft.complaints, ("goals", ..., "release"), draft.ids("releases"))
    complain_of_unknown(draft.complaints, ("near_misses", ..., "fails"), draft.ids("goals"))
    start, reference = draft.plan("start", acceptable=False), draft.plan("reference")
    near_misses = draft.plans(("near_misses", ..., "plan"), draft.fields.get("world"))
    shared = draft.shared(lesson)
    file = LabFile(**draft.fields)
    return Lab(
        **shared,
        start=start,
        reference=reference,
        near_misses=tuple(
            NearMiss(file=plan, fails=entry.fails) for entry, plan in zip(file.near_misses, near_misses, strict=True)
        ),
        seeds=file.seeds,
    )
