"""Serverless endpoints in a whole run: updates, concurrency, what DescribeEndpoint says, metrics, alarms and money
(spec inference 3, sagemaker 6.1, 8)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.plan import Plan
from engine.requests.cloudwatch import MetricAlarm, MetricStat
from engine.requests.sagemaker import (
    DesiredWeightAndCapacity,
    EndpointConfig,
    ProductionVariant,
    ServerlessConfig,
    ServerlessUpdateConfig,
    UpdateEndpointWeightsAndCapacities,
)
from engine.serving.model import Model, ServiceTime
from engine.simulate import simulate
from engine.traffic.workload import Window, Workload
from tests.engine.rollouts import OF_BOTH, STEADY, all_at_once, config, in_batches, update, world

HOUR = 3600.0
BUSY = Workload(rate=1.0, arrivals="regular")
"""With a second of work each, one lane is always busy."""
SECOND = Model(service=ServiceTime(mean_ms=1000, kind="constant"))
QUICK = replace(STEADY, cold_start_s=0.0)


def serverless(name, most=10, slots=None, memory=2048):
    """Return a configuration with a serverless variant."""
    wanted = ServerlessConfig(memory_size_in_mb=memory, max_concurrency=most, provisioned_concurrency=slots)
    variant = ProductionVariant(variant_name="main", model_name=name, serverless_config=wanted)
    return EndpointConfig(endpoint_config_name=name, production_variants=(variant,))


def endpoint(today, then=None, **changes):
    """Return a world whose endpoint runs one configuration, and may be updated to another."""
    return world(configs=(today, then or serverless("v2")), timing=changes.pop("timing", QUICK), **changes)


def concurrency(**change):
    """Return the request that changes the concurrency of the variant."""
    wanted = DesiredWeightAndCapacity(variant_name="main", serverless_update_config=ServerlessUpdateConfig(**change))
    return UpdateEndpointWeightsAndCapacities(endpoint_name="churn", desired_weights_and_capacities=(wanted,))


def last(run):
    """Return what DescribeEndpoint says of the variant at the end."""
    [variant] = run.endpoint["ProductionVariants"]
    return variant


def series(run, name, stat):
    """Return the points of a series of the variant."""
    [found] = [s for s in run.metrics if (s.name, s.stat) == (name, stat) and s.dimensions == OF_BOTH]
    return found.points


def refused(where, *requests):
    """Return what the service says against a plan."""
    events = simulate(replace(where, duration_s=60.0, update_at_s=0.0), Plan.of(*requests), 1).events
    return [event.say for event in events if event.is_refusal]


def test_it_is_described_by_its_concurrency():
    """No instances are shown, billed or counted (spec sagemaker 1.7, 8)."""
    run = simulate(endpoint(serverless("v1", 5, 2)), Plan(), 1)

    assert last(run)["CurrentServerlessConfig"] == {
        "MemorySizeInMB": 2048,
        "MaxConcurrency": 5,
        "ProvisionedConcurrency": 2,
    }
    assert "CurrentInstanceCount" not in last(run)
    assert run.totals.instance_minutes == 0
    assert [change.counts for change in run.instances] == [{}]


def test_an_update_moves_everything_at_once():
    """Serverless to serverless: no bake, and the environments of the new configuration come up cold (spec 2, 8)."""
    run = simulate(endpoint(serverless("v1", 5, 5), serverless("v2", 5)), Plan.of(update()), 1)

    assert run.outcome == "promoted"
    assert [phase.status for phase in run.phases] == ["Creating", "ActivatingTraffic", "Deleting"]
    assert "a serverless variant" in run.phases[0].say
    assert last(run)["CurrentServerlessConfig"] == {"MemorySizeInMB": 2048, "MaxConcurrency": 5}
    assert set(run.totals.by_config) == {"v1", "v2"}


def test_serverless_to_real_time_is_taken_and_the_other_way_refused():
    """The way back does not exist (spec sagemaker 8, inference 3.5)."""
    there = simulate(endpoint(serverless("v1"), config("v2", 3)), Plan.of(update()), 1)
    [say] = refused(endpoint(config("v1", 3), serverless("v2")), update())

    assert there.outcome == "promoted"
    assert last(there)["CurrentInstanceCount"] == 3
    assert there.instances[-1].counts == {"v2": 3}
    assert say == "A real-time endpoint cannot become a serverless one."


def test_retained_properties_keep_no_count_of_the_other_kind():
    """A serverless variant has no instance count that a fleet could begin with."""
    run = simulate(endpoint(serverless("v1"), config("v2", 3)), Plan.of(update(retain_all_variant_properties=True)), 1)

    assert last(run)["DesiredInstanceCount"] == 3


@pytest.mark.parametrize("settings", [all_at_once(300), in_batches(), all_at_once(alarms=("a",))])
@pytest.mark.parametrize("new", [serverless("v2"), config("v2", 2)], ids=["to serverless", "to instances"])
def test_there_are_no_guardrails(settings, new):
    """Deployment guardrails are for real-time and asynchronous endpoints (spec sagemaker 2, 2.9, 8)."""
    [say] = refused(endpoint(serverless("v1"), new), update(settings))

    assert "not for serverless ones" in say


def test_a_broken_container_leaves_the_old_environments():
    """The new variant never comes into service (spec sagemaker 3)."""
    broken = Model(service=SECOND.service, start="failed-ping")
    run = simulate(endpoint(serverless("v1", 5), serverless("v2"), new=broken, duration_s=3600.0), Plan.of(update()), 1)

    assert run.outcome == "failed"
    assert "did not pass the ping health check" in run.endpoint["FailureReason"]
    assert last(run)["CurrentServerlessConfig"]["MaxConcurrency"] == 5


def test_concurrency_changes_without_a_new_configuration():
    """UpdateEndpointWeightsAndCapacities with ServerlessUpdateConfig (spec sagemaker 1.7)."""
    where = endpoint(serverless("v1", 1), workload=Workload(rate=4.0, arrivals="regular"), old=SECOND, duration_s=HOUR)
    run = simulate(where, Plan.of(concurrency(max_concurrency=8, provisioned_concurrency=4)), 1)
    throttled = series(run, "Invocation4XXErrors", "Sum")

    assert last(run)["DesiredServerlessConfig"] == {
        "MemorySizeInMB": 2048,
        "MaxConcurrency": 8,
        "ProvisionedConcurrency": 4,
    }
    assert throttled[2] == pytest.approx(180, abs=1)
    assert throttled[30] == 0
    assert series(run, "ServerlessProvisionedConcurrencyInvocations", "Sum")[30] == pytest.approx(240, abs=1)
    assert series(run, "ServerlessConcurrentExecutionsUtilization", "Maximum")[30] == pytest.approx(0.5, abs=0.13)


REFUSED = [
    (endpoint(config("v1", 2)), concurrency(max_concurrency=8), "Variant main is not serverless."),
    (
        endpoint(serverless("v1", 5)),
        concurrency(provisioned_concurrency=6),
        "ProvisionedConcurrency 6 is above MaxConcurrency 5.",
    ),
    (
        endpoint(serverless("v1", 5, 4)),
        concurrency(max_concurrency=3),
        "ProvisionedConcurrency 4 is above MaxConcurrency 3.",
    ),
    (
        endpoint(serverless("v1", 5)),
        UpdateEndpointWeightsAndCapacities(
            endpoint_name="churn",
            desired_weights_and_capacities=(DesiredWeightAndCapacity(variant_name="main", desired_instance_count=2),),
        ),
        "Variant main is serverless and has no instances.",
    ),
    (
        endpoint(serverless("v1", 5)),
        replace(
            serverless("v3"),
            production_variants=serverless("v1").production_variants + config("v2").production_variants,
        ),
        "A serverless endpoint has one variant.",
    ),
]


@pytest.mark.parametrize(("where", "request_", "words"), REFUSED, ids=[row[2][:30] for row in REFUSED])
def test_what_the_service_does_not_take(where, request_, words):
    """Instances are counted where there are some, and concurrency where there are none (spec inference 3.3, 3.5)."""
    assert refused(where, request_) == [words]


@pytest.mark.parametrize("throttles", [True, False])
def test_throttled_requests_are_4xx_for_the_caller(throttles):
    """Whether the metrics have them is not published, and a parameter (spec inference 3.2)."""
    timing = replace(QUICK, throttles_published=throttles)
    where = endpoint(serverless("v1", 1), workload=Workload(rate=4.0, arrivals="regular"), old=SECOND, timing=timing)
    run = simulate(where, Plan(), 1)

    assert run.totals.errors_4xx == pytest.approx(0.75 * run.totals.requests, rel=0.01)
    assert run.totals.errors_4xx > 0
    assert sum(series(run, "Invocation4XXErrors", "Sum")[1:]) == pytest.approx(180 * 29 if throttles else 0, abs=2)
    assert series(run, "ModelLatency", "Average")[5] == pytest.approx(1e6)


def test_a_cold_start_is_in_the_overhead_and_in_the_setup_time():
    """ModelSetupTime has a sample per cold start, OverheadLatency includes it, ModelLatency does not (spec 6.1)."""
    timing = replace(STEADY, cold_start_s=10.0, cold_start_cv=0.0, overhead_ms=0.0)
    run = simulate(endpoint(serverless("v1", 20), workload=BUSY, old=SECOND, timing=timing), Plan(), 1)
    cold = series(run, "ModelSetupTime", "SampleCount")

    assert 11 <= cold[0] <= 12
    assert series(run, "ModelSetupTime", "Average")[0] == pytest.approx(10e6)
    assert series(run, "OverheadLatency", "Average")[0] > 1e6
    assert series(run, "ModelLatency", "Average")[0] == pytest.approx(1e6)
    assert cold[1:] == (None,) * 29


def test_what_has_no_instances_publishes_nothing_of_them():
    """The guide lists neither for serverless endpoints (spec sagemaker 6.1)."""
    run = simulate(endpoint(serverless("v1", 5)), Plan(), 1)

    assert set(series(run, "InvocationsPerInstance", "Sum")) == {None}
    assert set(series(run, "CPUUtilization", "Average")) == {None}
    assert set(series(run, "MemoryUtilization", "Average")) == {30.0}
    assert set(series(run, "ServerlessProvisionedConcurrencyUtilization", "Maximum")) == {None}


@pytest.mark.parametrize(
    ("metric", "stat", "threshold"),
    [
        ("ServerlessConcurrentExecutionsUtilization", "Maximum", 0.9),
        ("ServerlessProvisionedConcurrencySpilloverInvocations", "Sum", 10.0),
        ("ServerlessProvisionedConcurrencyUtilization", "p90", 0.9),
        ("ModelSetupTime", "SampleCount", 0.0),
    ],
)
def test_an_alarm_can_watch_them(metric, stat, threshold):
    """Four requests in progress where three may be, and one is provisioned."""
    watched = MetricStat(namespace="AWS/SageMaker", metric_name=metric, dimensions=OF_BOTH, stat=stat, period=60)
    alarm = MetricAlarm(alarm_name="a", metric=watched, threshold=threshold, treat_missing_data="notBreaching")
    where = endpoint(serverless("v1", 3, 1), workload=Workload(rate=4.0), old=SECOND, alarms=(alarm,), duration_s=600.0)

    assert "ALARM" in [change.to_state for change in simulate(where, Plan(), 1).alarms]


def paid(config_, workload, *, payload_kb=1e-6, duration_s=HOUR, **changes):
    """Return what an hour of a serverless endpoint costs."""
    tiny = replace(workload, payload=replace(workload.payload, median_kb=payload_kb, sigma=0.0))
    where = endpoint(config_, workload=tiny, old=SECOND, duration_s=duration_s, **changes)
    run = simulate(where, Plan(), 1)

    assert run.costs == {"v1/main": run.totals.cost_usd}
    return run.totals.cost_usd


def test_a_lane_that_is_always_busy_costs_more_than_an_instance():
    """0.144 an hour at 2 GB against 0.115 for ml.m5.large: serverless wins below 80 % busy (spec inference 3.4)."""
    lane = paid(serverless("v1"), BUSY)
    large = world().price("ml.m5.large")

    assert lane == pytest.approx(0.144, rel=1e-3)
    assert large / lane == pytest.approx(0.80, abs=0.002)
    assert paid(serverless("v1"), Workload(rate=0.79, arrivals="regular")) < large
    assert paid(serverless("v1"), Workload(rate=0.81, arrivals="regular")) > large


@pytest.mark.parametrize(("busy", "cheaper"), [(0.58, False), (0.62, True)])
def test_provisioned_concurrency_pays_above_60_percent(busy, cheaper):
    """0.00001 / (0.00004 - 0.0000233) (spec inference 3.4)."""
    workload = Workload(rate=busy, arrivals="regular")

    assert (paid(serverless("v1", 10, 1), workload) < paid(serverless("v1"), workload)) is cheaper


def test_nothing_is_paid_while_nobody_asks():
    """But for what is kept warm: 0.00001 a second for a slot of 2048 MB (spec inference 3.4)."""
    nobody = Workload(rate=0.0)

    assert paid(serverless("v1"), nobody) == 0
    assert paid(serverless("v1", 10, 5), nobody) == pytest.approx(5 * HOUR * 0.00001)


def test_memory_data_and_setup_have_their_prices():
    """By memory, 0.016 a GB, and nothing for the setup unless the world says so (spec inference 3.4)."""
    lane = paid(serverless("v1"), BUSY)
    timing = replace(STEADY, cold_start_s=100.0, cold_start_cv=0.0, cold_start_billed=True)

    assert paid(serverless("v1", memory=6144), BUSY) == pytest.approx(3 * lane, rel=1e-3)
    assert paid(serverless("v1"), BUSY, payload_kb=1000.0) - lane == pytest.approx(3600 * 0.016 / 1000, rel=1e-3)
    assert paid(serverless("v1", 200), BUSY, timing=timing) > lane + 100 * 90 * 0.00004


def test_throttled_requests_cost_nothing():
    """One lane is busy, and the others are turned away."""
    assert paid(serverless("v1", 1), Workload(rate=4.0, arrivals="regular")) == pytest.approx(0.144, rel=1e-3)


def test_costs_add_up_over_time():
    """Half an hour and the other half make the hour."""
    first, whole = (paid(serverless("v1", 10, 2), BUSY, duration_s=s) for s in (HOUR / 2, HOUR))
    later = Workload(rate=1.0, arrivals="regular", shape=Window(from_s=HOUR / 2, until_s=HOUR))
    second = paid(serverless("v1", 10, 2), later) - HOUR / 2 * 2 * 0.00001

    assert first + second == pytest.approx(whole, rel=1e-3)


def test_both_kinds_are_on_the_bill_of_an_update():
    """What serves first is paid by use, what comes by the hour."""
    where = endpoint(serverless("v1"), config("v2", 2), workload=BUSY, old=SECOND)
    run = simulate(where, Plan.of(update()), 1)

    assert set(run.costs) == {"v1/main", "v2/main"}
    assert sum(run.costs.values()) == pytest.approx(run.totals.cost_usd)
    assert min(run.costs.values()) > 0


def test_a_serverless_world_counts_no_instances():
    """A world that gives a serverless variant instances is told so."""
    with pytest.raises(ValueError, match="counts instances of 'main', which is serverless"):
        endpoint(serverless("v1"), endpoint={"instance_counts": {"main": 2}})
