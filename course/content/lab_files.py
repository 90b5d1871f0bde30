"""A lab from its files: the world, the releases, the goals, and the plans that prove it.

What the lab claims about its plans is tried out by `labs.proof`; here all of it must be readable, and every
name must lead somewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from course.content.attachments import Attachments, unknown
from course.content.document import Complaints, Trail
from course.content.errors import ContentError
from course.content.folder import Folder
from course.content.ids import listed_ids, repeated
from course.content.shape import build
from course.content.wording import shown
from course.content.world_files import AWS_READERS, complain_of_variants
from engine.bounds import Bounded, bounded
from engine.world import World
from labs.lab import Goal, Lab, NearMiss, Release


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMissEntry:
    """A plan's file, and the goal that it misses."""

    plan: str
    fails: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabFile(Bounded):
    """`lab.yaml`."""

    format: Literal[1]
    id: str
    revision: int = bounded(low=1)
    title: str
    minutes: int = bounded(low=1, high=600)
    brief: str
    debrief: str
    world: World
    releases: tuple[Release, ...]
    start: str
    reference: str
    near_misses: tuple[NearMissEntry, ...]
    goals: tuple[Goal, ...]
    seeds: int = bounded(20, low=1, high=1000)


def read_lab(folder: Folder, path: PurePosixPath, lesson: str) -> Lab:
    """Return the lab of a file; ContentError with all that is wrong with it or with the files it names."""
    return _LabReader(folder, path).read(lesson)


class _LabReader:
    def __init__(self, folder: Folder, path: PurePosixPath) -> None:
        self.path = path
        self.complaints = Complaints(folder.document(path))
        self.attached = Attachments(folder, path.parent, self.complaints)

    def read(self, lesson: str) -> Lab:
        file = build(LabFile, self.complaints.document.data, self.complaints, readers=AWS_READERS)
        if file is None:
            raise ContentError(self.complaints.problems)
        self._check(file)
        attached, world = self.attached, file.world
        lab = Lab(
            id=file.id,
            revision=file.revision,
            title=file.title,
            minutes=file.minutes,
            lesson=lesson,
            brief=attached.markdown("brief", file.brief),
            debrief=attached.markdown("debrief", file.debrief),
            world=world,
            releases=file.releases,
            start=attached.plan(("start",), file.start, world, acceptable=False),
            reference=attached.plan(("reference",), file.reference, world),
            near_misses=tuple(self._near_misses(file)),
            goals=file.goals,
            seeds=file.seeds,
        )
        attached.settle()
        return lab

    def _check(self, file: LabFile) -> None:
        complain_of_variants(file.world, ("world",), self.complaints)
        for trail, say in _mistakes(file, self.path.parent.name):
            self.complaints.at_value(trail, say)
        for key, kind in (("releases", "release"), ("goals", "goal")):
            self.attached.problems += repeated(listed_ids(self.complaints.document, key, kind))

    def _near_misses(self, file: LabFile) -> Iterator[NearMiss]:
        for index, each in enumerate(file.near_misses):
            plan = self.attached.plan(("near_misses", index, "plan"), each.plan, file.world)
            yield NearMiss(file=plan, fails=each.fails)


def _mistakes(file: LabFile, folder: str) -> Iterator[tuple[Trail, str]]:
    """Yield the place of each name that leads nowhere, and of what the lab lacks."""
    if file.id != folder:
        yield ("id",), f"the lab lies in the folder {shown(folder)}; give it that id, or rename the folder"
    releases, goals = {each.id: each for each in file.releases}, {each.id: each for each in file.goals}
    for expected in ("promoted", "rolled-back"):
        if expected not in [release.expect for release in file.releases]:
            yield (
                ("releases",),
                f"no release is expected to be {expected}; add one, or a plan that judges nothing would pass",
            )
    for index, release in enumerate(file.releases):
        yield from unknown("releases", index, "replaces", release.replaces, file.world.models)
    for index, goal in enumerate(file.goals):
        yield from unknown("goals", index, "release", goal.release, releases)
        if goal.at_most is None and goal.at_least is None:
            yield ("goals", index), "a goal needs `at_most` or `at_least`; say what is enough"
    for index, miss in enumerate(file.near_misses):
        yield from unknown("near_misses", index, "fails", miss.fails, goals)
    if not goals:
        yield ("goals",), "a lab needs at least one goal; say what a plan must achieve"
