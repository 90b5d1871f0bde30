"""Every lab's plan, taken home as Python and run by boto3, does what the plan does."""

from __future__ import annotations

import builtins
from datetime import datetime, timedelta, timezone
from functools import cache
from random import Random
from types import SimpleNamespace

import boto3
import pytest

from engine.aws.takeaway.forms import as_boto3
from tests.engine.aws.gateway.clients import REGION, session_of
from tests.labs.takeaway.scripts import PACK, Wire, cases, ended, looking


@pytest.fixture(scope="module")
def run():
    """Return a function that runs a script as it is written on a gateway: what it imports is a session of boto3, and
    the clock of the run."""
    wire = Wire()
    session = boto3.Session(botocore_session=session_of(wire), region_name=REGION)

    class Datetime(datetime):
        @classmethod
        def now(cls, tz=None):
            return wire.gateway.account.now.astimezone(tz)

    modules = {
        "boto3": SimpleNamespace(client=cache(session.client)),  # making one takes longer than all its requests
        "time": SimpleNamespace(sleep=wire.wait),
        "datetime": SimpleNamespace(datetime=Datetime, timedelta=timedelta, timezone=timezone),
    }
    own = {**vars(builtins), "__import__": lambda name, *_: modules[name]}

    def run(script, gateway):
        wire.gateway = gateway
        exec(compile(script, "plan.py", "exec"), {"__builtins__": own})

    return run


@pytest.mark.parametrize("id", PACK.lab_ids())
def test_a_script_does_what_the_plan_does(id, run):
    """The same events at the same moments, with nothing left out: the reference and every near-miss."""
    for case in cases(id):
        gateway = case.begun()
        run(as_boto3(case.requests), gateway)
        happened = ended(case, gateway)

        assert happened
        assert happened == case.events_of_batch()


@pytest.mark.parametrize("chance", range(2))
def test_a_script_sees_the_metrics_that_the_plan_sees(chance, run):
    """Over periods of any length, at any second: whole ones alone, looked for minute by minute."""
    case = looking(Random(chance))
    gateway = case.begun()
    run(as_boto3(case.requests), gateway)
    sent = [each.request["StateReason"] for each in gateway.account.sent if each.operation == "SetAlarmState"]

    assert 1 < len(sent) < 20
    assert ended(case, gateway) == case.events_of_batch()


def test_no_lab_is_left_out():
    """Each of them is compared."""
    assert len(PACK.lab_ids()) >= 24
