"""A learner's results in the form of Gradescope's `results.json`.

Source: https://gradescope-autograders.readthedocs.io/en/latest/specs/ (read 2026-11-27). The sum of the tests is the
score; it stands at the top too, where it overrides the sum. What is told of all is `output`, and a test's own words are
shown as plain text.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from course.characters import inert

POINTS = 100.0
"""Of each exercise."""


def results(
    exercises: Sequence[Mapping[str, Any]], learner: Mapping[str, Any], visibility: str, points: float = POINTS
) -> dict[str, Any]:
    """Return the results of a learner of a gradebook in JSON; each exercise is a test.

    KeyError, TypeError or ValueError where it is no gradebook of ours.
    """
    tests = [_test(exercise, learner["results"].get(exercise["id"]), points) for exercise in exercises]
    return {
        "score": round(sum(test["score"] for test in tests), 2),
        "output": "\n".join(_output(learner)),
        "visibility": visibility,
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {"learner": inert(learner["learner"]), "version": inert(learner["version"])},
    }


def unread(why: str, exercises: Sequence[str], visibility: str) -> dict[str, Any]:
    """Return the results of a file that is no submission: nothing, and why."""
    tests = [_one(id, 0.0, POINTS, "Nothing could be graded.") for id in exercises]
    say = f"This file could not be read: {inert(why)}. Hand in the file that mlcourse submit has written, unchanged."
    return {"score": 0.0, "output": say, "visibility": visibility, "stdout_visibility": "hidden", "tests": tests}


def _test(exercise: Mapping[str, Any], result: Mapping[str, Any] | None, points: float) -> dict[str, Any]:
    name = inert(f"{exercise['title']} ({exercise['id']})")
    if result is None:
        return _one(name, 0.0, points, "Nothing was handed in.")
    score = float(result["score"])
    if not math.isfinite(score):
        raise ValueError("a score is no number")
    titles = {goal["id"]: goal["title"] for goal in exercise["goals"]}
    return _one(name, points * min(max(score, 0.0), 100.0) / 100, points, "\n".join(_said(result, titles)))


def _one(name: str, score: float, points: float, output: str) -> dict[str, Any]:
    return {"name": name, "score": round(score, 2), "max_score": points, "output": output}


def _said(result: Mapping[str, Any], titles: Mapping[str, str]) -> Iterator[str]:
    if result["status"] != "graded":
        yield inert(f"{result['status']}: {result['why']}")
    for goal in result["goals"]:
        met = "met" if goal["passed"] else "missed"
        yield inert(f"{met}: {titles.get(goal['id'], goal['id'])}: {goal['say']}; needed: {goal['needed']}")
    if result["late"]:
        yield "late"


def _output(learner: Mapping[str, Any]) -> Iterator[str]:
    yield "Graded again from your plans; what the file claims does not count."
    if learner["late"]:
        yield "Handed in late."
    yield from (inert(note) for note in learner["notes"])
