"""What a learner should do next, from the outline and the progress."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from course.progress import IncidentProgress, LessonProgress, Progress
from course.tui.drawing.words import count
from course.tui.places import PLAYGROUND, IncidentPlace, LabPlace, LessonPlace, Place, PlaygroundPlace

if TYPE_CHECKING:
    from course.outline import Outline, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The one thing to offer first."""

    verb: Literal["Start", "Continue", "Next", "Again"]
    title: str
    note: str
    """Where in it, and how long it takes."""
    place: Place


def step_of(lesson: LessonProgress) -> int:
    """Return the step to open a lesson at: where the learner was, or the beginning once it is finished."""
    return 0 if lesson.finished else lesson.step


def aside(progress: Progress) -> Next | None:
    """Return the place aside from the course at which the learner was when the program ended, if there is one."""
    if progress.aside != PLAYGROUND:
        return None
    return Next(verb="Continue", title="Alarm playground", note="where you were last", place=PlaygroundPlace())


def what_next(outline: Outline, progress: Progress) -> Next | None:
    """Return what to go on with; None if the course has no lesson yet."""
    topics = list(outline.topics)
    if not topics:
        return None
    return _unfinished_place(topics, progress) or _first_unfinished(topics, progress) or _again(topics[0])


def _unfinished_place(topics: list[Topic], progress: Progress) -> Next | None:
    """The last lesson or lab that the learner was at, unless that one is done."""
    last = progress.last
    if last is None:
        return None
    for topic in topics:
        if last.subject == topic.id and not _of(progress, topic).finished:
            return _lesson("Continue", topic, _of(progress, topic))
        if last.subject in topic.labs and not is_passed(progress, last.subject):
            return _lab(topic, last.subject, progress)
    return None


def _first_unfinished(topics: list[Topic], progress: Progress) -> Next | None:
    for topic in topics:
        if not _of(progress, topic).finished:
            begun = topic.id in progress.lessons
            fresh: Literal["Start", "Next"] = "Next" if progress.lessons else "Start"
            return _lesson("Continue" if begun else fresh, topic, _of(progress, topic))
        for lab in topic.labs:
            if not is_passed(progress, lab):
                return _lab(topic, lab, progress)
        for incident in topic.incidents:
            if not is_survived(progress, incident):
                return _incident(topic, incident, progress)
    return None


def _again(topic: Topic) -> Next:
    return Next(verb="Again", title=topic.title, note="everything is done; look again", place=LessonPlace(topic.id))


def _lesson(verb: Literal["Start", "Continue", "Next"], topic: Topic, lesson: LessonProgress) -> Next:
    step = step_of(lesson)
    where = f"step {step + 1} of {lesson.of}" if lesson.of else ""
    return Next(
        verb=verb,
        title=topic.title,
        note=" · ".join(part for part in (where, _minutes_left(topic, lesson)) if part),
        place=LessonPlace(topic.id, step),
    )


def _lab(topic: Topic, lab: str, progress: Progress) -> Next:
    verb: Literal["Continue", "Next"] = "Continue" if lab in progress.labs else "Next"
    return Next(verb=verb, title=topic.labs[lab], note=lab_note(progress, lab), place=LabPlace(lab))


def lab_note(progress: Progress, lab: str) -> str:
    """Return how a lab went so far."""
    found = progress.labs.get(lab)
    if found is None or not (found.attempts or found.draft):
        return "not tried yet"
    if not found.attempts:
        return "plan begun"
    return f"{'passed, ' if found.passed else ''}best {found.best_score:.0f} of 100"


def _incident(topic: Topic, incident: str, progress: Progress) -> Next:
    verb: Literal["Continue", "Next"] = "Continue" if incident in progress.incidents else "Next"
    note = incident_note(progress, incident)
    return Next(verb=verb, title=topic.incidents[incident], note=note, place=IncidentPlace(incident))


def incident_note(progress: Progress, incident: str) -> str:
    """Return how an incident went so far."""
    found = progress.incidents.get(incident)
    if found is None or not found.attempts:
        return "live, not tried yet"
    return f"live, {'passed' if found.passed else 'not passed yet'}, {shifts(found)}"


def shifts(so_far: IncidentProgress) -> str:
    """Return how many shifts there were, and how many of them nobody could grade."""
    left = f", {so_far.abandoned} left early" if so_far.abandoned else ""
    return count(so_far.attempts, "shift") + left


def is_survived(progress: Progress, incident: str) -> bool:
    """Has this incident been passed?"""
    found = progress.incidents.get(incident)
    return found is not None and found.passed


def is_passed(progress: Progress, lab: str) -> bool:
    """Has this lab been passed?"""
    found = progress.labs.get(lab)
    return found is not None and found.passed


def _minutes_left(topic: Topic, lesson: LessonProgress) -> str:
    if not topic.minutes:
        return ""
    share = 1 - step_of(lesson) / lesson.of if lesson.of else 1.0
    return f"about {max(1, round(topic.minutes * share))} min"


def _of(progress: Progress, topic: Topic) -> LessonProgress:
    return progress.lessons.get(topic.id, LessonProgress())
