"""Where a grade was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labs.grade import Grade, Moment


def decisive(grade: Grade) -> Moment | None:
    """Return the moment to show: in the run that is told of first, the alarm that decided it, or else what came first;
    None where nothing is told."""
    if not grade.moments:
        return None
    first = grade.moments[0]
    run = [each for each in grade.moments if (each.release, each.seed) == (first.release, first.seed)]
    return next((each for each in run if each.decisive), first)
