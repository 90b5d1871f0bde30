"""`mlcourse incident live`: a shift line by line, whose clock goes on when it is told to."""

from __future__ import annotations

import io
import re
import sys

import pytest

from course import wiring

INCIDENT = "silent-rollback"


@pytest.fixture
def live(mlcourse, monkeypatch, home):
    """Type these lines; return the command's result and the kinds of events that it left."""

    def run(*lines):
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        result = mlcourse("incident", "live", INCIDENT)
        history = wiring.journal(wiring.Places(home, ()))
        try:
            return result, [event.kind for event in history.events()]
        finally:
            history.close()

    return run


def test_a_shift_is_lived_through_and_graded(live):
    """Nothing is told before its time; what is sent is taken, and a deletion ends the shift."""
    run, kinds = live("status", "200", "requests", "send 7", "send 1", "1200", "nonsense", "send 4")
    before, _, after = run.out.partition("Sent at ")

    assert kinds == ["incident-begun", "incident-graded"]
    assert "The endpoint is Updating." in before
    assert "1. SetAlarmState v2-5xx ALARM" in before
    assert "There is no such request." in before
    assert "RollingBack" not in before
    assert "RollingBack" in after
    assert "Sent at 28:26 of 45:00: DeleteEndpointConfig arrivals-v2. Taken." in after
    assert "DescribeEndpoint: InService on arrivals-v1" in after
    assert all(int(minute) <= 28 for minute in re.findall(r"^(\d+):\d\d \w+:", run.out, re.M))


def test_a_shift_that_is_left_is_not_graded(live):
    """It counts as one, as on the screen."""
    run, kinds = live("60")

    assert run.code == 1
    assert "You have left in the middle." in run.out
    assert kinds == ["incident-begun"]
