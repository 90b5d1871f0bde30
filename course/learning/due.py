"""What a learner should review now."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from course.folds.progress import PREFERENCES, exam_day
from course.learning.items import Item
from course.learning.kept import REVIEWS
from course.learning.reviews import continued, due, lessons_of_labs

if TYPE_CHECKING:
    from course.ports import Catalog, Journal, Study


def items_due(study: Study) -> tuple[Item, ...]:
    """Return what is due, the longest due first, of what the course still has."""
    catalog, journal = study.catalog, study.journal
    reviews = journal.folded(REVIEWS)
    if reviews.missed:
        reviews = continued(reviews, (), catalog.question_cards(), lessons_of_labs(catalog.outline))
    found = due(reviews, study.now(), exam_date(journal))
    return tuple(item for item in found if is_known(catalog, item)) if found else ()


def is_known(catalog: Catalog, item: Item) -> bool:
    """Is this still in the course?"""
    match item.kind:
        case "question":
            return catalog.has_question(item.id)
        case "term":
            return any(term.id == item.id for term in catalog.terms())
        case "goal":
            return item.id.partition("/")[0] in catalog.lab_ids()


def exam_date(journal: Journal) -> date | None:
    """Return the day of the learner's exam, if they have named one."""
    return exam_day(journal.folded(PREFERENCES))
