"""Bare requests, lists of them, and what AWS answers when it describes something."""

from __future__ import annotations

from engine.aws.foreign.endpoints import Endpoints
from engine.aws.foreign.reading import foreign
from tests.engine.aws.examples import ALARM, CANARY, config, update

UPDATE = update(CANARY)["UpdateEndpoint"]


def test_a_list_of_requests():
    """Each bare or under its operation; what is none is told by its number."""
    found = foreign([{"PutMetricAlarm": [ALARM]}, UPDATE, 3, {"a": 1}], Endpoints(updates=True))

    assert found.requests == {"PutMetricAlarm": ALARM, "UpdateEndpoint": UPDATE}
    assert found.left_out == tuple(
        f"Item {number} of the list is left out: it is no request that a plan may hold." for number in (3, 4)
    )
    assert foreign([3, "x"], Endpoints(updates=True)) is None


def test_alarms_as_aws_describes_them():
    """What AWS adds is left out, and that is said once."""
    described = {**ALARM, "AlarmArn": "arn", "StateValue": "OK", "OKActions": []}
    other = {**described, "AlarmName": "other"}
    found = foreign({"MetricAlarms": [described, other], "CompositeAlarms": []}, Endpoints(updates=True))

    assert found.requests == {"PutMetricAlarm": [ALARM, {**ALARM, "AlarmName": "other"}]}
    assert found.left_out == (
        "AlarmArn, StateValue: AWS tells this, and PutMetricAlarm does not take it, so it is left out.",
    )


def test_a_configuration_as_aws_describes_it():
    """The same."""
    described = {**config()["CreateEndpointConfig"], "EndpointConfigArn": "arn", "CreationTime": 1}
    found = foreign(described, Endpoints(updates=True))

    assert found.requests == config()
    assert "EndpointConfigArn, CreationTime: AWS tells this" in found.left_out[0]


def test_a_slip_is_no_field_of_aws():
    """It stays, so that the check can complain of it."""
    found = foreign({**ALARM, "Treshold": 5}, Endpoints(updates=True))

    assert found.requests["PutMetricAlarm"]["Treshold"] == 5
