"""A lab from its files: the world, the releases, the goals, and the plans that prove it.

What the lab claims about its plans is tried out by `labs.grading.proof`; here all of it must be readable, and every
name must lead somewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import ClassVar, get_args

from course.content.files.exercise import Draft, ExerciseFile, read_draft
from course.content.files.folder import Folder
from course.content.schema.mentions import complain_of_unknown, places
from engine.bounds import bounded
from labs.lab import Goal, Lab, MeasureName, NearMiss, lacks_bound


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMissEntry:
    """A plan's file, and the goal that it misses."""

    plan: str
    fails: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabFile(ExerciseFile):
    """`lab.yaml`."""

    exercise: ClassVar[str] = "lab"
    too_easy: ClassVar[str] = "a plan that judges nothing would pass"

    start: str
    reference: str
    near_misses: tuple[NearMissEntry, ...]
    goals: tuple[Goal, ...]
    seeds: int = bounded(20, low=1, high=1000)


def read_lab(folder: Folder, path: PurePosixPath, lesson: str) -> Lab:
    """Return the lab of a file; ContentError with all that is wrong with it or with the files it names."""
    draft = read_draft(folder, path, LabFile)
    _complain_of_goals(draft)
    brief, debrief = draft.text("brief"), draft.text("debrief")
    start, reference = draft.plan("start", acceptable=False), draft.plan("reference")
    near_misses = draft.plans(("near_misses", ..., "plan"), draft.fields.get("world"))
    draft.attached.settle()
    file = LabFile(**draft.fields)
    return Lab(
        id=file.id,
        revision=file.revision,
        title=file.title,
        minutes=file.minutes,
        lesson=lesson,
        brief=brief,
        debrief=debrief,
        world=file.world,
        releases=file.releases,
        start=start,
        reference=reference,
        near_misses=tuple(
            NearMiss(file=plan, fails=entry.fails) for entry, plan in zip(file.near_misses, near_misses, strict=True)
        ),
        goals=file.goals,
        seeds=file.seeds,
    )


def _complain_of_goals(draft: Draft) -> None:
    complain_of_unknown(draft.complaints, ("goals", ..., "release"), draft.ids("releases"))
    complain_of_unknown(draft.complaints, ("near_misses", ..., "fails"), draft.ids("goals"))
    for trail, goal in places(draft.data, ("goals", ...)):
        if isinstance(goal, Mapping) and goal.get("measure") in get_args(MeasureName):
            say = lacks_bound(goal["measure"], goal.get("at_most"), goal.get("at_least"))
            if say:
                draft.complaints.at_value((*trail, "at_most"), f"`at_most` {say}")
