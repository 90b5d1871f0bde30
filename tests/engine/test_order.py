"""At one moment requests come first, and then what goes on by itself: simulated at once, or pulled step by step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.live import Live
from engine.plan import Plan
from engine.requests.cloudwatch import SetAlarmState
from engine.simulate import simulate
from engine.traffic.arrivals import Arrivals
from tests.engine.rollouts import STEADY, config, errors_alarm, later, world

EVALUATED_S = 610.0
"""One of the seconds at which the alarm is evaluated."""
BY_HAND = SetAlarmState(alarm_name="errors", state_value="ALARM", state_reason="a drill")


def simulated(here, steps):
    """Play the plan."""
    return simulate(here, Plan(steps), 1)


def pulled(here, steps):
    """Let a live run go on to each request, to one second after another and to the end."""
    live = Live(here, Arrivals(here.workload, 1))
    for step in steps:
        for second in range(0, 1 + int(here.update_at_s + step.after_s), 7):
            live.advance(second)
        live.advance(here.update_at_s + step.after_s)
        live.submit(step.request)
    live.advance(here.duration_s)
    return live.result()


@pytest.mark.parametrize("play", [simulated, pulled])
@pytest.mark.parametrize("unrelated", [False, True], ids=["alone", "with another request before it"])
def test_a_request_comes_before_the_evaluation_of_its_second(play, unrelated):
    """An alarm set at the second of its evaluation is in ALARM, and is evaluated then, whatever else was sent."""
    here = world(timing=STEADY, update_at_s=300.0)
    other = (later(260, config("v3")),) if unrelated else ()
    run = play(here, (later(0, errors_alarm()), *other, later(EVALUATED_S - 300, BY_HAND)))

    changes = [(each.t, each.to_state) for each in run.alarms if each.t >= EVALUATED_S - 60]
    assert changes == [(EVALUATED_S, "ALARM"), (EVALUATED_S, "OK")]


@pytest.mark.parametrize("update_at_s", [0.0, 300.0, 306.7])
@pytest.mark.parametrize("after_s", [0.0, 0.1, 77.7, 260.0])
def test_a_colleague_comes_before_whoever_talks_at_that_moment(update_at_s, after_s):
    """Of two who create a configuration of one name at once, the second is refused, however far time went at once."""
    here = world(timing=STEADY, update_at_s=update_at_s)
    live = Live(here, Arrivals(here.workload, 1))
    new = replace(config("v2"), endpoint_config_name="new")
    live.play_in((later(after_s, new),))
    live.advance(update_at_s + after_s)

    assert live.submit(new) is not None
    assert [each.t for each in live.recorder.events if each.is_refusal] == [update_at_s + after_s]
