"""A lab from its files: the world, the releases, the goals, and the plans that prove it.

What the lab claims about its plans is tried out by `labs.proof`; here all of it must be readable, and every
name must lead somewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from course.content.document import Complaints, Trail
from course.content.errors import ContentError, Problem
from course.content.folder import Folder
from course.content.ids import listed_ids, repeated
from course.content.markdown import markdown_problems
from course.content.plan_files import check_plan
from course.content.shape import build
from course.content.wording import nearest, shown
from course.content.world_files import AWS_READERS, complain_of_variants
from engine.bounds import Bounded, bounded
from engine.plan import Plan
from engine.world import World
from labs.lab import Goal, Lab, NearMiss, PlanFile, Release


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
        self.folder = folder
        self.path = path
        self.complaints = Complaints(folder.document(path))
        self.problems: list[Problem] = []

    def read(self, lesson: str) -> Lab:
        file = build(LabFile, self.complaints.document.data, self.complaints, readers=AWS_READERS)
        if file is None:
            raise ContentError(self.complaints.problems)
        self._check(file)
        lab = Lab(
            id=file.id,
            revision=file.revision,
            title=file.title,
            minutes=file.minutes,
            lesson=lesson,
            brief=self._markdown("brief", file.brief),
            debrief=self._markdown("debrief", file.debrief),
            world=file.world,
            releases=file.releases,
            start=self._plan(("start",), file.start, file.world, acceptable=False),
            reference=self._plan(("reference",), file.reference, file.world),
            near_misses=tuple(self._near_misses(file)),
            goals=file.goals,
            seeds=file.seeds,
        )
        if self.problems or self.complaints.problems:
            raise ContentError([*self.problems, *self.complaints.problems])
        return lab

    def _check(self, file: LabFile) -> None:
        complain_of_variants(file.world, ("world",), self.complaints)
        for trail, say in _mistakes(file, self.path.parent.name):
            self.complaints.at_value(trail, say)
        for key, kind in (("releases", "release"), ("goals", "goal")):
            self.problems += repeated(listed_ids(self.complaints.document, key, kind))

    def _near_misses(self, file: LabFile) -> Iterator[NearMiss]:
        for index, each in enumerate(file.near_misses):
            plan = self._plan(("near_misses", index, "plan"), each.plan, file.world)
            yield NearMiss(file=plan, fails=each.fails)

    def _markdown(self, key: str, name: str) -> str:
        path, text = self._text((key,), name)
        self.problems += markdown_problems(path, text or "")
        return text or ""

    def _plan(self, trail: Trail, name: str, world: World, *, acceptable: bool = True) -> PlanFile:
        """Return a plan; a learner may be asked to mend the start, so it need not be `acceptable` to AWS."""
        path, text = self._text(trail, name)
        if text is None:
            return PlanFile(name=name, text="", plan=Plan())
        checked = check_plan(text, world)
        for finding in checked.findings:
            if finding.severity != "advice" and (acceptable or not finding.path):
                self.problems.append(Problem(path, finding.line, finding.column, finding.say))
        return PlanFile(name=name, text=text, plan=checked.plan or Plan())

    def _text(self, trail: Trail, name: str) -> tuple[Path, str | None]:
        """Return where the file is and what it holds; None after a complaint."""
        path = self.folder.referred(self.complaints, trail, name, self.path.parent)
        if path is None:
            return Path(name), None
        try:
            return Path(path), self.folder.text(path)
        except ContentError as error:
            self.problems += error.problems
            return Path(path), None


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
        yield from _known("releases", index, "replaces", release.replaces, file.world.models)
    for index, goal in enumerate(file.goals):
        yield from _known("goals", index, "release", goal.release, releases)
        if goal.at_most is None and goal.at_least is None:
            yield ("goals", index), "a goal needs `at_most` or `at_least`; say what is enough"
    for index, miss in enumerate(file.near_misses):
        yield from _known("near_misses", index, "fails", miss.fails, goals)
    if not goals:
        yield ("goals",), "a lab needs at least one goal; say what a plan must achieve"


def _known(key: str, index: int, field: str, name: str, known: Iterable[str]) -> Iterator[tuple[Trail, str]]:
    if name not in known:
        yield (
            (key, index, field),
            f"`{field}` names {shown(name)}, which does not exist; {nearest(name, list(known))}",
        )
