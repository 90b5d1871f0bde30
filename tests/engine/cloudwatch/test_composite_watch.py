"""Composite alarms in a running account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine.cloudwatch.composite.watch import CompositeWatch
from engine.cloudwatch.standing import Standings
from engine.recorder import Recorder
from engine.requests.cloudwatch import AlarmState, CompositeAlarm


def clock(t: float) -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=t)


def watching(*alarms: CompositeAlarm, **states: AlarmState) -> tuple[CompositeWatch, dict[str, AlarmState], Recorder]:
    known: dict[str, AlarmState] = {**states, **{alarm.alarm_name: "INSUFFICIENT_DATA" for alarm in alarms}}
    recorder = Recorder()
    standings = Standings(recorder)
    for name, state in known.items():
        standings.create(name, 0.0)
        standings.states[name] = state
    watch = CompositeWatch(standings, recorder, clock)
    for alarm in alarms:
        watch.put(alarm)
    return watch, standings.states, recorder


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


ARN = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:"


def triggering(child: str, state: AlarmState, at: str) -> dict[str, Any]:
    """Return what StateReasonData says of one child on the first of January."""
    return {"arn": ARN + child, "state": {"value": state, "timestamp": f"2026-01-01T00:{at}.000+0000"}}


def moved(watch: CompositeWatch, child: str, state: AlarmState, t: float) -> None:
    """Let a child go to another state, of which nobody writes anything down."""
    watch.standings.states[child], watch.standings.of[child].since = state, t
    watch.changed(child, state, t)


def reasons(recorder: Recorder) -> list[tuple[str, str, Any]]:
    return [(change.alarm, change.reason, change.data) for change in recorder.alarms]


def test_a_new_composite_says_that_it_was_created():
    """Its first state comes from the rule alone, so the reason names the composite, and the data every child with its
    state and since when, the latest first."""
    watch, _, recorder = watching(
        CompositeAlarm(alarm_name="Page", alarm_rule="OK(a) AND NOT ALARM(b)"), a="OK", b="ALARM"
    )
    moved(watch, "b", "OK", 30)
    watch.follow(60)

    [(_, reason, data)] = reasons(recorder)
    assert reason == f"{ARN}Page was created and its alarm rule evaluates to ALARM"
    assert data == {"triggeringAlarms": [triggering("b", "OK", "00:30"), triggering("a", "OK", "00:00")]}


def test_a_changed_child_is_the_one_that_triggered():
    """Recorded from AWS: child 1 back to OK, then child 2 to ALARM, each alone in the data of its change; a composite
    that asks about this one names it in turn."""
    either = CompositeAlarm(alarm_name="either", alarm_rule="ALARM(one) OR ALARM(two)")
    watch, _, recorder = watching(
        either, CompositeAlarm(alarm_name="outer", alarm_rule="ALARM(either)"), one="ALARM", two="OK"
    )
    watch.follow(0)
    for t, child, state in ((60.0, "one", "OK"), (130.0, "two", "ALARM")):
        moved(watch, child, state, t)
        watch.follow(t)

    when = "Thursday 01 January, 2026"
    assert reasons(recorder)[2:] == [
        (
            "either",
            f"{ARN}one transitioned to OK at {when} 00:01:00 UTC",
            {"triggeringAlarms": [triggering("one", "OK", "01:00")]},
        ),
        (
            "outer",
            f"{ARN}either transitioned to OK at {when} 00:01:00 UTC",
            {"triggeringAlarms": [triggering("either", "OK", "01:00")]},
        ),
        (
            "either",
            f"{ARN}two transitioned to ALARM at {when} 00:02:10 UTC",
            {"triggeringAlarms": [triggering("two", "ALARM", "02:10")]},
        ),
        (
            "outer",
            f"{ARN}either transitioned to ALARM at {when} 00:02:10 UTC",
            {"triggeringAlarms": [triggering("either", "ALARM", "02:10")]},
        ),
    ]


def test_another_rule_moves_the_state_by_itself():
    """A composite that is put again with another rule was updated, and no child moved."""
    watch, states, recorder = watching(CompositeAlarm(alarm_name="page", alarm_rule="OK(a)"), a="OK")
    watch.follow(0)
    watch.put(CompositeAlarm(alarm_name="page", alarm_rule="ALARM(a)"))
    watch.follow(60)

    assert states["page"] == "OK"
    assert reasons(recorder)[-1][1] == f"{ARN}page was updated and its alarm rule evaluates to OK"


def test_a_rule_without_alarms_has_none_that_triggered():
    """FALSE is OK (spec cloudwatch 9), on account of nobody."""
    watch, _, recorder = watching(CompositeAlarm(alarm_name="never", alarm_rule="FALSE"))
    watch.follow(0)

    assert reasons(recorder) == [
        ("never", f"{ARN}never was created and its alarm rule evaluates to OK", {"triggeringAlarms": []})
    ]
