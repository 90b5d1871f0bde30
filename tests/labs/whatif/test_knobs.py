"""What a learner may turn: only what makes a curve, and only to what AWS accepts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from engine.aws.checking import check
from engine.aws.translation.writing import write_plan
from engine.plan import Plan
from engine.requests.sagemaker import (
    CapacitySize,
    DesiredWeightAndCapacity,
    EndpointConfig,
    ProductionVariant,
    UpdateEndpointWeightsAndCapacities,
)
from engine.simulate import simulate
from engine.timing import Timing
from labs.whatif.knobs import knobs
from tests.built_in import PACK
from tests.engine.rollouts import (
    ONE,
    all_at_once,
    canary,
    errors_alarm,
    guarded,
    in_batches,
    later,
    linear,
    percent,
    update,
    world,
)
from tests.labs.whatif.plans import loads, plans, worlds


def count(value):
    """Return a size in instances."""
    return CapacitySize(type="INSTANCE_COUNT", value=value)


def refused(plan, world):
    """Return what AWS would refuse."""
    return [finding for finding in check(write_plan(plan), world) if finding.severity != "advice"]


def leaves(data, path=()):
    """Return the single values of nested mappings and lists by their places."""
    if not isinstance(data, dict | list):
        return {path: data}
    items = data.items() if isinstance(data, dict) else enumerate(data)
    return {place: leaf for key, value in items for place, leaf in leaves(value, (*path, key)).items()}


def values(plan, world):
    """Return the values of each knob by its id."""
    return {knob.id: knob.values for knob in knobs(plan, world)}


OMITTED = {
    "MaxConcurrentTransforms": 0,
    "MaxPayloadInMB": 6,
    "InvocationsTimeoutInSeconds": 600,
    "InvocationsMaxRetries": 3,
}
"""Fields that are not written where they hold AWS's default."""


def assert_each_makes_a_curve(plan, world):
    """Each knob has four to seven increasing values, the learner's own among them; with each of them AWS accepts the
    plan, and in all of it one single field holds another value."""
    found = knobs(plan, world)
    before = leaves(write_plan(plan))

    assert len({knob.id for knob in found}) == len(found)
    assert len({knob.title for knob in found}) == len(found)
    assert not (found and refused(plan, world))
    for knob in found:
        fields = set()
        for value in knob.values:
            after = leaves(write_plan(knob.turned(value)))
            changed = {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}
            fields |= changed
            assert refused(knob.turned(value), world) == []
            assert [after.get(place, OMITTED.get(place[-1])) for place in changed] in ([], [value])
            assert changed or value == knob.current
        assert 4 <= len(knob.values) <= 7
        assert list(knob.values) == sorted(set(knob.values))
        assert knob.current in knob.values
        assert len(fields) == 1


@settings(max_examples=80)
@given(plans(), worlds())
def test_whatever_is_offered_makes_a_curve_and_is_accepted(plan, world):
    """Of updates and alarms."""
    assert_each_makes_a_curve(plan, world)


@settings(max_examples=30)
@given(loads())
def test_whatever_is_offered_of_a_load_makes_a_curve_and_is_accepted(load):
    """Of variants of all kinds, scaling, shadow tests and transform jobs."""
    assert_each_makes_a_curve(*load)


@pytest.mark.parametrize(
    "settings, ids",
    [
        pytest.param(None, [], id="no settings"),
        pytest.param(all_at_once(300), ["termination-wait"], id="all at once"),
        pytest.param(canary(ONE), ["canary-size", "wait", "termination-wait"], id="canary"),
        pytest.param(linear(percent(20)), ["step-size", "wait", "termination-wait"], id="linear"),
        pytest.param(in_batches(percent(20)), ["batch-size", "wait"], id="rolling"),
    ],
)
def test_each_policy_has_its_numbers(settings, ids):
    """What a policy does not have cannot be turned: ALL_AT_ONCE has no wait in between, rolling none at the end."""
    assert list(values(Plan.of(update(settings)), world(count=8))) == ids


def test_a_policy_that_is_not_followed_has_no_numbers():
    """RetainDeploymentConfig puts the last one in its place, where there is a last one."""
    plan = Plan.of(update(canary(), retain_deployment_config=True))

    assert set(values(plan, world())) == {"wait", "termination-wait"}
    assert values(plan, world(endpoint={"last_deployment_config": all_at_once()})) == {}


def test_each_alarm_has_its_numbers():
    """Alarms without an update have numbers too; one that replaces another of its name has its own."""
    alarms = (errors_alarm("a"), errors_alarm("b"), errors_alarm("a", threshold=7))
    found = {knob.id: knob for knob in knobs(Plan.of(*alarms), world())}
    turned = found["a.threshold@2"].turned(14).metric_alarms

    assert list(found) == ["a.threshold", "a.n", "b.threshold", "b.n", "a.threshold@2", "a.n@2"]
    assert len({knob.title for knob in found.values()}) == len(found)
    assert [alarm.threshold for alarm in turned] == [0.5, 0.5, 14]


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(Plan(), id="nothing"),
        pytest.param(Plan.of(errors_alarm(), update(canary(), to="v9")), id="no such configuration"),
        pytest.param(Plan.of(errors_alarm(), update(canary(percent(60)))), id="a canary that is too large"),
    ],
)
def test_what_aws_refuses_has_no_knobs(plan):
    """Whatever is turned in a refused plan, there is no run to compare with."""
    assert knobs(plan, world()) == ()


def test_only_the_first_update_is_turned():
    """What is sent later, and when, stays as it was."""
    plan = Plan((later(0, update(canary())), later(9000, update(canary(), to="v1"))))
    [wait] = [knob for knob in knobs(plan, world()) if knob.id == "wait"]
    first, second = wait.turned(600).steps

    assert (wait.current, wait.unit, wait.values) == (300, "s", (0, 60, 120, 180, 300, 600, 900))
    assert first == later(0, update(canary(wait=600)))
    assert second == plan.steps[1]


@pytest.fixture(scope="module")
def forgotten_scale():
    """The lab in which the endpoint stands at twelve instances and the configurations say two."""
    return PACK.lab("the-forgotten-scale")


@pytest.mark.parametrize("retain, points", [(True, (1, 2, 3, 4, 5, 6)), (False, None)], ids=["retained", "not"])
def test_a_retained_fleet_can_have_a_large_canary(forgotten_scale, retain, points):
    """Half of the twelve that RetainAllVariantProperties keeps is six; of the two that the configuration says, one is
    all that can be tried, which is no curve."""
    plan = Plan.of(replace(update(canary(ONE), retain_all_variant_properties=retain), **names(forgotten_scale)))

    assert values(plan, forgotten_scale.world).get("canary-size") == points


def names(lab):
    """Return the endpoint and the new configuration of a lab, as fields of an UpdateEndpoint."""
    mine = lab.reference.plan.updates[0]
    return {"endpoint_name": mine.endpoint_name, "endpoint_config_name": mine.endpoint_config_name}


def scaled(count, **more):
    """Return the request that gives variant `main` other instances."""
    desired = DesiredWeightAndCapacity(variant_name="main", desired_instance_count=count, **more)
    return UpdateEndpointWeightsAndCapacities(endpoint_name="churn", desired_weights_and_capacities=(desired,))


RETAIN = {"retain_all_variant_properties": True}
BUT_COUNT = {**RETAIN, "exclude_retained_variant_properties": ("DesiredInstanceCount",)}
OF_TEN = (10, 20, 33, 40, 50)


@pytest.mark.parametrize(
    "settings, points",
    [
        pytest.param(RETAIN, (5, 10, 20, 25, 33, 40, 50), id="the forty it was scaled to"),
        pytest.param(BUT_COUNT, OF_TEN, id="the ten that the configuration says"),
        pytest.param({}, OF_TEN, id="the same, as nothing is retained"),
    ],
)
def test_the_fleet_is_what_earlier_requests_leave(settings, points):
    """An UpdateEndpointWeightsAndCapacities before the update decides what there is to retain; one after it does not,
    in whatever order they stand in the plan."""
    where, mine = world(count=10), update(canary(percent(10)), **settings)
    before = Plan((later(1200, mine), later(0, scaled(20)), later(600, scaled(40))))
    after = Plan((later(5000, scaled(40)), later(0, mine)))

    assert values(before, where)["canary-size"] == points
    assert values(after, where)["canary-size"] == OF_TEN


@pytest.mark.parametrize(
    "settings, id, points",
    [
        pytest.param(canary(percent(10)), "canary-size", (5, 10, 20, 25, 33, 40, 50), id="canary: 1 to 50"),
        pytest.param(canary(percent(1)), "canary-size", (1, 5, 10, 20, 25, 33, 40), id="canary of one percent"),
        pytest.param(linear(percent(20)), "step-size", (10, 20, 25, 33, 40, 50), id="linear: 10 to 50"),
        pytest.param(in_batches(percent(20)), "batch-size", (5, 10, 20, 25, 33, 40, 50), id="rolling: 5 to 50"),
        pytest.param(canary(count(2)), "canary-size", (1, 2, 3, 4, 5, 6, 7), id="canary in instances"),
        pytest.param(canary(count(49)), "canary-size", (44, 45, 46, 47, 48, 49, 50), id="up to half"),
        pytest.param(linear(count(11)), "step-size", (10, 11, 12, 13, 14, 15, 16), id="linear: a tenth at least"),
        pytest.param(in_batches(count(5)), "batch-size", (5, 6, 7, 8, 9, 10, 11), id="rolling: a twentieth at least"),
    ],
)
def test_sizes_go_as_far_as_aws_lets_them(settings, id, points):
    """The shares of spec sagemaker 1.2 and 1.4, here of a hundred instances."""
    assert values(Plan.of(update(settings)), world(count=100))[id] == points


@pytest.mark.parametrize(
    "size, fleet, points",
    [
        pytest.param(5, 10, (5, 20, 33, 40, 50), id="5 % and 10 % are one instance: the learner's own stands"),
        pytest.param(10, 10, (10, 20, 33, 40, 50), id="the same, from the other side"),
        pytest.param(33, 10, (10, 25, 33, 40, 50), id="20 % and 25 % are two"),
        pytest.param(50, 8, (20, 33, 40, 50), id="of others the nearest to it"),
        pytest.param(5, 4, None, id="of four instances there are one and two only"),
    ],
)
def test_percentages_of_the_same_instances_are_one_value(size, fleet, points):
    """What comes to the same instances would be drawn twice."""
    assert values(Plan.of(update(canary(percent(size)))), world(count=fleet)).get("canary-size") == points


def test_every_percentage_moves_other_traffic():
    """In the runs themselves each point has a canary of its own."""
    where = world(count=10, rate=0.1, duration_s=60.0, timing=Timing(percent_rounding="ceil"))
    [knob] = [knob for knob in knobs(Plan.of(update(canary(percent(20)))), where) if knob.id == "canary-size"]
    runs = [simulate(where, knob.turned(value), 1, series=False) for value in knob.values]
    shares = [next(change.shares["v2"] for change in run.traffic if "v2" in change.shares) for run in runs]

    assert shares == sorted(set(shares))
    assert len(shares) == len(knob.values)


def test_two_variants_have_room_for_what_both_can_do():
    """A size must be possible in each variant; percentages differ where one of the two fleets does."""
    configs = tuple(
        EndpointConfig(
            endpoint_config_name=name,
            production_variants=tuple(
                ProductionVariant(variant_name=variant, model_name=name, initial_instance_count=instances)
                for variant, instances in (("main", 10), ("other", 20))
            ),
        )
        for name in ("v1", "v2")
    )
    where = world(configs=configs)

    assert values(Plan.of(update(canary(ONE))), where)["canary-size"] == (1, 2, 3, 4, 5)
    assert values(Plan.of(update(canary(percent(10)))), where)["canary-size"] == (5, 10, 20, 25, 33, 40, 50)


def test_a_batch_fits_into_the_quota():
    """Twelve instances run and sixteen may: up to four more at a time."""
    plan = Plan.of(update(in_batches(ONE)))

    assert values(plan, world(count=12, instance_quota=16))["batch-size"] == (1, 2, 3, 4)
    assert "batch-size" not in values(plan, world(count=12, instance_quota=15))


ALARM = errors_alarm(evaluation_periods=5, datapoints_to_alarm=2)


@pytest.mark.parametrize(
    "alarm, field, points",
    [
        pytest.param(errors_alarm(), "n", (1, 2, 3, 4, 5, 6, 8), id="N alone"),
        pytest.param(ALARM, "n", (2, 3, 4, 5, 6, 8, 10), id="N is not below M"),
        pytest.param(errors_alarm(period=86_400), "n", (1, 2, 3, 4, 5, 6), id="N days are a week at most"),
        pytest.param(errors_alarm(period=172_800), "n", None, id="of two days there are three"),
        pytest.param(ALARM, "m", (1, 2, 3, 4, 5), id="M is not above N"),
        pytest.param(errors_alarm(evaluation_periods=4), "m", (1, 2, 3, 4), id="M that is not given is N"),
        pytest.param(errors_alarm(evaluation_periods=3), "m", None, id="three values are no curve"),
        pytest.param(errors_alarm(evaluation_periods=20), "m", tuple(range(14, 21)), id="the nearest ones"),
        pytest.param(errors_alarm(threshold=0.2), "threshold", (0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 2.0), id="threshold"),
        pytest.param(errors_alarm(threshold=0.0), "threshold", (0.0, 0.1, 0.25, 0.5, 2.0, 4.0, 10.0), id="beside 0"),
        pytest.param(errors_alarm(threshold=1e308), "threshold", (1e307, 2.5e307, 5e307, 1e308), id="no infinite one"),
        pytest.param(errors_alarm(threshold=-2.0), "threshold", (-20, -8, -4, -2, -1, -0.5, -0.2), id="below 0"),
    ],
)
def test_the_numbers_of_an_alarm(alarm, field, points):
    """Values of the field itself: N and M leave each other alone."""
    assert values(guarded(canary, alarm=alarm), world()).get(f"errors.{field}") == points
