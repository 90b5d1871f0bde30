"""When scheduled actions run (spec inference 1.8)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.autoscaling.schedules import parse_schedule, times

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""The first second of usual worlds."""


def found(text, *, zone=None, start=None, days=40):
    """Return the times from Monday on, as month, day, hour and minute."""
    moments = times(parse_schedule(text), zone, since=MONDAY, start=start, until=MONDAY + timedelta(days=days))
    return [(each.month, each.day, each.hour, each.minute) for each in moments]


CASES = [
    ("at(2026-03-02T18:00:00)", None, [(3, 2, 18, 0)]),
    ("at(2026-03-02T18:00:00)", "Asia/Tokyo", []),  # 09:00 UTC, which is not after the first second
    ("at(2026-03-02T18:00:00)", "America/New_York", [(3, 2, 23, 0)]),
    ("at(2026-03-01T18:00:00)", None, []),
    ("cron(0 8 1 * ? *)", None, [(4, 1, 8, 0)]),
    ("cron(0 8 L * ? *)", None, [(3, 31, 8, 0)]),
    ("cron(0 8 15W * ? *)", None, [(3, 16, 8, 0)]),  # the 15th is a Sunday
    ("cron(0 8 ? * 6L *)", None, [(3, 27, 8, 0)]),
    ("cron(0 8 ? * 6#3 *)", None, [(3, 20, 8, 0)]),
    ("cron(0,30 9 2 * ? *)", None, [(3, 2, 9, 30), (4, 2, 9, 0), (4, 2, 9, 30)]),
    ("cron(0 8 1 * ? 2027)", None, []),
]


@pytest.mark.parametrize(("text", "zone", "expected"), CASES)
def test_times(text, zone, expected):
    """By the clock of the zone, none before the action was put."""
    assert found(text, zone=zone) == expected


def test_weekdays():
    """Monday to Friday; 1 is Sunday."""
    by_name, by_number = found("cron(0 8 ? * MON-FRI *)", days=7), found("cron(0 8 ? * 2-6 *)", days=7)

    assert by_name == by_number == [(3, day, 8, 0) for day in (3, 4, 5, 6, 9)]


def test_summer_time():
    """Eight in the morning in Berlin is 7:00 UTC in winter, and 6:00 from 29 March on."""
    hours = {(month, day): hour for month, day, hour, _ in found("cron(0 8 * * ? *)", zone="Europe/Berlin")}

    assert (hours[3, 28], hours[3, 29], hours[3, 30]) == (7, 6, 6)


def test_a_rate_begins_at_its_start():
    """Without StartTime one interval after the action was put."""
    assert found("rate(10 hours)", days=1) == [(3, 2, 19, 0), (3, 3, 5, 0)]
    assert found("rate(10 hours)", days=1, start=MONDAY + timedelta(hours=1)) == [
        *[(3, 2, 10, 0), (3, 2, 20, 0)],
        (3, 3, 6, 0),
    ]


FIELDS = st.tuples(st.integers(0, 59), st.integers(0, 23), st.integers(1, 28))


@given(FIELDS, st.sampled_from([None, "Asia/Tokyo", "America/New_York"]))
def test_a_cron_runs_once_a_month(fields, zone):
    """Times go forward, one a month, at the minute that is asked for."""
    minute, hour, day = fields
    moments = found(f"cron({minute} {hour} {day} * ? *)", zone=zone, days=92)

    assert len(moments) in (3, 4)
    assert moments == sorted(moments)
    assert {each[3] for each in moments} == {minute}
