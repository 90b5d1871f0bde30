"""The lines of the first screen, as values: what to do next, then the outline with how far everything is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from course.learning.lessons import lesson_mastery
from course.progress import LessonProgress, Progress
from course.tui.drawing import signs
from course.tui.drawing.signs import Sign
from course.tui.home.due import NOTHING, Due
from course.tui.home.exam import GoesOnNow
from course.tui.home.resume import aside, is_passed, lab_note, step_of, what_next
from course.tui.places import ExamPlace, IncidentPlace, LabPlace, LessonPlace, Place, ReviewPlace

if TYPE_CHECKING:
    from course.outline import Outline, Part, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What to do now; the first line of all."""

    id: str
    verb: str
    title: str
    note: str
    place: Place
    topic: Topic | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A part of the course, and how much of it is done."""

    id: str
    numeral: str
    title: str
    done: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLine:
    """A lesson."""

    id: str
    topic: Topic
    sign: Sign
    note: str
    place: Place


Line = Offer | Heading | TopicLine


def overview(
    outline: Outline, progress: Progress, due: Due = NOTHING, exam: GoesOnNow | None = None
) -> tuple[Line, ...]:
    """Return all lines, from the top."""
    return (*_exam(exam), *_review(due), *_offers(outline, progress), *_outline(outline, progress))


def _exam(exam: GoesOnNow | None) -> Iterator[Offer]:
    if exam is not None:
        yield Offer(id="exam", verb="Exam", title=exam.say, note=exam.profile.upper(), place=ExamPlace(sitting=exam.id))


def _review(due: Due) -> Iterator[Offer]:
    if due.items:
        yield Offer(
            id="review",
            verb="Review",
            title=f"{due.items} due, about {due.minutes} min",
            note="before it is forgotten",
            place=ReviewPlace(),
        )


def _offers(outline: Outline, progress: Progress) -> Iterator[Offer]:
    following = what_next(outline, progress)
    for id, each in (("aside", aside(progress)), ("next", following)):
        if each is not None:
            topic = _topic_at(outline, each.place)
            yield Offer(id=id, verb=each.verb, title=each.title, note=each.note, place=each.place, topic=topic)
    if following is not None:
        yield from islice(_labs_to_do(outline, progress, following.place), 1)


def _topic_at(outline: Outline, place: Place) -> Topic | None:
    for topic in outline.topics:
        match place:
            case LessonPlace(lesson) if lesson == topic.id:
                return topic
            case LabPlace(lab) if lab in topic.labs:
                return topic
            case IncidentPlace(incident) if incident in topic.incidents:
                return topic
    return None


def _labs_to_do(outline: Outline, progress: Progress, offered: Place) -> Iterator[Offer]:
    """Labs that have not been passed, of lessons that have been begun."""
    begun = (topic for topic in outline.topics if topic.id in progress.lessons)
    for at, lab in ((topic, lab) for topic in begun for lab in topic.labs):
        note, place = lab_note(progress, lab), LabPlace(lab)
        if not is_passed(progress, lab) and place != offered:
            yield Offer(id="lab", verb="Lab", title=at.labs[lab], note=note, place=place, topic=at)


def _outline(outline: Outline, progress: Progress) -> Iterator[Heading | TopicLine]:
    for part in (part for part in outline.parts if part.topics):
        yield _heading(part, progress)
        for topic in part.topics:
            yield _topic_line(topic, progress)


def _heading(part: Part, progress: Progress) -> Heading:
    done = sum(lesson_mastery(topic, progress).done for topic in part.topics)
    return Heading(
        id=f"part:{part.id}",
        numeral=part.numeral,
        title=part.title,
        done=done,
        of=len(part.topics),
    )


def _topic_line(topic: Topic, progress: Progress) -> TopicLine:
    sign, note = _state(topic, progress)
    lesson = progress.lessons.get(topic.id)
    place = LessonPlace(topic.id, step_of(lesson) if lesson else 0)
    return TopicLine(id=f"topic:{topic.id}", topic=topic, sign=sign, note=note, place=place)


def _state(topic: Topic, progress: Progress) -> tuple[Sign, str]:
    mastery = lesson_mastery(topic, progress)
    if mastery.done:
        return signs.DONE, "done"
    if not mastery.begun:
        return signs.OPEN, f"{topic.minutes} min" if topic.minutes else ""
    lesson = progress.lessons.get(topic.id, LessonProgress())
    if lesson.finished or not lesson.of:
        return signs.PARTLY, mastery.note
    return signs.HERE, f"step {lesson.step + 1} of {lesson.of}"
