"""What a run costs: per second and instance, each at the price of its type (spec sagemaker 2.8, 8.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.bill import idle_hours
from engine.plan import Plan
from engine.requests.sagemaker import AsyncInferenceConfig, EndpointConfig, ProductionVariant
from engine.serving.model import Model, ServiceTime
from engine.simulate import simulate
from engine.traffic.workload import Workload
from tests.engine.rollouts import STEADY, all_at_once, config, update, world

LARGE, BIG = 0.115, 0.922
"""USD an hour of ml.m5.large and ml.m5.4xlarge."""


def two_types(name):
    """Return a configuration with a variant on small and one on big instances, one of each."""
    rows = (("a", "ml.m5.large"), ("b", "ml.m5.4xlarge"))
    return EndpointConfig(
        endpoint_config_name=name,
        production_variants=tuple(
            ProductionVariant(variant_name=variant, model_name=name, instance_type=kind) for variant, kind in rows
        ),
    )


@pytest.mark.parametrize("counts, hourly", [((9, 1), 9 * LARGE + BIG), ((1, 9), LARGE + 9 * BIG)])
def test_every_variant_has_its_own_price(counts, hourly):
    """Half an hour of scaled variants costs what their own instances cost, whatever InitialInstanceCount says
    (spec sagemaker 8.2)."""
    scaled = {"instance_counts": dict(zip("ab", counts, strict=True))}
    run = simulate(world(configs=(two_types("v1"), two_types("v2")), endpoint=scaled), Plan(), 1)

    assert run.totals.cost_usd == pytest.approx(hourly / 2)


def test_each_fleet_of_an_update_has_its_own_price():
    """While both fleets are billed, the new one costs what its own type costs (spec sagemaker 2.8, 8.2)."""
    both = world(configs=(config("v1", 2), config("v2", 2, instance_type="ml.m5.4xlarge")), timing=STEADY)
    run = simulate(both, Plan.of(update(all_at_once(600))), 1)
    new_s = both.duration_s - both.update_at_s
    old_s = run.update_ended_s

    assert run.totals.cost_usd == pytest.approx(2 * (LARGE * old_s + BIG * new_s) / 3600)


def test_billing_is_per_second():
    """One second more of one instance costs a 3600th of its price an hour (spec sagemaker 8.2)."""
    one = world(count=1)
    seconds = [simulate(replace(one, duration_s=until), Plan(), 1).totals.cost_usd for until in (600.0, 601.0)]

    assert seconds[1] - seconds[0] == pytest.approx(LARGE / 3600)


def test_one_fleet_only_is_no_instance_more():
    """An update that bills one fleet all the time has exactly 0 extra instance-minutes, however long provisioning
    takes (spec sagemaker 2.8)."""
    runs = [simulate(world(), Plan.of(update()), seed, series=False, keep_requests=False) for seed in range(6)]

    assert [run.totals.extra_instance_minutes for run in runs] == [0.0] * 6


def test_a_price_that_nobody_knows_is_no_zero():
    """The run goes on, and what it costs is not known; what can be known of it is (spec inference 6.1, 11)."""
    odd = (config("v1", 2), config("v2", 2, instance_type="ml.inf1.2xlarge"))
    run = simulate(world(configs=odd, timing=STEADY), Plan.of(update(all_at_once())), 1)

    assert run.totals.cost_usd is None
    assert run.usd_per_thousand_answers is None
    assert run.costs["v2/main"] is None
    assert run.costs["v1/main"] > 0


def test_both_fleets_during_an_update():
    """What is paid between start and end of the update is that part of the bill, for both fleets (spec sagemaker
    2.8)."""
    run = simulate(world(timing=STEADY), Plan.of(update(all_at_once(600))), 1)
    hours = (run.update_ended_s - run.update_started_s) / 3600

    assert run.update_costs == {
        "v1/main": pytest.approx(4 * LARGE * hours),
        "v2/main": pytest.approx(4 * LARGE * hours),
    }
    assert all(run.update_costs[fleet] <= run.costs[fleet] for fleet in run.costs)
    assert simulate(world(), Plan(), 1).update_costs == {}


def test_a_thousand_answers():
    """The bill over the requests that were answered without error."""
    run = simulate(world(), Plan(), 1)
    answers = run.totals.requests - run.totals.errors_4xx - run.totals.errors_5xx

    assert run.usd_per_thousand_answers == pytest.approx(1000 * run.totals.cost_usd / answers)


def test_idle_instances():
    """A fleet is idle in minutes without a request: all of them at no rate, and the new one while it starts."""
    quiet = world(workload=Workload(rate=0.0001), timing=STEADY)
    run = simulate(quiet, Plan.of(update(all_at_once(600))), 3)
    busy = simulate(world(), Plan(), 1)

    assert sum(run.idle_costs.values()) == pytest.approx(sum(run.costs.values()), rel=0.05)
    assert idle_hours(quiet, run)["v2/main"] * LARGE == pytest.approx(run.idle_costs["v2/main"])
    assert busy.idle_costs == {"v1/main": 0.0}
    assert simulate(world(), Plan(), 1, series=False).idle_costs == {}


def test_the_bill_is_told_fleet_by_fleet():
    """Together the fleets cost what the run costs, and each its own share (spec sagemaker 2.8, 8.2)."""
    scaled = {"instance_counts": {"a": 9, "b": 1}}
    where = world(configs=(two_types("v1"), two_types("v2")), endpoint=scaled)
    run = simulate(where, Plan.of(update(all_at_once())), 1)

    assert {fleet.split("/")[1] for fleet in run.costs} == {"a", "b"}
    assert {fleet.split("/")[0] for fleet in run.costs} == {"v1", "v2"}
    assert sum(run.costs.values()) == pytest.approx(run.totals.cost_usd)
    assert all(sum(change.fleets.values()) == sum(change.counts.values()) for change in run.instances)


def queue(rate, mean_ms):
    """Run an hour of one asynchronous instance that works on one request at a time."""
    wanted = AsyncInferenceConfig(max_concurrent_invocations_per_instance=1)
    configs = tuple(replace(config(name, 1), async_inference_config=wanted) for name in ("v1", "v2"))
    slow = Model(service=ServiceTime(mean_ms=mean_ms, kind="constant"))
    where = world(configs=configs, old=slow, new=slow, workload=Workload(rate=rate, arrivals="regular"), count=1)
    return simulate(replace(where, duration_s=3600.0, timing=replace(STEADY, warmup_s=0.0)), Plan(), 1)


@pytest.mark.parametrize("rate, mean_ms", [(0.5, 1000.0), (2.0, 1000.0), (0.002, 480_000.0)])
def test_a_queue_that_is_worked_on_is_not_idle(rate, mean_ms):
    """An asynchronous endpoint publishes no Invocations (spec sagemaker 6.1), and is busy all the same, also in the
    minutes in which no request ends."""
    run = queue(rate, mean_ms)

    assert run.idle_costs["v1/main"] < 0.25 * run.costs["v1/main"]
    assert queue(0.0, mean_ms).idle_costs == {"v1/main": pytest.approx(LARGE)}


def test_what_still_waits_is_no_answer():
    """Of two requests a second one is answered: a thousand answers cost what an instance does in a thousand seconds."""
    run = queue(2.0, 1000.0)

    assert run.totals.unanswered == pytest.approx(3600, abs=5)
    assert run.usd_per_thousand_answers == pytest.approx(1000 * LARGE / 3600, rel=0.01)
    assert queue(0.5, 1000.0).totals.unanswered <= 1
