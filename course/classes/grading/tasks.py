"""The pieces of work of a class: a plan graded again, as functions of a module that any process can be handed.

Whatever a plan does, a value comes back: the others are graded all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from course.characters import in_one_line
from course.classes.grading.limits import TooMuch, too_large, watch
from course.classes.grading.outcome import GoalFigure, Outcome
from course.classes.grading.sent import sent

if TYPE_CHECKING:
    from engine.plan import Plan
    from engine.world import World
    from labs.exercise.goal import GoalResult
    from labs.grading.grade_plan import Comparison
    from labs.incidents.session import Incident
    from labs.lab import Lab

LONGEST_WHY = 300


def compare_lab(lab: Lab, seeds: Sequence[int]) -> Comparison:
    """Return what depends on the lab and the seeds alone."""
    from labs.grading.grade_plan import compare

    return compare(lab, seeds)


def perform(call: Callable[..., Outcome], *arguments: object) -> Outcome:
    """Do one piece of work or another, so that the same processes can do both kinds."""
    return call(*arguments)


def grade_lab(lab: Lab, text: str, seeds: Sequence[int], comparison: Comparison | None) -> Outcome:
    """Return what a plan does in a lab; without a comparison it is worked out here."""

    def graded(plan: Plan) -> Outcome:
        from labs.grading.grade_plan import grade

        until = watch(lab.world, plan)
        verdict = grade(lab, plan, seeds, comparison=comparison or compare_lab(lab, seeds), watch=until)
        return Outcome(
            status="graded",
            passed=verdict.passed,
            score=float(verdict.score),
            goals=tuple(map(_figure, verdict.goals)),
            sent=sent(text),
        )

    return _done(text, lab.world, graded)


def grade_incident(incident: Incident, text: str, release: str, seed: int) -> Outcome:
    """Return what somebody's actions come to in one session of an incident; `text` is a plan with `Later` alone."""

    def graded(plan: Plan) -> Outcome:
        from labs.incidents.grading import close
        from labs.incidents.session import replay

        until = watch(incident.found, plan)
        verdict = close(replay(incident, release, plan, seed, on_progress=until))
        met = sum(goal.passed for goal in verdict.goals)
        return Outcome(
            status="graded",
            passed=verdict.passed,
            score=round(100 * met / len(verdict.goals), 1),
            goals=tuple(map(_figure, verdict.goals)),
        )

    return _done(text, incident.found, graded)


def _done(text: str, world: World, graded: Callable[[Plan], Outcome]) -> Outcome:
    """Check a plan and grade it."""
    from course.content.files.plan import check_plan

    if say := too_large(text):
        return _too_long(say)
    try:
        checked = check_plan(text, world)
        if checked.plan is None:
            first = next((each for each in checked.findings if each.severity != "advice"), None)
            say = f"line {first.line}: {first.say}" if first else "there is nothing to run"
            return Outcome(status="refused", why=_short(f"it cannot be run any more: {say}"))
        return graded(checked.plan)
    except TooMuch as much:
        return _too_long(str(much))
    except MemoryError:
        raise
    except Exception as error:  # a plan that meets a mistake of ours must not take the class along
        return Outcome(
            status="not graded", why=_short(f"the program failed ({type(error).__name__}: {error}); please report this")
        )


def _too_long(say: str) -> Outcome:
    return Outcome(status="not graded", why=_short(f"it would take too long ({say})"))


def _short(text: str) -> str:
    line = in_one_line(text)
    return line if len(line) <= LONGEST_WHY else f"{line[:LONGEST_WHY]}…"


def _figure(goal: GoalResult) -> GoalFigure:
    measured = None if goal.measured is None else float(goal.measured)  # one that was kept is read as such
    return GoalFigure(id=goal.id, passed=goal.passed, measured=measured, say=goal.measured_say, needed=goal.needed)
