"""An incident from its files: the world, what a colleague has sent, the releases, the goals and the answers.

What the incident claims about its answers is tried out by `labs.incidents.proof`; here all of it must be readable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import ClassVar, get_args

from course.content.files.exercise import EMPTY, Draft, ExerciseFile, read_draft
from course.content.files.folder import Folder
from course.content.schema.mentions import complain_of_unknown, places
from course.content.yaml.wording import shown
from engine.world import World
from labs.incidents.session import YES_OR_NO, Answer, Incident, IncidentGoal, IncidentMeasure, Speed, found
from labs.lab import PlanFile


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEntry:
    """What somebody does with one release: the plan's file, and the goal that it misses, if it misses one."""

    release: str
    plan: str
    fails: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFile(ExerciseFile):
    """`incident.yaml`."""

    exercise: ClassVar[str] = "incident"
    too_easy: ClassVar[str] = "the same answer would always do"

    plan: str
    goals: tuple[IncidentGoal, ...]
    answers: tuple[AnswerEntry, ...]
    speed: Speed = 10


def read_incident(folder: Folder, path: PurePosixPath, lesson: str) -> Incident:
    """Return the incident of a file; ContentError with all that is wrong with it or with the files it names."""
    draft = read_draft(folder, path, IncidentFile)
    _complain_of_goals(draft)
    brief, debrief = draft.text("brief"), draft.text("debrief")
    sent, found = _sent(draft)
    plans = draft.plans(("answers", ..., "plan"), found)
    draft.attached.settle()
    file = IncidentFile(**draft.fields)
    return Incident(
        id=file.id,
        revision=file.revision,
        title=file.title,
        minutes=file.minutes,
        lesson=lesson,
        brief=brief,
        debrief=debrief,
        world=file.world,
        releases=file.releases,
        plan=sent,
        goals=file.goals,
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
    update = sent.plan.update
    if update is None or update.deployment_config is None or not update.deployment_config.alarms:
        say = f"{shown(sent.name)} sends no UpdateEndpoint with a rollback alarm; without one nothing stops it"
        draft.complaints.at_value(("plan",), say)
    return sent, None if world is None else found(world, sent.plan)


def _complain_of_goals(draft: Draft) -> None:
    complain_of_unknown(draft.complaints, ("answers", ..., "release"), draft.ids("releases"))
    complain_of_unknown(draft.complaints, ("answers", ..., "fails"), draft.ids("goals"))
    for trail, goal in places(draft.data, ("goals", ...)):
        measured = isinstance(goal, Mapping) and goal.get("measure") in get_args(IncidentMeasure)
        if measured and goal["measure"] not in YES_OR_NO and goal.get("at_most") is None:
            draft.complaints.at_value(trail, "this goal needs `at_most`; say what is enough")
