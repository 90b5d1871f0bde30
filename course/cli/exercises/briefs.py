"""Printing what labs and incidents have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from course.cli.present import print_json, tick

if TYPE_CHECKING:
    from labs.exercise.goal import GoalResult
    from labs.incidents.session import Incident
    from labs.lab import Lab

    Exercise = Lab | Incident


def card(exercise: Exercise) -> dict[str, object]:
    """Return what `list --json` says of it."""
    return {"id": exercise.id, "title": exercise.title, "minutes": exercise.minutes, "lesson": exercise.lesson}


def goals(exercise: Exercise) -> list[dict[str, str]]:
    """Return what `show --json` says of its goals."""
    return [{"id": goal.id, "title": goal.title} for goal in exercise.goals]


def show_list(exercises: Iterable[Exercise], *, as_json: bool) -> None:
    """Print a line for each."""
    if as_json:
        print_json([card(each) for each in exercises])
        return
    for each in exercises:
        print(f"{each.id:30} {each.minutes:>3} min  {each.title}")


def show_brief(exercise: Exercise) -> None:
    """Print title, brief and goals; what is hidden stays hidden until a grade."""
    print(f"{exercise.title} ({exercise.minutes} min)\n\n{exercise.brief.strip()}\n\nGoals:")
    for goal in exercise.goals:
        print(f"  - {goal.title}")


def show_goals(results: Iterable[GoalResult]) -> None:
    """Print what was measured and what was needed, goal by goal."""
    for goal in results:
        print(f" {tick(goal.passed)} {goal.title}: {goal.measured_say}; needed: {goal.needed}")
        if not goal.passed:
            print(f"     {goal.say}")
            if goal.hints:
                print(f"     hint: {goal.hints[0]}")
