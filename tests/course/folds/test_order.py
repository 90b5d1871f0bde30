"""Two histories become one that counts the same, whichever of them is taken into the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from course.folds.order import MERGED, by_time, in_order, joined, without_marks
from course.folds.progress import PROGRESS
from course.history import Event
from course.learning.kept import REVIEWS
from course.store.journal import _missing
from tests.course.learning.histories import HISTORIES

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def at(minutes, subject="q", **data):
    """An answer, so many minutes after noon."""
    return Event(NOON + timedelta(minutes=minutes), "answered", subject, data)


def taken(here, there):
    """The events of here in the order in which they count, once there has been taken in."""
    return without_marks(in_order((*here, *joined(here, there, _missing(here, there)))))


def test_a_history_that_goes_on_is_written_as_it_is():
    """Also where a clock went back: nobody else wrote to it."""
    here = (at(5), at(1))
    there = (*here, at(0))

    assert joined(here, there, there[2:]) == there[2:]
    assert joined(there, here, ()) == ()


def test_two_ways_are_put_in_order_of_time():
    """The mark says so; what is written after it counts after all that was before."""
    here, there = (at(0), at(10)), (at(0), at(5))
    added = joined(here, there, there[1:])

    assert [event.kind for event in added] == ["answered", MERGED]
    assert without_marks(in_order((*here, *added, at(3)))) == (at(0), at(5), at(10), at(3))


def test_no_mark_where_time_tells_the_order_anyway():
    """What was done later elsewhere is simply written behind."""
    assert joined((at(0), at(1)), (at(2),), (at(2),)) == (at(2),)


def test_what_happened_at_once_has_one_order():
    """That of its words, wherever it came from."""
    first, second = at(0, "a"), at(0, "b")

    assert by_time([second, first]) == by_time([first, second]) == [first, second]


TAILS = st.tuples(HISTORIES, HISTORIES, HISTORIES).map(lambda parts: [tuple(part) for part in parts])


@settings(max_examples=25)
@given(TAILS)
def test_the_same_progress_whoever_takes_in_whom(parts):
    """Both began alike and went separate ways, with whatever clocks: nothing twice, nothing lost, one progress."""
    begun, mine, yours = parts
    here, there = (*begun, *mine), (*begun, *yours)
    one, other = taken(here, there), taken(there, here)

    assert sorted(map(repr, one)) == sorted(map(repr, other))
    assert repr(PROGRESS.of(one)) == repr(PROGRESS.of(other))
    assert repr(REVIEWS.of(one)) == repr(REVIEWS.of(other))
    assert len(one) <= len(begun) + len(mine) + len(yours)


@settings(max_examples=25)
@given(TAILS)
def test_taking_in_again_adds_nothing(parts):
    """Neither events nor another order of those that time can tell apart."""
    begun, mine, yours = parts
    here, there = (*begun, *mine), (*begun, *yours)
    once = in_order((*here, *joined(here, there, _missing(here, there))))
    more = joined(without_marks(once), there, _missing(without_marks(once), there))

    assert without_marks(more) == ()
