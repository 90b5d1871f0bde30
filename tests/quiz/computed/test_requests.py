"""Families about requests, against the rules as AWS's documents state them, and against botocore itself."""

from __future__ import annotations

from copy import deepcopy

import pytest
from botocore.exceptions import ParamValidationError
from botocore.session import get_session
from botocore.validate import validate_parameters
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.computed import changes, requests

DRAWS = st.integers(1, 800)
LIMITS = {
    "WaitIntervalInSeconds": (0, 3600),
    "TerminationWaitInSeconds": (0, 3600),
    "MaximumExecutionTimeoutInSeconds": (600, 28800),
    "CanarySize.Value": (1, 50),
}
"""As the API reference has them; the client knows the first of each pair alone (spec sagemaker 1.2, 1.8)."""


def changed(change):
    """The request with this change in it."""
    place = request = deepcopy(dict(changes.PLAN[change.operation]))
    for key in change.path[:-1]:
        place = place[key]
    if change.value is changes.GONE:
        del place[change.path[-1]]
    else:
        place[change.path[-1]] = change.value
    return request


def refused_by_botocore(change):
    """Does the validator of a real client refuse it?"""
    service = {"UpdateEndpoint": "sagemaker", "PutMetricAlarm": "cloudwatch"}[change.operation]
    shape = get_session().get_service_model(service).operation_model(change.operation).input_shape
    try:
        validate_parameters(changed(change), shape)
    except ParamValidationError:
        return True
    return False


def test_what_the_client_refuses_is_what_botocore_refuses():
    """Every change that a question may ask about, put to botocore without our code between."""
    ours = [change.line for place, change in enumerate(changes.CHANGES) if changes.of_change(place)[0] == "client"]

    assert ours == [change.line for change in changes.CHANGES if refused_by_botocore(change)]


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("WaitIntervalInSeconds: 3601", "service"),
        ("WaitIntervalInSeconds: -1", "client"),
        ('WaitIntervalInSeconds: "600"', "client"),
        ("(no WaitIntervalInSeconds)", "client"),
        ("CanarySize: {Type: CAPACITY_PERCENTAGE, Value: 25}", "service"),
        ("CanarySize: {Type: CAPACITY_PERCENT, Value: 60}", "service"),
        ("CanarySize: {Type: CAPACITY_PERCENT, Value: 0}", "client"),
        ("CanarySize: {Value: 25}", "client"),
        ("MaximumExecutionTimeoutInSeconds: 599", "client"),
        ("MaximumExecutionTimeoutInSeconds: 28801", "service"),
        ("Alarms: []", "client"),
        ("CanaryPercent: 10", "client"),
        ("EndpointName: my_shop", "service"),
        ("Threshold: 1", "useless"),
        ("MetricName: Inference5xxErrors", "useless"),
        ("TerminationWaitInSeconds: 900", "sound"),
    ],
)
def test_verdicts_are_those_of_the_table(line, verdict):
    """Requests that were put to AWS's client, with what is documented of the service (spec sagemaker 1.8)."""
    [place] = [place for place, change in enumerate(changes.CHANGES) if change.line == line]

    assert changes.of_change(place)[0] == verdict
    assert requests.where(place)["right"] == changes.WORDS[verdict]


@settings(max_examples=20)
@given(st.sampled_from(sorted(LIMITS)), DRAWS)
def test_one_value_of_four_lies_within_the_limits(field, draw):
    """Below them the client speaks, above them the service."""
    low, high = LIMITS[field]
    found = requests.in_range(field, draw)

    assert low <= int(found["right"]) <= high
    assert int(found["client_1"]) < low
    assert int(found["service_1"]) > high < int(found["service_2"])


@settings(max_examples=20)
@given(DRAWS, st.sampled_from(["client", "service", "useless"]), st.integers(1, 2))
def test_five_lines_are_five_lines(draw, verdict, count):
    """Of different fields, and none twice."""
    found = requests.some(draw, verdict, count)
    if found is not None:
        lines = [text for name, text in found.items() if not name.endswith("_says")]

        assert len(set(lines)) == len(lines) == 5
        assert sum(name.startswith("hit") for name in found if not name.endswith("_says")) == count


@settings(max_examples=20)
@given(DRAWS)
def test_what_is_left_out_is_missed_by_the_client_or_is_not(draw):
    """Required are the names, and what a mapping that was begun cannot do without."""
    required = {"EndpointName", "EndpointConfigName", "WaitIntervalInSeconds", "TrafficRoutingConfiguration", "Type"}
    found = requests.left_out(draw)

    assert {found[f"needed_{k}"].split()[0] for k in (1, 2, 3)} <= {*required, "AlarmName"}
    assert found["free"].split()[0] not in {*required, "AlarmName"}


@settings(max_examples=20)
@given(DRAWS)
def test_messages_are_told_apart(draw):
    """Four different ones, and a fifth that none of the lines gets; only the service says "Member must"."""
    found = requests.messages(draw)
    told = [found[f"message_{k}"] for k in (1, 2, 3, 4)]

    assert len({*told, found["other"]}) == 5
    for k in (1, 2, 3, 4):
        assert (found[f"by_{k}"] == "service") == ("Member must" in found[f"message_{k}"])


@settings(max_examples=20)
@given(DRAWS)
def test_there_is_one_of_each(draw):
    """Four lines for four verdicts."""
    found = requests.one_of_each(draw)
    if found is not None:
        assert len({found[f"{verdict}_line"] for verdict in changes.WORDS}) == 4
