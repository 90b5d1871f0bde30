"""A session that is worked out from its start is the live run in which the learner's requests came at their moments."""

from __future__ import annotations

import pytest

from engine.live import Live
from engine.traffic.arrivals import Arrivals
from tests.built_in import PACK

ANSWERS = [(id, number) for id in PACK.incident_ids() for number in range(len(PACK.incident(id).answers))]


@pytest.mark.parametrize("id, number", ANSWERS)
def test_after_every_action(id, number):
    """What has happened by then, and what is answered to the action, for every answer of every incident."""
    incident = PACK.incident(id)
    answer = incident.answers[number]
    session = incident.begin(answer.release, number)
    live = Live(session.world, Arrivals(session.world.workload, number))
    live.send_all(incident.plan.plan.steps)
    for step in sorted(answer.file.plan.steps, key=lambda step: step.after_s):
        at = session.world.update_at_s + step.after_s
        live.advance(at)
        assert [each for each in session.run.events if each.t < at] == [e for e in live.recorder.events if e.t < at]
        assert dict(live.alarms.states) == states(session.run, at)
        before, session = session, session.act(at, step.request)
        refused = live.submit(step.request)
        assert (refused is None) == (session.refusal(before) is None)
    live.advance(end := session.world.duration_s)

    assert [each for each in live.result().events if each.t < end] == [e for e in session.run.events if e.t < end]
    live.let_go()


def states(run, at):
    """Return the state of each alarm just before a moment."""
    found = dict.fromkeys(run.alarm_states, "INSUFFICIENT_DATA")
    found |= {each.alarm: each.to_state for each in run.alarms if each.t < at}
    return found
