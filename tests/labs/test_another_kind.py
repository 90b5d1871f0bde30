"""A kind of exercise beside labs and incidents takes its own measures and its own verdict; the rest is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import ClassVar

from course.content.files.exercise import ExerciseFile, read_draft
from course.content.files.folder import Folder
from engine.plan import Plan
from labs.exercise.exercise import Exercise, PlanFile
from labs.exercise.goal import Goal, GoalResult, one_of
from labs.exercise.measure import Measure, registry
from labs.exercise.proof import Claim, Tried, weaknesses
from labs.exercise.record import kept
from tests.course.content.conftest import FILES, LAB, write_pack


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMeasure(Measure):
    """A figure of a plan that nobody runs."""

    of: Callable[[PlanFile], float]


MEASURES = registry(
    (
        PlanMeasure(name="alarms", unit="alarms", what="alarms put", of=lambda file: len(file.plan.metric_alarms)),
        PlanMeasure(
            name="updates", unit="yes or no", what="asks", wanted=True, of=lambda f: float(bool(f.plan.updates))
        ),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskGoal(Goal):
    """Something about a plan."""

    measures: ClassVar[Mapping[str, Measure]] = MEASURES

    measure: str = one_of(MEASURES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Exercise):
    """A plan to write."""

    goals: tuple[TaskGoal, ...]
    answer: PlanFile


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFile(ExerciseFile):
    """`task.yaml`."""

    exercise: ClassVar[str] = "task"
    too_easy: ClassVar[str] = "nothing would be asked"
    goal: ClassVar[type[Goal]] = TaskGoal

    goals: tuple[TaskGoal, ...]
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskGrade:
    """What came of a plan."""

    goals: tuple[GoalResult, ...]

    @property
    def passed(self) -> bool:
        """Are all goals met?"""
        return all(goal.passed for goal in self.goals)


def graded(task, answer):
    """Return the verdict."""
    results = []
    for goal in task.goals:
        figure = MEASURES[goal.measure].of(answer)
        words = {"measured_say": f"{figure:g}", "needed": f"{goal.at_most}"}
        results.append(GoalResult.of(goal, passed=goal.holds(figure), measured=figure, **words))
    return TaskGrade(goals=tuple(results))


TASK = (
    LAB[: LAB.index("start:")]
    + """\
goals:
  - {id: few, title: Few, measure: alarms, at_most: 0, say: Too many.}
  - {id: asks, title: Asks, measure: updates, say: Nothing is asked., hints: [Ask., Ask for an update.]}
answer: reference.yaml
"""
)


def read(tmp_path, text=TASK):
    """Return the draft of a task, in the folder of the small pack's lab."""
    name = "01-fleets/update/task.yaml"
    return read_draft(Folder(write_pack(tmp_path, {**FILES, name: text})), PurePosixPath(name), TaskFile)


def test_a_task_is_read_graded_kept_and_proved(tmp_path):
    """With the reader, the goals, the record and the proof of all kinds."""
    draft = read(tmp_path)
    task = Task(answer=draft.plan("answer"), **draft.shared("fleets"))
    nothing = PlanFile(name="empty.yaml", text="", plan=Plan())
    verdict, missed = graded(task, task.answer), graded(task, nothing)
    claims = [Claim("reference.yaml", None, ("answer",)), Claim("empty.yaml", "asks", ("answers", 0))]
    tried = [Tried("reference.yaml", verdict.goals), Tried("empty.yaml", missed.goals)]

    assert (task.title, task.brief, task.release("bad").expect) == (
        "An update",
        "Update the endpoint.\n",
        "rolled-back",
    )
    assert (verdict.passed, missed.passed) == (True, False)
    assert kept(missed, {}, revision=task.revision, version="1", text="") == {
        "passed": False,
        "goals": {"few": True, "asks": False},
        "version": "1",
        "revision": 1,
        "text": "",
        "grade": {},
    }
    assert [doubt for claim, each in zip(claims, tried, strict=True) for doubt in claim.doubts(each)] == []
    assert [doubt.say.split(";")[0] for doubt in weaknesses(task.goals, "answers", claims, tried[1:])] == [
        "there is one near-miss",
        "nobody fails few, not even empty.yaml: measured 0, needed 0.0",
    ]


def test_its_file_is_judged_as_any(tmp_path):
    """Its measures are the ones that a file may name, and its goals need bounds as those of others do."""
    text = (
        TASK.replace("measure: updates", "measure: update")
        .replace("at_most: 0, ", "")
        .replace("title: An", "titel: An")
    )
    said = [problem.say for problem in read(tmp_path, text).complaints.problems]

    assert sorted(said) == [
        "`at_most` must be given; a goal on alarms needs a bound",
        "`measure` is the text 'update'; it must be alarms or updates (did you mean updates?)",
        "`title` is missing; add it here, it must be text",
        "unknown key 'titel'; did you mean title?",
    ]
