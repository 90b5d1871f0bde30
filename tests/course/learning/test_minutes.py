"""Time learned, and days in a row."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings

from course.history import Event
from course.learning.minutes import learned
from tests.course.learning.histories import DAY, HISTORIES, NOON, answered, did

PLACE = timezone(timedelta(hours=-8))
MINUTE = 1 / 1440


def test_gaps():
    """What lies between two events counts, up to five minutes; a longer gap was spent elsewhere."""
    history = [answered("q", n * MINUTE) for n in (0, 2, 7, 12.5, 13)]

    assert learned(history, UTC).minutes == {date(2026, 11, 2): pytest.approx(2 + 5 + 0.5)}


def test_a_merged_history():
    """Events of another machine come after, though they happened before."""
    history = [answered("q", n * MINUTE) for n in (4, 0, 2)]

    assert learned(history, UTC).total == pytest.approx(4)


def test_days_are_the_learners():
    """Two in the morning in UTC is the evening before on the west coast; a gap belongs to the day it began on."""
    night = Event(datetime(2026, 11, 3, 7, 58, tzinfo=UTC), "answered", "q")
    later = Event(datetime(2026, 11, 3, 8, 2, tzinfo=UTC), "answered", "q")

    assert learned([night, later], PLACE).minutes == {date(2026, 11, 2): 4.0, date(2026, 11, 3): 0.0}
    assert learned([night, later], UTC).minutes == {date(2026, 11, 3): 4.0}


@pytest.mark.parametrize(
    ("days", "today", "expected"),
    [
        pytest.param([0, 1, 2], 2, 3, id="until today"),
        pytest.param([0, 1, 2], 3, 3, id="until yesterday: today is not over"),
        pytest.param([0, 1, 2], 4, 0, id="a day was missed"),
        pytest.param([0, 2, 3], 3, 2, id="since a day that was missed"),
        pytest.param([], 0, 0, id="nothing yet"),
    ],
)
def test_days_in_a_row(days, today, expected):
    """However little was done."""
    found = learned([answered("q", day) for day in days], UTC)

    assert found.days_in_a_row((NOON + today * DAY).date()) == expected


def test_choosing_colours_is_no_learning():
    """Nor is a reset."""
    assert learned([did("preferred", "theme"), did("reset", "all")], UTC).minutes == {}


@settings(max_examples=40)
@given(HISTORIES)
def test_no_time_breaks_it(events):
    """Times of any year, in any order: no more minutes than lie between the first and the last event."""
    found = learned(events, PLACE)

    assert all(minutes >= 0.0 for minutes in found.minutes.values())
    assert found.total <= 5 * len(events)
    assert list(found.minutes) == sorted(found.minutes)
