"""Everything that can be said of a learner's progress at a moment, for whoever shows it: screen, command, report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from course.counting import current, raised_in
from course.errors import CourseError
from course.folds.progress import PROGRESS
from course.learning.due import exam_date, is_known
from course.learning.exams.result import Result, result
from course.learning.exercises import Exercise, exercises
from course.learning.items import Item
from course.learning.kept import REVIEWS
from course.learning.lessons import LessonMastery, lesson_mastery
from course.learning.mastery import ObjectiveMastery, objectives
from course.learning.minutes import Learned, learned
from course.learning.predictions import Predicted, predicted
from course.learning.readiness import Readiness, readiness
from course.learning.resets import effective
from course.learning.reviews import Reviews, continued, due_times, lessons_of_labs, minutes_for
from course.learning.sittings import sittings
from course.progress import Progress

if TYPE_CHECKING:
    from course.ports import Catalog, Journal
    from quiz.mastery.calibration import Scores

AHEAD = 14
"""Days for which it is told how many reviews will be due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What waits for review."""

    now: tuple[Item, ...]
    minutes: int
    """About how long it takes."""
    days: Mapping[date, int]
    """How many become due on each of the coming days, today first with what is due already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """An exam, and how likely it would be passed."""

    title: str
    readiness: Readiness


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a learner stands."""

    at: datetime
    """In the learner's time zone."""
    course: str
    titles: Mapping[str, str]
    """Of the lessons, by id."""
    progress: Progress
    lessons: Mapping[str, LessonMastery]
    """In learning order."""
    objectives: tuple[ObjectiveMastery, ...]
    due: Due
    learned: Learned
    exercises: tuple[Exercise, ...]
    ready: tuple[Ready, ...]
    scores: Scores
    """What was predicted before each answer, and what came."""
    predicted: Predicted
    """What the learner said of runs before they saw them."""
    exams: tuple[Result, ...]
    """Sittings that have ended, oldest first."""

    @property
    def days_in_a_row(self) -> int:
        """On how many days something was done without a gap."""
        return self.learned.days_in_a_row(self.at.date())


def standing(catalog: Catalog, journal: Journal, now: datetime, zone: tzinfo | None = None) -> Standing:
    """Return how the learner stands; days are those of `zone`, or of the system's."""
    at = now.astimezone(zone)
    outline, cards = catalog.outline, catalog.question_cards()
    counting = tuple(effective(journal.events()))
    progress = current(journal.folded(PROGRESS), outline, cards)
    reviews = journal.folded(REVIEWS).current(raised_in(outline, cards))
    reviews = continued(reviews, (), cards, lessons_of_labs(outline))
    sat = sittings(counting)
    return Standing(
        at=at,
        course=outline.title,
        titles={topic.id: topic.title for topic in outline.topics},
        progress=progress,
        lessons={topic.id: lesson_mastery(topic, progress) for topic in outline.topics},
        objectives=objectives(cards, reviews, now),
        due=_due(catalog, reviews, at, exam_date(journal)),
        learned=learned(counting, zone),
        exercises=exercises(outline, progress, counting),
        ready=tuple(_ready(catalog, reviews, now)),
        scores=reviews.scores,
        predicted=predicted(counting),
        exams=tuple(result(each, sat) for each in sat if each.ended),
    )


def _due(catalog: Catalog, reviews: Reviews, at: datetime, exam: date | None) -> Due:
    today = at.date()
    days = {today + timedelta(days=ahead): 0 for ahead in range(AHEAD)}
    waiting: list[tuple[datetime, str, Item]] = []
    for item, when in due_times(reviews, at, exam).items():
        day = max(when.astimezone(at.tzinfo).date(), today)
        if day in days and is_known(catalog, item):
            days[day] += 1
            if when <= at:
                waiting.append((when, item.name, item))
    items = tuple(item for _, _, item in sorted(waiting))
    return Due(now=items, minutes=minutes_for(items), days=days)


def _ready(catalog: Catalog, reviews: Reviews, now: datetime) -> Iterator[Ready]:
    cards = catalog.question_cards()
    for id in catalog.exam_ids():
        try:
            profile = catalog.exam(id)
        except CourseError:
            continue  # `mlcourse check` tells its author
        yield Ready(title=profile.title, readiness=readiness(profile, cards, reviews, now))
