"""Whatever a request holds is simulated, or said not to be."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from engine.aws.calls import ORDER, Call
from engine.aws.checking import check
from engine.aws.finding import Path
from engine.aws.rules.alarms import SINGLE
from engine.aws.shapes.models import Shape, input_shape, is_number
from engine.aws.shapes.unread import UNFELT, unread
from engine.aws.translation.reading import read_step
from tests.engine.aws.examples import CANARY, VARIANT, alarm, config, update
from tests.engine.aws.worlds import world

POSSIBLE = {"MemorySizeInMB": (1024, 2048), "ProvisionedConcurrency": (1, 2), "MaxConcurrency": (2, 3)}
"""Two values of leaves that take not any number, or not beside each other."""
OF_INSTANCES = ("InstanceType", "InitialInstanceCount", "RoutingConfig")


def full(shape: Shape, without: tuple[str, ...] = (), *, name: str = "", other: bool = False) -> Any:
    """Return a value with every field that the shape has; `other` asks for another value of a leaf."""
    if shape.type_name == "structure":
        return {key: full(each, without, name=key) for key, each in shape.members.items() if key not in without}
    if shape.type_name == "list":
        return [full(shape.member, without)]
    if shape.type_name == "map":
        return {"one": full(shape.value)}
    if name in POSSIBLE:
        return POSSIBLE[name][other]
    if is_number(shape):
        return shape.metadata.get("min", 0) + (2 if other else 1)
    if shape.type_name == "timestamp":
        return "2031-01-01" if other else "2030-01-01"
    if shape.type_name == "boolean":
        return not other
    return shape.metadata.get("enum", ("one", "two"))[1 if other and len(shape.metadata.get("enum", "ab")) > 1 else 0]


def leaves(shape: Shape, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield the place of every leaf of the full request, and another value for it."""
    if shape.type_name == "structure":
        for name, each in shape.members.items():
            yield from leaves(each, (*path, name))
    elif shape.type_name == "map":
        yield from leaves(shape.value, (*path, "one"))
    elif shape.type_name == "list":
        yield from leaves(shape.member, (*path, 0))
    else:
        name = str(path[-1])
        if (another := full(shape, name=name, other=True)) != full(shape, name=name):  # an enum may have one value
            yield path, another


def with_value(request: Any, path: Path, value: object) -> Any:
    copy = deepcopy(request)
    owner = copy
    for key in path[:-1]:
        owner = owner[key]
    owner[path[-1]] = value
    return copy


SEVERAL_KINDS = ("PutMetricAlarm", "CreateEndpointConfig", "PutMetricData")
OF_ENTITIES = ("EntityMetricData", "StrictEntityValidation", "Counts", "StorageResolution")
"""Of metric data: the first two are for another service, of the others not any number is one."""
CASES = [
    ("PutMetricAlarm", SINGLE),  # metric math
    ("PutMetricAlarm", ("Metrics",)),
    ("CreateEndpointConfig", OF_INSTANCES),
    ("CreateEndpointConfig", ("ServerlessConfig",)),
    ("PutMetricData", (*OF_ENTITIES, "Values", "StatisticValues")),
    *((operation, ()) for operation in ORDER if operation not in SEVERAL_KINDS),
]


@pytest.mark.parametrize(("operation", "without"), CASES)
def test_every_field_is_simulated_or_named(operation: str, without: tuple[str, ...]) -> None:
    """Of every field of AWS's model: another value changes what is simulated, or the field is named as unread."""
    shape = input_shape(operation)
    deep = tuple(name for name in without if name not in shape.members)
    request = {name: value for name, value in full(shape, deep).items() if name not in without}
    if "EvaluationPeriods" in request:
        request["EvaluationPeriods"] = 9  # at least DatapointsToAlarm, whatever that is
    named = set(unread(Call(operation, (), request)))
    before = read_step(Call(operation, (), request))
    silent = [
        path
        for path, other in leaves(shape)
        if path[0] not in without
        and not set(path) & set(deep)
        and not any(path[:length] in named for length in range(len(path) + 1))
        and not set(path) & set(UNFELT)
        and read_step(Call(operation, (), with_value(request, path, other))) == before
    ]

    assert silent == []


PUBLISHED_OFTEN = {"EnableEnhancedMetrics": True, "MetricPublishFrequencyInSeconds": 10}
FRESH = config(name="churn-v3")["CreateEndpointConfig"]
TABLE = [
    ("wall-clock", {**alarm(EvaluationWindow={"WallClockWindow": {}}), **update(CANARY)}, "EvaluationWindow"),
    ("warm-up", {**alarm(WarmUpConfiguration={"WarmUpPeriodDurationInMinutes": 60})}, "WarmUpConfiguration"),
    ("metrics", {"CreateEndpointConfig": {**FRESH, "MetricsConfig": PUBLISHED_OFTEN}}, "MetricsConfig"),
    ("inside-a-variant", config({**VARIANT, "VolumeSizeInGB": 20}, name="churn-v3"), "VolumeSizeInGB"),
]


@pytest.mark.parametrize(("plan", "field"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_is_written_in_vain_is_said(plan: dict[str, Any], field: str) -> None:
    """A field that AWS acts on (spec sagemaker 1.7, 6.1; cloudwatch 1, 2) and a run does not is named."""
    places = [finding.path[-1] for finding in check(plan, world()) if "this simulation does not" in finding.say]

    assert places == [field]


def test_notes_and_notifications_are_no_matter() -> None:
    """SageMaker reads an alarm's state, whatever its actions (spec sagemaker 3): nothing is said of them."""
    plan = {**alarm(ActionsEnabled=False, AlarmDescription="errors"), **update(CANARY)}

    assert not any("this simulation does not" in finding.say for finding in check(plan, world()))
