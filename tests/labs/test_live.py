"""A run that is talked to from outside is the run that is simulated, for every lab and each of its releases."""

from __future__ import annotations

from random import Random

import pytest

from engine.aws.gateway.account import Account
from engine.aws.gateway.operations.registry import OPERATIONS
from engine.live import Live
from engine.requests.cloudwatch import MetricStat
from engine.simulate import simulate
from engine.traffic.arrivals import Arrivals
from tests.built_in import PACK

STATISTICS = ("Sum", "Average", "p50", "p99.9", "TM(10%:90%)")
METRICS = ("Invocations", "ModelLatency", "OverheadLatency", "CPUUtilization", "ConcurrentRequestsPerModel")
READS = 25
SHARE = 0.2
"""Of the reads that are asked at a look."""


def stat(endpoint, variant, dice):
    """Return a question about a metric, such as somebody asks who looks."""
    dimensions = (("EndpointName", endpoint), ("VariantName", variant))
    metric = dice.choice(["Invocations", "ModelLatency", "OverheadLatency", "CPUUtilization"])
    return MetricStat(
        namespace="AWS/SageMaker",
        metric_name=metric,
        dimensions=dimensions,
        stat=dice.choice(STATISTICS),
        period=dice.choice([60, 120, 300]),
    )


def look(live, dice):
    """Ask as clients do, of all that there is to read about alarms and metrics."""
    account, now = Account(live), live.world.clock(live.now).timestamp()
    variants = [each.variant.variant_name for each in live.first.cloud.endpoint.variants]
    dimensions = {"EndpointName": live.world.endpoint.endpoint_name, "VariantName": dice.choice([*variants, "other"])}
    metric = {
        "Namespace": dice.choice(["AWS/SageMaker", "/aws/sagemaker/Endpoints"]),
        "MetricName": dice.choice(METRICS),
        "Dimensions": [{"Name": name, "Value": value} for name, value in dimensions.items()],
    }
    span = {"StartTime": now - dice.choice([60, 600, 7200]), "EndTime": now}
    period = dice.choice([60, 120, 300])
    of_one = {"Metric": metric, "Stat": dice.choice(STATISTICS), "Period": period}
    queries = [{"Id": "m", "MetricStat": of_one}, {"Id": "e", "Expression": "FILL(m, 0) + 1"}]
    for operation, request in {
        "DescribeAlarms": {"AlarmTypes": ["MetricAlarm", "CompositeAlarm"]},
        "DescribeAlarmHistory": {},
        "ListMetrics": {},
        "GetMetricData": {**span, "MetricDataQueries": queries},
        "GetMetricStatistics": {**span, **metric, "Period": period, "ExtendedStatistics": ["p90"]},
    }.items():
        if dice.random() < SHARE:
            OPERATIONS["cloudwatch", operation](account, request)


def pulled(world, plan, seed, dice):
    """Return what a live run did that got the plan's requests at their moments, and was looked at in between, and until
    when it went on."""
    live, steps = Live(world, Arrivals(world.workload, seed)), sorted(plan.steps, key=lambda step: step.after_s)
    sent = [(world.update_at_s + step.after_s, step) for step in steps]
    end = max([world.duration_s, *(at for at, _ in sent)])
    looks = [(dice.uniform(0, end) // grid * grid, None) for grid in (1, 10, 60) for _ in range(READS)]
    for at, step in sorted([*sent, *looks], key=lambda each: each[0]):
        live.advance(at)
        if step is not None:
            live.sender.take(step)
            continue
        look(live, dice)
        for variant in live.first.cloud.endpoint.variants:
            asked = stat(world.endpoint.endpoint_name, variant.variant.variant_name, dice)
            live.first.store.datapoint(asked, at // 60 * 60 - dice.choice([60, 120, 600]), at)
    live.advance(end)
    run = live.result()
    live.let_go()
    return run, end


@pytest.mark.parametrize("id", PACK.lab_ids())
def test_a_live_run_is_the_simulated_one(id):
    """The same requests at the same moments give the same events, states and answers, cut and looked at at random; the
    live run does not know what will be sent."""
    lab = PACK.lab(id)
    plans = [lab.reference, *(each.file for each in lab.near_misses)]
    for number, release in enumerate(lab.releases):
        world, plan = lab.world_with(release), plans[number % len(plans)].plan
        run = simulate(world, plan, seed=3, series=False)
        live, end = pulled(world, plan, 3, Random(f"{id}/{release.id}"))

        assert before(live.events, end) == before(run.events, end)
        assert before(live.alarms, end) == before(run.alarms, end)
        assert [each for each in live.endpoint_history if each[0] < end] == [
            each for each in run.endpoint_history if each[0] < end
        ]
        assert [each for each in live.traffic if each.t < end] == [each for each in run.traffic if each.t < end]


def before(happened, end):
    """Return what happened before the end of the counted time: what comes after it, nobody asked for."""
    return [each for each in happened if each.t < end]
