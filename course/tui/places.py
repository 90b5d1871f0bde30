"""Where a learner can go. Screens say where with one message; the app alone knows which screen that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from textual.screen import Screen

    from course.outline import Outline


@dataclass(frozen=True, slots=True)
class LessonPlace:
    """A lesson, at a step."""

    lesson: str
    step: int = 0
    look_up: bool = False
    """Is it only to be looked into? Then it is not where the learner was, until they read on."""


@dataclass(frozen=True, slots=True)
class QuestionsPlace:
    """The questions of a lesson, one after the other."""

    lesson: str


@dataclass(frozen=True, slots=True)
class PracticePlace:
    """Practice: with these items, or with the session that was interrupted."""

    items: tuple[str, ...] = ()
    """Names of items; none: go on where one was."""


@dataclass(frozen=True, slots=True)
class ChoosePracticePlace:
    """Where it is chosen what to practise."""


@dataclass(frozen=True, slots=True)
class ReviewPlace:
    """What is due."""


@dataclass(frozen=True, slots=True)
class ProgressPlace:
    """How the learner stands."""


@dataclass(frozen=True, slots=True)
class ExamsPlace:
    """The exams there are, and the earlier ones."""


@dataclass(frozen=True, slots=True)
class ExamPlace:
    """An exam that can be begun, or one that was: while it goes on itself, afterwards its result."""

    profile: str = ""
    sitting: str = ""
    """The id of the one that was begun; it wins over the profile."""


@dataclass(frozen=True, slots=True)
class LabPlace:
    """A lab."""

    lab: str


@dataclass(frozen=True, slots=True)
class IncidentPlace:
    """A live incident."""

    incident: str


@dataclass(frozen=True, slots=True)
class GlossaryPlace:
    """The glossary, at a term if one is named."""

    term: str = ""


@dataclass(frozen=True, slots=True)
class SearchPlace:
    """The search."""


@dataclass(frozen=True, slots=True)
class LookedUpPlace:
    """A question that stands on no page, looked up."""

    question: str


@dataclass(frozen=True, slots=True)
class PlaygroundPlace:
    """The alarm playground."""


Place = (
    LessonPlace
    | QuestionsPlace
    | PracticePlace
    | ChoosePracticePlace
    | ReviewPlace
    | ProgressPlace
    | ExamsPlace
    | ExamPlace
    | LabPlace
    | IncidentPlace
    | GlossaryPlace
    | SearchPlace
    | LookedUpPlace
    | PlaygroundPlace
)
PLAYGROUND = "playground"
"""What the alarm playground is called on the command line and in the history."""


@dataclass
class PlaceChosen(Message):
    """The learner wants to go somewhere."""

    place: Place
    """Where."""
    asked_on: Screen[Any] | None = None
    """The screen on which it was chosen; None if it makes no difference."""


def place_named(outline: Outline, name: str) -> Place | None:
    """Return the place that somebody names: a lesson, a lab, an incident, or one of those in `NAMED`."""
    if name == "review":
        return ReviewPlace()
    if name == "practice":
        return ChoosePracticePlace()
    if name == "progress":
        return ProgressPlace()
    if name in ("exam", "exams"):
        return ExamsPlace()
    if name == "glossary":
        return GlossaryPlace()
    if name == "search":
        return SearchPlace()
    if name == PLAYGROUND:
        return PlaygroundPlace()
    for topic in outline.topics:
        if topic.id == name:
            return LessonPlace(name)
        if name in topic.labs:
            return LabPlace(name)
        if name in topic.incidents:
            return IncidentPlace(name)
    return None
