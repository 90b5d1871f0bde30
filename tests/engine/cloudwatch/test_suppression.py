"""The guide's six examples of suppressed actions, and what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cloudwatch.composite.suppression import (
    Action,
    CompositeChanged,
    Suppression,
    SuppressorChanged,
    SuppressorReplaced,
    TimePassed,
    step,
)
from engine.requests.cloudwatch import CompositeAlarm

GUARDED = CompositeAlarm(
    alarm_name="up",
    alarm_rule="ALARM(a)",
    actions_suppressor="maintenance",
    actions_suppressor_wait_period=2,
    actions_suppressor_extension_period=3,
)
"""The guide's examples wait 2 units and extend by 3."""
FREE = CompositeAlarm(alarm_name="up", alarm_rule="ALARM(a)")
QUIET = Suppression(composite="OK", suppressor="OK")


def lived(events, before=QUIET, alarm=GUARDED, end=20):
    """Return the actions that ran, and who suppressed after each unit of time."""
    now, acted, by = before, [], {}
    for t in range(end + 1):
        for event in [*events.get(t, ()), TimePassed()]:
            now = step(now, event, t, alarm)
            acted += now.acted
        by[t] = now.suppressed_by
    return acted, by


up, down = CompositeChanged("ALARM"), CompositeChanged("OK")
on, off = SuppressorChanged("ALARM"), SuppressorChanged("OK")
EXAMPLES = [
    pytest.param({2: [up]}, [Action(4, "ALARM")], id="1: not suppressed after the wait"),
    pytest.param({2: [up], 3: [on]}, [], id="2: suppressed by the alarm before the wait ends"),
    pytest.param({2: [up], 3: [down]}, [Action(5, "OK")], id="3: a change in the wait starts a new one"),
    pytest.param({1: [on], 2: [up]}, [], id="4: suppressed by an alarm that is there already"),
    pytest.param({2: [up], 3: [on], 6: [off]}, [Action(9, "ALARM")], id="5: not suppressed after the extension"),
    pytest.param(
        {2: [up], 3: [on], 6: [off], 7: [down]}, [Action(9, "OK")], id="6: a change in the extension starts a wait"
    ),
]


@pytest.mark.parametrize("events, acted", EXAMPLES)
def test_the_guides_examples(events, acted):
    """Wait and extension periods as in AWS's six examples (spec cloudwatch 9)."""
    assert lived(events)[0] == acted


def test_who_suppresses():
    """ActionsSuppressedBy through the sixth example."""
    _, by = lived({2: [up], 3: [on], 6: [off], 7: [down]}, end=10)

    assert list(by.values()) == [
        None, None, "WaitPeriod", "Alarm", "Alarm", "Alarm", "ExtensionPeriod", "WaitPeriod", "WaitPeriod", None, None
    ]  # fmt: skip


def test_the_reason_is_aws_sentence():
    """ActionsSuppressedReason names the period."""
    waiting = step(QUIET, up, 0, GUARDED)

    assert waiting.reason == "Actions suppressed by WaitPeriod"
    assert QUIET.reason is None


def test_without_a_suppressor_actions_run_at_once():
    """Nothing holds back the actions of an alarm without suppressor."""
    assert lived({2: [up], 3: [down]}, alarm=FREE)[0] == [Action(2, "ALARM"), Action(3, "OK")]


def test_nothing_owed_nothing_run():
    """A suppressor that comes and goes makes no actions run if the composite alarm has not changed."""
    acted, by = lived({2: [on], 5: [off]})

    assert acted == []
    assert (by[4], by[5], by[8]) == ("Alarm", "ExtensionPeriod", None)


def test_actions_that_ran_are_not_owed_again():
    """After the actions have run, a suppressor that comes and goes does not make them run once more."""
    assert lived({2: [up], 8: [on], 10: [off]})[0] == [Action(4, "ALARM")]


def test_a_suppressor_at_the_last_moment_is_in_time():
    """A suppressor that alarms just as the wait ends still suppresses: alarms move once a minute."""
    assert lived({2: [up], 4: [on]})[0] == []


def test_late_events_find_the_period_ended():
    """An event after the end of a period finds its actions run, at the moment of the end."""
    waiting = step(QUIET, up, 2, GUARDED)
    later = step(waiting, on, 4.5, GUARDED)

    assert later.acted == (Action(4, "ALARM"),)
    assert later.suppressed_by == "Alarm"


def test_a_suppressor_that_alarms_again_ends_the_extension():
    """The extension is dropped when the suppressor comes back."""
    acted, by = lived({2: [up], 3: [on], 6: [off], 7: [on], 12: [off]})

    assert acted == [Action(15, "ALARM")]
    assert by[11] == "Alarm"


def test_insufficient_data_is_not_alarm():
    """A suppressor without data does not suppress, and its way to OK means nothing."""
    unknown = Suppression(composite="OK", suppressor="INSUFFICIENT_DATA")

    assert lived({2: [up], 3: [off]}, unknown)[0] == [Action(4, "ALARM")]


@pytest.mark.parametrize("state, by", [("OK", None), ("ALARM", "Alarm")])
def test_another_suppressor_discards_periods(state, by):
    """Replacing the suppressor ends a wait or an extension without actions (spec cloudwatch 9)."""
    acted, suppressed = lived({2: [up], 3: [SuppressorReplaced(state)]})

    assert acted == []
    assert suppressed[3] == by


events = st.sampled_from([up, down, on, off])


@given(st.dictionaries(st.integers(0, 15), st.lists(events, min_size=1, max_size=2)))
def test_no_action_while_the_suppressor_is_in_alarm(when):
    """Actions never run in a moment that begins and ends with the suppressor in ALARM."""
    now = QUIET
    for t in range(20):
        was = now.suppressor
        for event in [*when.get(t, ()), TimePassed()]:
            now = step(now, event, t, GUARDED)
            if was == now.suppressor == "ALARM":
                assert now.acted == ()
            was = now.suppressor


@given(st.dictionaries(st.integers(0, 15), st.lists(events, min_size=1, max_size=2)))
def test_actions_are_of_the_state_that_holds(when):
    """Whatever happened before, what runs is the actions of the state at that moment, at most once a change."""
    changes = sum(event in (up, down) for moment in when.values() for event in moment)
    acted, _ = lived(when)
    state = {t: next((e.state for m in range(t, -1, -1) for e in reversed(when.get(m, [])) if e in (up, down)), "OK")
             for t in range(21)}  # fmt: skip

    assert len(acted) <= changes
    assert all(action.state == state[action.t] for action in acted)
