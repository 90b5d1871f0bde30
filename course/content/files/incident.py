"""An incident from its files: the world, what a colleague has sent, the releases, the goals and the answers.

What the incident claims about its answers is tried out by `labs.incidents.proof`; here all of it must be readable.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import ClassVar

from course.content.files.exercise import EMPTY, Draft, ExerciseFile, read_draft
from course.content.files.folder import Folder
from course.content.schema.mentions import complain_of_unknown
from course.content.yaml.wording import shown
from engine.world import World
from labs.exercise.exercise import PlanFile
from labs.exercise.goal import Goal
from labs.incidents.session import Answer, Incident, IncidentGoal, Speed, found


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEntry:
    """What somebody does with one release: the plan's file, and the goal that it misses, if it misses one."""

    release: str
    """Which one is met."""
    plan: str
    """What is sent and when: a plan with `Later` alone."""
    fails: str | None = None
    """The goal that it misses; left out by an answer that passes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFile(ExerciseFile):
    """`incident.yaml`."""

    exercise: ClassVar[str] = "incident"
    too_easy: ClassVar[str] = "the same answer would always do"
    goal: ClassVar[type[Goal]] = IncidentGoal

    plan: str
    """What the colleague has sent; it sends an UpdateEndpoint with a rollback alarm."""
    goals: tuple[IncidentGoal, ...]
    """What is enough to pass."""
    answers: tuple[AnswerEntry, ...]
    """For each release one that passes, and near-misses."""
    speed: Speed = 10
    """Simulated seconds in a second, at the start."""


def read_incident(folder: Folder, path: PurePosixPath, lesson: str) -> Incident:
    """Return the incident of a file; ContentError with all that is wrong with it or with the files it names."""
    draft = read_draft(folder, path, IncidentFile)
    complain_of_unknown(draft.complaints, ("answers", ..., "release"), draft.ids("releases"))
    complain_of_unknown(draft.complaints, ("answers", ..., "fails"), draft.ids("goals"))
    sent, found = _sent(draft)
    plans = draft.plans(("answers", ..., "plan"), found)
    shared = draft.shared(lesson)
    file = IncidentFile(**draft.fields)
    return Incident(
        **shared,
        plan=sent,
        answers=tuple(
            Answer(release=entry.release, file=plan, fails=entry.fails)
            for entry, plan in zip(file.answers, plans, strict=True)
        ),
        speed=file.speed,
    )


def _sent(draft: Draft) -> tuple[PlanFile, World | None]:
    """Return what the colleague has sent and the world as the learner finds it; None if one of them cannot be known."""
    said_before = draft.attached.said
    sent, world = draft.plan("plan"), draft.fields.get("world")
    if draft.attached.said > said_before or sent == EMPTY:
        return sent, None
    mine = (each for each in sent.plan.updates if world is None or each.endpoint_name == world.endpoint.endpoint_name)
    update = next(mine, None)
    if update is None or update.deployment_config is None or not update.deployment_config.alarms:
        say = f"{shown(sent.name)} sends no UpdateEndpoint with a rollback alarm; without one nothing stops it"
        draft.complaints.at_value(("plan",), say)
    return sent, None if world is None else found(world, sent.plan)
