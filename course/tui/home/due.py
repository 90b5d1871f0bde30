"""What is due for review, as Home says it.

Nothing of it is loaded for somebody who has answered nothing yet: the first screen must not wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from course.ports import Study
    from course.progress import Progress


class Due(NamedTuple):
    """How much there is to go through."""

    items: int
    minutes: int


NOTHING = Due(0, 0)


def due_now(study: Study, so_far: Progress) -> Due:
    """Return what is due at this moment."""
    if not (so_far.questions or so_far.labs):
        return NOTHING
    from course.learning.due import items_due
    from course.learning.reviews import minutes_for

    items = items_due(study)
    return Due(len(items), minutes_for(items))
