"""Nothing that a YAML file can hold breaks a check."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.aws.calls import ORDER
from engine.aws.checking import check
from engine.aws.translation.reading import read_deployment_config, read_metric_alarm, read_plan
from engine.aws.translation.writing import write_plan
from engine.plan import Plan
from engine.world import Endpoint, World
from tests.engine.aws.examples import ALARM, AT_ONCE, CANARY, LINEAR, MATH, ROLLING, config, update
from tests.engine.aws.plans import plans
from tests.engine.aws.test_shadow_tests import MODE, STOP, TEST
from tests.engine.aws.worlds import fleet, world

WORDS = st.sampled_from(
    [
        "AlarmName",
        "Metrics",
        "CANARY",
        "Later",
        "AfterSeconds",
        "x\ny",
        "\x1b[31m",
        "p99",
        "",
        "ALARM(err)",
        "a" * 300,
    ]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-5, 100_000)
    | st.sampled_from([10**400, -(10**400)])
    | st.floats()
    | WORDS
    | st.text(max_size=5)
)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
GOOD: dict[str, Any] = {
    **config(),
    "PutMetricAlarm": [ALARM, MATH],
    "PutCompositeAlarm": {"AlarmName": "any", "AlarmRule": "ALARM(err) OR ALARM(rate)"},
    **update(CANARY),
    "Later": [
        {
            "AfterSeconds": 30,
            "UpdateEndpointWeightsAndCapacities": {
                "EndpointName": "churn",
                "DesiredWeightsAndCapacities": [{"VariantName": "AllTraffic", "DesiredInstanceCount": 3}],
            },
        },
        {"AfterSeconds": 40, "CreateInferenceExperiment": TEST},
        {"AfterSeconds": 50, "UpdateInferenceExperiment": {"Name": "try", "ShadowModeConfig": MODE}},
        {"AfterSeconds": 60, "StopInferenceExperiment": STOP},
        *({"AfterSeconds": i * 60, **update(policy)} for i, policy in enumerate((LINEAR, AT_ONCE, ROLLING), 1)),
    ],
}
WORLDS = [
    world(),
    world(count=1, rate=0, instance_quota=1),
    world(
        configs=(fleet("churn-v1", "AllTraffic", "b"), fleet("churn-v2", "AllTraffic", "c")),
        endpoint=Endpoint(
            endpoint_name="churn",
            endpoint_config_name="churn-v1",
            instance_counts={"AllTraffic": 1},
            last_deployment_config=read_deployment_config(LINEAR),
        ),
        alarms=(read_metric_alarm(ALARM), read_metric_alarm(MATH)),
    ),
    world(configs=(fleet("churn-v1", "AllTraffic"),)),
]


def places(data: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of everything in `data`."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(deeper for key, each in items for deeper in places(each, (*path, key)))]


def spoiled(path: tuple[Any, ...], value: object) -> Any:
    """Return the good plan with one place changed."""
    plan = deepcopy(GOOD)
    if not path:
        return value
    owner = plan
    for key in path[:-1]:
        owner = owner[key]
    owner[path[-1]] = value
    return plan


@given(st.dictionaries(st.sampled_from([*ORDER, "Later"]) | st.text(max_size=3), DATA, max_size=3) | DATA)
@settings(deadline=None)
def test_a_check_never_raises(requests: Any) -> None:
    """Any data gets findings, each of them one printable line with a place."""
    for finding in check(requests, None):
        assert finding.say.isprintable()


@given(st.sampled_from(places(GOOD)), DATA)
@settings(max_examples=400, deadline=None)
def test_what_is_not_refused_can_be_read(path: tuple[Any, ...], value: object) -> None:
    """One wrong value anywhere in a good plan is either refused or can be simulated."""
    plan = spoiled(path, value)

    findings = check(plan, None)

    if all(finding.severity == "advice" for finding in findings):
        read_plan(plan)


def test_depth_is_no_matter() -> None:
    """A thousand levels where a name should stand are one finding."""
    deep: Any = "name"
    for _ in range(5000):
        deep = [deep]

    [finding] = check(update(EndpointName=deep), None)

    assert finding.path == ("UpdateEndpoint", "EndpointName")


def test_the_good_plan_is_good() -> None:
    """The plan that the test above spoils is not refused as it stands."""
    assert [finding for finding in check(GOOD, None) if finding.severity != "advice"] == []


@given(st.sampled_from(places(GOOD)), DATA, st.sampled_from(WORLDS))
@settings(deadline=None)
def test_no_world_breaks_a_check(path: tuple[Any, ...], value: object, where: World) -> None:
    """In a world too any data gets findings, and no error."""
    for finding in check(spoiled(path, value), where):
        assert finding.say.isprintable()


@given(plans(), st.sampled_from(WORLDS))
@settings(max_examples=60, deadline=None)
def test_good_plans_get_advice_in_any_world(plan: Plan, where: World) -> None:
    """A plan of any values, sent to any world, gets findings, and no error."""
    for finding in check(write_plan(plan), where):
        assert finding.say.isprintable()
