"""Composite alarms in a running account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.cloudwatch.composite.watch import CompositeWatch
from engine.recorder import Recorder
from engine.requests.cloudwatch import AlarmState, CompositeAlarm


def clock(t: float) -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=t)


def watching(*alarms: CompositeAlarm, **states: AlarmState) -> tuple[CompositeWatch, dict[str, AlarmState], Recorder]:
    known: dict[str, AlarmState] = {**states, **{alarm.alarm_name: "INSUFFICIENT_DATA" for alarm in alarms}}
    recorder = Recorder()
    watch = CompositeWatch(known, recorder, clock)
    for alarm in alarms:
        watch.put(alarm)
    return watch, known, recorder


def test_a_composite_of_composites_settles_in_one_go():
    """Each composite is brought up to date after those it asks about, whatever the order of their creation."""
    outer = CompositeAlarm(alarm_name="outer", alarm_rule="ALARM(inner)")
    inner = CompositeAlarm(alarm_name="inner", alarm_rule="ALARM(a) AND NOT ALARM(b)")
    watch, states, _ = watching(outer, inner, a="ALARM", b="OK")
    watch.follow(60)

    assert (states["inner"], states["outer"]) == ("ALARM", "ALARM")


def test_alarms_in_a_circle_are_not_evaluated():
    """Evaluation stops for a cycle (spec cloudwatch 9)."""
    left = CompositeAlarm(alarm_name="left", alarm_rule="NOT ALARM(right)")
    right = CompositeAlarm(alarm_name="right", alarm_rule="NOT ALARM(left)")
    watch, states, recorder = watching(left, right)
    watch.follow(60)

    assert set(states.values()) == {"INSUFFICIENT_DATA"}
    assert recorder.alarms == []


@pytest.mark.parametrize(
    ("suppressor", "first", "ran_at"),
    [("OK", "WaitPeriod", [180.0]), ("ALARM", "Alarm", [])],
    ids=["waits, then acts", "held back as long as the suppressor is in ALARM"],
)
def test_a_suppressor_holds_actions_back_but_not_the_state(suppressor, first, ran_at):
    """The state changes at once; the actions wait for the suppressor (spec cloudwatch 9)."""
    alarm = CompositeAlarm(
        alarm_name="page", alarm_rule="ALARM(a)", actions_suppressor="deploying", actions_suppressor_wait_period=120
    )
    watch, states, recorder = watching(alarm, a="ALARM", deploying=suppressor)
    for t in (60.0, 120.0, 180.0, 240.0):
        watch.follow(t)

    assert states["page"] == "ALARM"
    assert [e.detail["by"] for e in recorder.events if e.what == "ActionsSuppressed"] == [first]
    assert [e.t for e in recorder.events if e.what == "AlarmActions"] == ran_at


def test_the_log_claims_no_actions():
    """Whether a composite has actions is not read, so the log says only that nothing holds them back."""
    watch, _, recorder = watching(CompositeAlarm(alarm_name="page", alarm_rule="ALARM(a)"), a="ALARM")
    watch.follow(60)

    assert [event.say for event in recorder.events if event.what == "AlarmActions"] == [
        "page: nothing holds back the actions of ALARM, if it has any enabled."
    ]


def test_a_composite_over_alarms_that_do_not_move_names_none_of_them():
    """Its first state comes from the rule alone, so the reason is that it was put."""
    watch, _, recorder = watching(CompositeAlarm(alarm_name="page", alarm_rule="OK(a)"), a="OK")
    watch.follow(60)

    assert [change.reason for change in recorder.alarms] == ["page was put and its alarm rule evaluates to ALARM"]
