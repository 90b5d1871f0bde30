"""What stays of a session, as plain values: for programs, and for the learner's history."""

from __future__ import annotations

from typing import Any

from labs.exercise import record
from labs.incidents.grading import IncidentGrade
from labs.incidents.session import Session


def view(grade: IncidentGrade) -> dict[str, Any]:
    """Return a verdict as other programs may rely on it."""
    session = grade.session
    return {
        "incident": session.incident.id,
        "passed": grade.passed,
        "release": session.release.id,
        "say": session.release.say,
        "seed": session.seed,
        "goals": record.goal_views(grade),
        "endpoint": dict(session.run.endpoint),
    }


def kept(grade: IncidentGrade, version: str) -> dict[str, Any]:
    """Return what the history keeps; with release, seed and `later`, the actions as a plan has them under `Later`, a
    session can be replayed."""
    session = grade.session
    return record.kept(
        grade,
        view(grade),
        revision=session.incident.revision,
        version=version,
        release=session.release.id,
        seed=session.seed,
        later=later(session),
    )


def later(session: Session) -> list[dict[str, Any]]:
    """Return what the learner sent, as AWS requests with their seconds after the update."""
    from engine.aws.translation.writing import write_later  # brings botocore's data along

    return [write_later(step) for step in session.actions]
