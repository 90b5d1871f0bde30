"""Does what was sent give the same run once more, although no plan holds all of it?"""

from __future__ import annotations

import pytest

from course.serving.apart import beyond_plans, lost_in
from course.serving.plan import taken_down
from engine.aws.translation.writing import write_request
from engine.simulate import simulate
from tests.course.serving.talking import Client
from tests.labs.tiny import BROKEN, GUARDED
from tests.labs.tiny import LAB as TINY

WORLD = TINY.world_with(BROKEN)
ALARM = next(step.request.alarm_name for step in GUARDED.steps if hasattr(step.request, "alarm_name"))
DELETE = ("DeleteAlarms", {"AlarmNames": [ALARM]})
DISABLE = ("DisableAlarmActions", {"AlarmNames": [ALARM]})


def told(*others):
    """Return what is lost of a guarded update and of others, each some seconds after it."""
    client = Client(WORLD, 1)
    for step in GUARDED.steps:
        client.at(WORLD.update_at_s, *write_request(step.request))
    for after_s, (operation, request) in others:
        assert client.at(WORLD.update_at_s + after_s, operation, request, service="cloudwatch") == 200
    client.live.advance(WORLD.duration_s)
    plan = taken_down(client.account).plan
    found = lost_in(client.account, simulate(WORLD, plan, 1, series=False)), beyond_plans(client.account)
    client.live.let_go()
    return found


@pytest.mark.parametrize(
    ("others", "lost", "beyond"),
    [
        ([], (), ()),
        ([(1, DELETE)], ("DeleteAlarms",), ("DeleteAlarms",)),  # so that nothing is rolled back
        ([(1, DISABLE)], (), ("DisableAlarmActions",)),  # a rollback needs no actions
        ([(800, DELETE), (800, DELETE)], (), ("DeleteAlarms",)),  # once all is over
    ],
    ids=["nothing", "in-time", "harmless", "afterwards"],
)
def test_what_makes_another_run(others, lost, beyond):
    """Only what moves the endpoint."""
    assert told(*others) == (lost, beyond)
