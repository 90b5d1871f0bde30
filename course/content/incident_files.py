"""An incident from its files: the world, what a colleague has sent, the releases, the goals and the answers.

What the incident claims about its answers is tried out by `labs.incident_proof`; here all of it must be readable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
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
from labs.incident import YES_OR_NO, Answer, Incident, IncidentGoal, Speed
from labs.lab import PlanFile, Release


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEntry:
    """What somebody does with one release: the plan's file, and the goal that it misses, if it misses one."""

    release: str
    plan: str
    fails: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFile(Bounded):
    """`incident.yaml`."""

    format: Literal[1]
    id: str
    revision: int = bounded(low=1)
    title: str
    minutes: int = bounded(low=1, high=600)
    brief: str
    debrief: str
    world: World
    releases: tuple[Release, ...]
    plan: str
    goals: tuple[IncidentGoal, ...]
    answers: tuple[AnswerEntry, ...]
    speed: Speed = 10


def read_incident(folder: Folder, path: PurePosixPath, lesson: str) -> Incident:
    """Return the incident of a file; ContentError with all that is wrong with it or with the files it names."""
    return _IncidentReader(folder, path).read(lesson)


class _IncidentReader:
    def __init__(self, folder: Folder, path: PurePosixPath) -> None:
        self.path = path
        self.complaints = Complaints(folder.document(path))
        self.attached = Attachments(folder, path.parent, self.complaints)

    def read(self, lesson: str) -> Incident:
        file = build(IncidentFile, self.complaints.document.data, self.complaints, readers=AWS_READERS)
        if file is None:
            raise ContentError(self.complaints.problems)
        self._check(file)
        sent = self._sent(file)
        incident = Incident(
            id=file.id,
            revision=file.revision,
            title=file.title,
            minutes=file.minutes,
            lesson=lesson,
            brief=self.attached.markdown("brief", file.brief),
            debrief=self.attached.markdown("debrief", file.debrief),
            world=file.world,
            releases=file.releases,
            plan=sent,
            goals=file.goals,
            answers=(),
            speed=file.speed,
        )
        answers = tuple(self._answers(file, incident))
        self.attached.settle()
        return replace(incident, answers=answers)

    def _check(self, file: IncidentFile) -> None:
        complain_of_variants(file.world, ("world",), self.complaints)
        for trail, say in _mistakes(file, self.path.parent.name):
            self.complaints.at_value(trail, say)
        for key, kind in (("releases", "release"), ("goals", "goal")):
            self.attached.problems += repeated(listed_ids(self.complaints.document, key, kind))

    def _sent(self, file: IncidentFile) -> PlanFile:
        """Return what the colleague has sent: an update that a rollback alarm guards, or there is a complaint."""
        said_before = self.attached.said
        sent = self.attached.plan(("plan",), file.plan, file.world)
        update = sent.plan.update
        guarded = update is not None and update.deployment_config is not None and update.deployment_config.alarms
        if not guarded and self.attached.said == said_before:
            say = f"{shown(file.plan)} sends no UpdateEndpoint with a rollback alarm; without one nothing stops it"
            self.complaints.at_value(("plan",), say)
        return sent

    def _answers(self, file: IncidentFile, incident: Incident) -> Iterator[Answer]:
        """Yield the answers; what they send meets what the colleague brought along."""
        for index, each in enumerate(file.answers):
            plan = self.attached.plan(("answers", index, "plan"), each.plan, incident.found)
            yield Answer(release=each.release, file=plan, fails=each.fails)


def _mistakes(file: IncidentFile, folder: str) -> Iterator[tuple[Trail, str]]:
    """Yield the place of each name that leads nowhere, and of what the incident lacks."""
    if file.id != folder:
        yield ("id",), f"the incident lies in the folder {shown(folder)}; give it that id, or rename the folder"
    releases, goals = [each.id for each in file.releases], [each.id for each in file.goals]
    for expected in ("promoted", "rolled-back"):
        if expected not in [release.expect for release in file.releases]:
            say = f"no release is expected to be {expected}; add one, or the same answer would always do"
            yield ("releases",), say
    for index, release in enumerate(file.releases):
        yield from unknown("releases", index, "replaces", release.replaces, file.world.models)
    for index, goal in enumerate(file.goals):
        if goal.at_most is None and goal.measure not in YES_OR_NO:
            yield ("goals", index), "this goal needs `at_most`; say what is enough"
    for index, answer in enumerate(file.answers):
        yield from unknown("answers", index, "release", answer.release, releases)
        if answer.fails is not None:
            yield from unknown("answers", index, "fails", answer.fails, goals)
    if not goals:
        yield ("goals",), "an incident needs at least one goal; say what counts"
