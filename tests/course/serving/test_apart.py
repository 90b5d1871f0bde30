"""Does what was sent give the same run once more, although no plan holds all of it?"""

from __future__ import annotations

import pytest

from course.serving.apart import beyond_plans, lost_in
from course.serving.plan import taken_down
from engine.aws.translation.writing import write_request
from engine.simulate import simulate
from tests.course.serving.talking import Client
from tests.engine.autoscaling.policies import register, tracking
from tests.engine.sagemaker.test_scaling import stepped

WORLD = stepped()
SCALING = (register(1, 8), tracking(60))


def mute(*names):
    """Return what mutes alarms for hours."""
    rule = {"Schedule": {"Expression": "at(2026-03-02T09:06)", "Duration": "PT10H"}}
    return "PutAlarmMuteRule", {"Name": "quiet", "Rule": rule, "MuteTargets": {"AlarmNames": list(names)}}


def told(*others):
    """Return what is lost of scaling and of others, each some seconds after it."""
    client = Client(WORLD, 1)
    for request in SCALING:
        client.at(WORLD.update_at_s, *write_request(request))
    alarms = tuple(client.live.alarms.metric_alarms)
    for after_s, names in others:
        assert client.at(WORLD.update_at_s + after_s, *mute(*(names or alarms)), service="cloudwatch") == 200
    client.live.advance(WORLD.duration_s)
    plan = taken_down(client.account).plan
    found = lost_in(client.account, simulate(WORLD, plan, 1, series=False)), beyond_plans(client.account)
    client.live.let_go()
    return found


@pytest.mark.parametrize(
    ("others", "lost", "beyond"),
    [
        ([], (), ()),
        ([(1, ())], ("PutAlarmMuteRule",), ("PutAlarmMuteRule",)),  # so that nothing is scaled
        ([(1, ("another",))], (), ("PutAlarmMuteRule",)),
    ],
    ids=["nothing", "in-time", "harmless"],
)
def test_what_makes_another_run(others, lost, beyond):
    """Only what moves the endpoint."""
    assert told(*others) == (lost, beyond)
