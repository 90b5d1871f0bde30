"""The line about a field: there is one for each field of a plan, and it says of ranges what the models say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.aws.about import WIDEST, about
from engine.aws.allowed import allowed
from engine.aws.checking import check_request
from engine.aws.meanings import LONGEST, MEANINGS, meaning
from engine.aws.shapes.models import SERVICES, Shape, input_shape

ROUTING = ("DeploymentConfig", "BlueGreenUpdatePolicy", "TrafficRoutingConfiguration")
DEPTH = 6
"""Levels that are looked at; the deepest field with a meaning has five."""
ALARM = {
    "AlarmName": "a",
    "Namespace": "AWS/SageMaker",
    "MetricName": "Invocations",
    "Statistic": "Sum",
    "Period": 60,
    "EvaluationPeriods": 3,
    "Threshold": 5,
    "ComparisonOperator": "GreaterThanThreshold",
    "TreatMissingData": "missing",
    "DatapointsToAlarm": 2,
}


def fields(shape: Shape, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Shape]]:
    """Every field of a request, with what the model says of it."""
    inner = shape.member if shape.type_name == "list" else shape
    if inner.type_name == "structure" and len(path) < DEPTH:
        for name, member in inner.members.items():
            yield (*path, name), member
            yield from fields(member, (*path, name))


FIELDS = [(operation, *found) for operation in SERVICES for found in fields(input_shape(operation))]


def test_every_line_fits_a_terminal_of_80_columns():
    """Also those of fields that no plan of the course needs."""
    lines = [about(operation, path) for operation, path, _ in FIELDS]

    assert all(lines)
    assert max(map(len, lines)) <= WIDEST
    assert max(len(each.say) for each in MEANINGS.values()) <= LONGEST


def test_ranges_are_those_of_the_model():
    """A number's least and most stand in its line, unless the service is known to be narrower than its model."""
    narrower = ("Period", "InitialInstanceCount", "DesiredInstanceCount")
    bounded = [
        (about(operation, path), shape.metadata)
        for operation, path, shape in FIELDS
        if {"min", "max"} <= shape.metadata.keys() and shape.type_name == "integer" and path[-1] not in narrower
    ]

    assert len(bounded) > 5
    for line, limits in bounded:
        assert f" {limits['min']} to {limits['max']}" in line


def test_no_meaning_is_left_over():
    """Each is that of a field that AWS knows, or of what a plan holds beside requests."""
    whole = [(operation, *path) for operation, path, _ in FIELDS]
    ends = {".".join(each[start:]) for each in whole for start in range(len(each))}

    assert set(MEANINGS) - ends - set(SERVICES) == {"Later", "AfterSeconds", "If", "Unless"}


@pytest.mark.parametrize(
    ("operation", "path", "beside", "line"),
    [
        pytest.param(
            "UpdateEndpoint",
            (*ROUTING, "CanarySize", "Value"),
            {"Type": "CAPACITY_PERCENT"},
            "How much of the new fleet goes first · 1 to 50 % · required",
            id="a share of the fleet",
        ),
        pytest.param(
            "UpdateEndpoint",
            (*ROUTING, "CanarySize", "Value"),
            {"Type": "INSTANCE_COUNT"},
            "How much of the new fleet goes first · at least 1 · required",
            id="a number of instances",
        ),
        pytest.param(
            "UpdateEndpoint",
            ("DeploymentConfig", "RollingUpdatePolicy", "MaximumBatchSize", "Value"),
            {"Type": "CAPACITY_PERCENT"},
            "How much of the fleet a batch replaces · 5 to 50 % · required",
            id="a batch",
        ),
        pytest.param(
            "PutMetricAlarm",
            ("DatapointsToAlarm",),
            {"EvaluationPeriods": 5},
            "How many of the N must breach (M) · 1 to 5 · default N",
            id="M within N",
        ),
        pytest.param(
            "PutMetricAlarm",
            ("Period",),
            {},
            "Length of a datapoint · 10, 20, 30 or a multiple of 60 s · required",
            id="periods",
        ),
        pytest.param("PutMetricAlarm", (), {}, "Creates an alarm on a metric, or overwrites it", id="a request"),
        pytest.param("PutMetricAlarm", ("Nonsense",), {}, "", id="no field"),
        pytest.param("Nonsense", (), {}, "", id="no request"),
    ],
)
def test_what_stands_beside_a_field_counts(operation, path, beside, line):
    """The bounds are those of the plan as it is written."""
    assert about(operation, path, beside) == line


@pytest.mark.parametrize("field", ALARM)
def test_what_is_called_required_is_refused_without(field):
    """By the client or by the service, in an alarm on one metric; what is not called so may be left out."""
    found = allowed("PutMetricAlarm", (field,))
    told = meaning("PutMetricAlarm", (field,))
    assert found is not None and told is not None
    refused = check_request("PutMetricAlarm", {name: value for name, value in ALARM.items() if name != field})

    assert bool(refused) is (found.required or told.required or told.without.startswith("or "))
