"""A prediction's run, simulated: its lab is read, its plan checked, and what came of it is measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.errors import CourseError
from engine.errors import EngineError

if TYPE_CHECKING:
    from course.ports import Catalog, Desk
    from course.syllabus import Prediction
    from engine.plan import Plan
    from engine.run import Run
    from labs.lab import Lab
    from labs.prediction import Values


class NotForetold(CourseError):
    """A run that cannot be simulated; `mlcourse check` tells its author why."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Played:
    """The run that was foretold."""

    lab: Lab
    plan: Plan
    run: Run
    happened: Values


def play(catalog: Catalog, desk: Desk, prediction: Prediction) -> Played:
    """Simulate the run of a prediction; CourseError where that cannot be."""
    try:
        lab = catalog.lab(prediction.lab)
        checked = desk.check(lab, prediction.plan_text)
        if checked.plan is None:
            raise NotForetold(
                f"AWS does not take the plan {prediction.plan}, so there is no run; mlcourse check says why"
            )
        run = desk.run(lab, checked.plan, prediction.release, prediction.seed)
        happened = desk.happened(lab, run, prediction.release)
    except KeyError as error:
        raise NotForetold(f"this prediction names {error}, which is not there; mlcourse check says where") from error
    except EngineError as error:
        raise NotForetold(str(error)) from error
    return Played(lab=lab, plan=checked.plan, run=run, happened=happened)
