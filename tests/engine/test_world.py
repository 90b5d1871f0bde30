"""The clock of a world: what may stand in `starts_at`, and what it moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.catalogue.hardware import Hardware
from engine.errors import WrongValues
from engine.requests.sagemaker import AsyncInferenceConfig
from engine.traffic.workload import Payload, Workload
from tests.engine.rollouts import errors_alarm, world


@pytest.mark.parametrize(
    "starts_at",
    ["2026-03-02T09:00:00+00:00", "2024-03-21T15:53+00:00", "2026-03-02T09:07:00Z", "2026-03-02T09:00:00.000-03:30"],
)
def test_a_world_starts_at_a_whole_minute(starts_at):
    """Second 0 is that minute, at whatever offset."""
    assert world(starts_at=starts_at).clock(60.5) - datetime.fromisoformat(starts_at) == timedelta(seconds=60.5)


@pytest.mark.parametrize(
    "starts_at, say",
    [
        ("soon", "must be a time such as"),
        ("2026-03-02T09:00:00", "needs an offset such as"),
        ("2026-03-02", "needs an offset such as"),
        ("2026-03-02T09:00:30+00:00", "must be a whole minute"),
        ("2026-03-02T09:00:00.5+00:00", "must be a whole minute"),
        ("2026-03-02T09:00:00+00:00:30", "must be a whole minute"),
        ("9999-12-31T23:00:00+00:00", "must lie between 1970 and 2200"),
        ("0001-01-01T00:00:00+00:00", "must lie between"),
    ],
)
def test_other_starts_are_refused(starts_at, say):
    """Points of metrics are stamped with whole minutes (spec cloudwatch 5), so a run begins with one."""
    with pytest.raises(WrongValues, match=f"{say}.*got '{starts_at.replace('+', '.')}'"):
        world(starts_at=starts_at)


def test_the_wall_clock_has_an_offset():
    """Times of a run can be compared with any other."""
    assert world().clock(0) == datetime(2026, 3, 2, 9, tzinfo=UTC)


NAN = float("nan")


@pytest.mark.parametrize(
    ("field", "number"),
    [
        *(("instance_counts", number) for number in (-4, 1001, 10**12)),
        *(("weights", number) for number in (-0.1, NAN, float("inf"), 1e300)),
    ],
)
def test_numbers_by_variant_are_bounded(field, number):
    """As those of a configuration are: a fleet has instances, and weights can be added up."""
    with pytest.raises(WrongValues, match=f"{field} of 'main' must be at least"):
        replace(world().endpoint, **{field: {"main": number}})


@pytest.mark.parametrize("price", [-0.01, NAN, float("inf")])
def test_prices_are_bounded(price):
    """A bill is a number that is not below zero."""
    with pytest.raises(WrongValues, match=r"prices_per_hour of 'ml.m5.large' must be at least 0"):
        world(prices_per_hour={"ml.t2.medium": 1.0, "ml.m5.large": price})


@pytest.mark.parametrize("given", [{"instance_counts": {"man": 2}}, {"weights": {"main": 1.0, "man": 1.0}}])
def test_what_is_said_of_a_variant_needs_one(given):
    """A typo would be left out in silence, and the run be about another endpoint."""
    with pytest.raises(WrongValues, match=r"endpoint names variant 'man'.*known: .'main'."):
        world(endpoint=given)


def test_requests_aim_at_variants_that_there_are():
    """TargetVariant is the name of one of them."""
    with pytest.raises(WrongValues, match="workload names variant 'man'"):
        world(workload=replace(world().workload, target_variants=(("man", 0.5),)))


def test_large_bodies_wait_in_a_queue():
    """More than 25 MB only an asynchronous endpoint takes, up to 1 GB (spec sagemaker 8)."""
    large = Workload(rate=1.0, payload=Payload(median_kb=25_601.0))
    waiting = tuple(replace(each, async_inference_config=AsyncInferenceConfig()) for each in world().configs)

    assert world(workload=large, configs=waiting).workload == large
    with pytest.raises(WrongValues, match="a payload of 25601 KB, above the 25600 KB of endpoints that answer at once"):
        world(workload=large)


@pytest.mark.parametrize("field", ["configs", "alarms"])
def test_a_name_stands_for_one_thing(field):
    """Of two with one name one would be there in vain, and nobody would say which."""
    alarm = errors_alarm()
    there = {"configs": (*world().configs, world().configs[0]), "alarms": (alarm, alarm)}

    with pytest.raises(WrongValues, match=f"{field} name .* twice, and each has a name of its own"):
        world(**{field: there[field]})


@pytest.mark.parametrize(
    "given",
    [
        {"unavailable_types": ("m5.large",)},
        {"prices_per_hour": {"m5.large": 0.1}},
        {"instance_types": {"ml.m5": Hardware(vcpus=4)}},
    ],
)
def test_instance_types_are_called_as_on_aws(given):
    """A price, or a lack of capacity, of what no instance is would hold for none, in silence."""
    with pytest.raises(WrongValues, match=r"must be a type such as ml\.m5\.large, got"):
        world(**given)


@pytest.mark.parametrize("given", [{"v9": "v2"}, {"v1": "v9"}])
def test_an_artefact_belongs_to_a_model_that_there_is(given):
    """Otherwise it would be overwritten in silence."""
    with pytest.raises(WrongValues, match=r"overwritten names model 'v9', known: .'v1', 'v2'."):
        world(overwritten=given)
