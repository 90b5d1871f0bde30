"""Events as rows and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.history import Event
from course.store.rows import read_back, to_event, to_row

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TIMES = st.datetimes(
    datetime(1, 1, 3),  # noqa: DTZ001 - hypothesis adds the zone; a day of room for it
    datetime(9999, 12, 29),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45)), timezone(timedelta(hours=-9))]),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.builds(Event, TIMES, st.text(), st.text(), st.dictionaries(st.text(), JSON, max_size=3)))
def test_an_event_is_read_as_it_was_written(event):
    """Its moment, kind, subject and data come back, with the time in UTC."""
    again = to_event(*to_row(event))

    assert again == event
    assert again.at.utcoffset() == timedelta(0)


def test_tuples_and_mappings_are_stored():
    """An answer of any shape can be stored; tuples come back as lists."""
    event = Event(NOON, "answered", "q", {"answer": MappingProxyType({"x": ("y", "z")})})

    assert read_back(event).data == {"answer": {"x": ["y", "z"]}}


def test_times_are_stored_in_utc():
    """Whatever the zone of the learner, the times in the file can be compared as texts."""
    event = Event(NOON.astimezone(timezone(timedelta(hours=9))), "visited", "home", {})

    assert to_row(event)[0] == "2026-11-22T12:00:00.000000+00:00"


def test_other_data_is_refused():
    """What JSON does not know is a mistake of the program."""
    with pytest.raises(TypeError, match="kinds that JSON knows"):
        read_back(Event(NOON, "answered", "q", {"answer": NOON}))


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(("yesterday", "answered", "q", "{}"), id="no time"),
        pytest.param(("0001-01-01T00:00:00+14:00", "answered", "q", "{}"), id="a time before all times"),
        pytest.param(("2026-11-22T12:00:00+00:00", "answered", "q", "{"), id="no JSON"),
        pytest.param(("2026-11-22T12:00:00+00:00", "answered", "q", "[" * 100_000), id="bottomless JSON"),
        pytest.param(("2026-11-22T12:00:00+00:00", "answered", "q", "[]"), id="no mapping"),
        pytest.param(("2026-11-22T12:00:00+00:00", "answered", "q", None), id="no data"),
        pytest.param((7, "answered", "q", "{}"), id="a number for a time"),
        pytest.param(("2026-11-22T12:00:00+00:00", b"answered", "q", "{}"), id="bytes for a kind"),
        pytest.param(("2026-11-22T12:00:00+00:00", "answered", 1.5, "{}"), id="a number for a subject"),
    ],
)
def test_a_row_without_meaning(row):
    """A damaged row is no event, and no error."""
    assert to_event(*row) is None
