"""Places of the pack that is written, and of the screens: the one and the other."""

from __future__ import annotations

from typing import assert_never

from course.previews import Spot
from course.tui.places import ExamPlace, GlossaryPlace, IncidentPlace, LabPlace, LessonPlace, LookedUpPlace, Place


def place_of(spot: Spot) -> Place | None:
    """Return the place on the screens; None for the outline, which is the first of them."""
    match spot.kind:
        case "outline":
            return None
        case "lesson":
            return LessonPlace(spot.id, spot.step or 0)
        case "question":
            return LookedUpPlace(spot.id)
        case "lab":
            return LabPlace(spot.id)
        case "incident":
            return IncidentPlace(spot.id)
        case "glossary":
            return GlossaryPlace(spot.id)
        case "exam":
            return ExamPlace(spot.id)
        case _:
            assert_never(spot.kind)


def spot_at(place: Place) -> Spot | None:
    """Return what of a pack a place shows; None where it is not one thing of a pack."""
    match place:
        case LessonPlace(lesson=id, step=step):
            return Spot(kind="lesson", id=id, step=step)
        case LookedUpPlace(question=id):
            return Spot(kind="question", id=id)
        case LabPlace(lab=id):
            return Spot(kind="lab", id=id)
        case IncidentPlace(incident=id):
            return Spot(kind="incident", id=id)
        case GlossaryPlace(term=id):
            return Spot(kind="glossary", id=id)
        case ExamPlace(profile=id, sitting="") if id:
            return Spot(kind="exam", id=id)
        case _:
            return None


def same(one: Spot | None, other: Spot | None) -> bool:
    """Is it the same place, whatever step or term of it?"""
    if one is None or other is None:
        return False
    return one.kind == other.kind and (one.id == other.id or one.kind == "glossary")


def called(spot: Spot | None, file: str) -> str:
    """Return what a place is called that cannot be shown."""
    if spot is None or spot.kind == "outline":
        return file
    return f"{spot.kind.capitalize()} {spot.id}".strip()
