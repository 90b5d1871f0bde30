"""Where a grade was decided: in which run, and when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course.tui.lab.run_choice import RunChoice

if TYPE_CHECKING:
    from course.tui.lab.work import Work
    from engine.run import Run
    from labs.grade import Grade
    from labs.lab import Lab

_TOLD = re.compile(r"(?P<release>[a-z0-9-]+) \(seed (?P<seed>\d+)\): ")
"""How the sentences about moments begin."""


def decisive(lab: Lab, grade: Grade) -> RunChoice:
    """Return the run that the first moment tells of; without one, of the first goal that was missed."""
    known = [release.id for release in lab.releases]
    for told in filter(None, map(_TOLD.match, grade.moments)):
        if told["release"] in known:
            return RunChoice(told["release"], int(told["seed"]))
    missed = [goal.release for goal, result in zip(lab.goals, grade.goals, strict=True) if not result.passed]
    return RunChoice([*missed, *known][0], grade.seeds[0])


def decisive_s(work: Work, run: Run, choice: RunChoice) -> float:
    """Return the time of the alarm that decided a run, or else of the first harm, or else of the update.

    It may take a second run, so it belongs into a worker.
    """
    if run.deciding_alarm is not None:
        return run.deciding_alarm.t
    harmed = _first_harm_s(work, run, choice)
    return harmed if harmed is not None else run.update_started_s or 0.0


def _first_harm_s(work: Work, run: Run, choice: RunChoice) -> float | None:
    from engine.plan import Plan
    from labs.measures import first_harmed_s

    without = work.desk.run(work.lab, Plan(), choice.release, choice.seed)
    return first_harmed_s(work.lab.world, run, without.requests)
