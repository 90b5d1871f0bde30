"""The clock of a world: what may stand in `starts_at`, and what it moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.errors import WrongValues
from tests.engine.rollouts import world


@pytest.mark.parametrize(
    "starts_at",
    ["2026-03-02T09:00:00+00:00", "2024-03-21T15:53+00:00", "2026-03-02T09:07:00Z", "2026-03-02T09:00:00.000-03:30"],
)
def test_a_world_starts_at_a_whole_minute(starts_at):
    """Second 0 is that minute, at whatever offset."""
    assert world(starts_at=starts_at).clock(60.5) - datetime.fromisoformat(starts_at) == timedelta(seconds=60.5)


@pytest.mark.parametrize(
    "starts_at, say",
    [
        ("soon", "must be a time such as"),
        ("2026-03-02T09:00:00", "needs an offset such as"),
        ("2026-03-02", "needs an offset such as"),
        ("2026-03-02T09:00:30+00:00", "must be a whole minute"),
        ("2026-03-02T09:00:00.5+00:00", "must be a whole minute"),
        ("2026-03-02T09:00:00+00:00:30", "must be a whole minute"),
        ("9999-12-31T23:00:00+00:00", "must lie between 1970 and 2200"),
        ("0001-01-01T00:00:00+00:00", "must lie between"),
    ],
)
def test_other_starts_are_refused(starts_at, say):
    """Points of metrics are stamped with whole minutes (spec cloudwatch 5), so a run begins with one."""
    with pytest.raises(WrongValues, match=f"{say}.*got '{starts_at.replace('+', '.')}'"):
        world(starts_at=starts_at)


def test_the_wall_clock_has_an_offset():
    """Times of a run can be compared with any other."""
    assert world().clock(0) == datetime(2026, 3, 2, 9, tzinfo=UTC)
