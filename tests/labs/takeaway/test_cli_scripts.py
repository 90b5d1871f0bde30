"""Every lab's plan, taken home as commands and run by the `aws` command, does what the plan does."""

from __future__ import annotations

import os
from random import Random

import pytest
from awscli.clidriver import create_clidriver

from engine.aws.takeaway.forms import as_cli
from tests.engine.aws.gateway.clients import REGION, gateway_of, hand_to
from tests.engine.aws.gateway.test_clients import ALARM
from tests.labs.takeaway.scripts import PACK, Wire, cases, ended, looking
from tests.labs.takeaway.shell import Shell

SETTINGS = {
    "AWS_ACCESS_KEY_ID": "A",
    "AWS_SECRET_ACCESS_KEY": "S",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_PAGER": "",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_MAX_ATTEMPTS": "1",
}


@pytest.fixture(scope="module")
def wire():
    """What the commands talk to."""
    return Wire()


@pytest.fixture(scope="module")
def driver(wire):
    """The `aws` command, which talks to the gateway of the run that goes on just now."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SETTINGS.items():
            patch.setenv(name, value)
        made = create_clidriver()
        made.session.register("before-send", hand_to(wire))
        yield made


@pytest.fixture
def aws(driver, capsys):
    """Return a function that runs a command, and returns what it prints."""

    def aws(words):
        code = driver.main(words)
        said = capsys.readouterr()
        assert (code, said.err) == (0, ""), words
        return said.out

    return aws


@pytest.fixture
def run(wire, aws):
    """Return a function that runs a script on a gateway."""

    def run(script, gateway):
        wire.gateway = gateway
        Shell(aws, wire.wait, lambda: gateway.account.now).run(script)

    return run


@pytest.mark.parametrize("id", PACK.lab_ids())
def test_a_script_does_what_the_plan_does(id, run):
    """The same events at the same moments, with nothing left out: the reference and one near-miss."""
    for case in cases(id, near_misses=1):
        gateway = case.begun()
        run(as_cli(case.requests), gateway)
        happened = ended(case, gateway)

        assert happened
        assert happened == case.events_of_batch()


@pytest.mark.parametrize("chance", range(2))
def test_a_script_sees_the_metrics_that_the_plan_sees(chance, run):
    """Over periods of any length, at any second: whole ones alone, looked for minute by minute."""
    case = looking(Random(chance))
    gateway = case.begun()
    run(as_cli(case.requests), gateway)
    sent = [each.request["StateReason"] for each in gateway.account.sent if each.operation == "SetAlarmState"]

    assert 1 < len(sent) < 20
    assert ended(case, gateway) == case.events_of_batch()


def test_what_looks_like_a_file_or_an_address_is_sent_as_it_is(wire, run):
    """The command would send the file itself; with a plan of somebody else, one that is nobody's business."""
    wire.gateway = gateway = gateway_of()
    described = {"AlarmName": "file:///etc/hostname", "AlarmDescription": "https://wiki.example/runbook"}
    state = {"AlarmName": described["AlarmName"], "StateValue": "ALARM", "StateReason": "[http://x]"}
    checked = {"If": {"AlarmName": described["AlarmName"], "StateValue": "ALARM"}}
    update = {"UpdateEndpoint": {"EndpointName": "churn", "EndpointConfigName": "v2"}}
    plan = {
        "PutMetricAlarm": {**ALARM, **described},
        "SetAlarmState": state,
        "Later": [{"AfterSeconds": 0, **checked, **update}],
    }
    run(as_cli(plan), gateway)

    assert [each.request for each in gateway.account.sent] == [plan["PutMetricAlarm"], state, update["UpdateEndpoint"]]
