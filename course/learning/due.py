"""What a learner should review now."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from course.counting import raised_in
from course.errors import CourseError
from course.folds.progress import PREFERENCES, exam_day
from course.learning.items import Item
from course.learning.kept import REVIEWS
from course.learning.reviews import continued, due, lessons_of_labs

if TYPE_CHECKING:
    from course.ports import Catalog, Journal, Study
    from course.syllabus import QuestionCard


def items_due(study: Study) -> tuple[Item, ...]:
    """Return what is due, the longest due first, of what the course still has."""
    catalog, journal = study.catalog, study.journal
    reviews = journal.folded(REVIEWS).current(raised_in(catalog.outline))
    if reviews.missed:
        reviews = continued(reviews, (), _cards(catalog), lessons_of_labs(catalog.outline))
    found = due(reviews, study.now(), exam_date(journal))
    return tuple(item for item in found if _can_be_asked(catalog, item))


def _cards(catalog: Catalog) -> tuple[QuestionCard, ...]:
    """Return all cards; none while a file of questions is wrong, which practice and `mlcourse check` say."""
    try:
        return catalog.question_cards()
    except CourseError:
        return ()


def _can_be_asked(catalog: Catalog, item: Item) -> bool:
    try:
        return is_known(catalog, item)
    except CourseError:  # as above: one wrong file of a pack must not keep the course from starting
        return False


def is_known(catalog: Catalog, item: Item) -> bool:
    """Is this still in the course?"""
    match item.kind:
        case "question":
            return catalog.has_question(item.id)
        case "term":
            return item.id in catalog.outline.terms
        case "goal":
            lab = item.id.partition("/")[0]
            return any(lab in topic.labs for topic in catalog.outline.topics)


def exam_date(journal: Journal) -> date | None:
    """Return the day of the learner's exam, if they have named one."""
    return exam_day(journal.folded(PREFERENCES))
