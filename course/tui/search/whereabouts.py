"""Where the places are that bookmarks and the search name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.errors import CourseError
from course.learning.marks import spot_named
from course.syllabus import Checkpoint
from course.tui.places import GlossaryPlace, IncidentPlace, LabPlace, LessonPlace, LookedUpPlace, Place

if TYPE_CHECKING:
    from course.ports import Catalog


def place_of(catalog: Catalog, name: str) -> Place | None:
    """Return where to go to look something up; None for what the course does not have any more."""
    spot = spot_named(name)
    if spot is None:
        return None
    match spot.kind:
        case "lesson" if spot.id in {topic.id for topic in catalog.outline.topics}:
            return LessonPlace(spot.id, spot.step, look_up=True)
        case "question":
            return _question(catalog, spot.id)
        case "term" if any(term.id == spot.id for term in catalog.terms()):
            return GlossaryPlace(spot.id)
        case "lab" | "run" if spot.id in catalog.lab_ids():
            return LabPlace(spot.id)
        case "incident" if spot.id in catalog.incident_ids():
            return IncidentPlace(spot.id)
        case _:
            return None


def _question(catalog: Catalog, id: str) -> Place | None:
    """A question that stands on a page is shown there; one for practice alone on a page of its own."""
    try:
        cards = {card.id: card.lesson for card in catalog.question_cards()}
        lesson = catalog.lesson(cards[id])
    except (KeyError, CourseError):
        return None
    steps = (n for n, step in enumerate(lesson.steps) if isinstance(step, Checkpoint) and step.question.id == id)
    step = next(steps, None)
    return LookedUpPlace(id) if step is None else LessonPlace(lesson.id, step, look_up=True)
