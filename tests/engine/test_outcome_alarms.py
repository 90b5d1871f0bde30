"""A business outcome decides: alarms on it roll back, and a rule on the difference of two variants ends an A/B test."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.plan import Plan, Step
from engine.requests.cloudwatch import MetricAlarm, MetricDataQuery, MetricStat
from engine.requests.conditions import AlarmIs, MetricIs, When
from engine.requests.sagemaker import DesiredWeightAndCapacity, UpdateEndpointWeightsAndCapacities
from engine.simulate import simulate
from engine.traffic.workload import Workload
from tests.engine.rollouts import OF_BOTH, STEADY, all_at_once, errors_alarm, guarded, model, update, world
from tests.engine.two_variants import ORDERS, of_variant, two_variants

FEW_ORDERS = MetricAlarm(
    alarm_name="few-orders",
    metric=MetricStat(namespace="Business", metric_name="Orders", dimensions=OF_BOTH, period=60, stat="Average"),
    threshold=0.03,
    comparison_operator="LessThanThreshold",
    evaluation_periods=2,
    treat_missing_data="notBreaching",
)
Z = "(sb / nb - sa / na) / ((sa + sb) / (na + nb) * (1 - (sa + sb) / (na + nb)) * (1 / na + 1 / nb)) ^ 0.5"
"""The z of two proportions, in metric math."""


@pytest.mark.parametrize(("converts", "outcome"), [(0.01, "rolled-back"), (0.05, "promoted"), (0.07, "promoted")])
def test_a_model_that_hurts_the_business_is_rolled_back(converts, outcome):
    """Although it answers as fast as before and without an error; one that helps is not. Alarms on errors see
    nothing."""
    where = world(
        new=model(converts=converts), workload=Workload(rate=20, outcome=ORDERS), timing=STEADY, duration_s=3600.0
    )
    run = simulate(where, guarded(all_at_once, 900, alarm=FEW_ORDERS), 4, series=False)
    blind = simulate(where, guarded(all_at_once, 900, alarm=errors_alarm(threshold=0.01)), 4, series=False)

    assert (run.outcome, blind.outcome) == (outcome, "promoted")
    assert (blind.totals.errors_5xx, blind.totals.slo_missed) == (0, 0)


def z_alarm(name, operator, threshold, period=900):
    """Return an alarm on z over the newest period."""
    stats = {"s": "Sum", "n": "SampleCount"}
    queries = [
        MetricDataQuery(
            id=f"{kind}{variant.lower()}",
            metric_stat=MetricStat(
                namespace="Business", metric_name="Orders", dimensions=of_variant(variant), period=period, stat=stat
            ),
            return_data=False,
        )
        for variant in "AB"
        for kind, stat in stats.items()
    ]
    metrics = (*queries, MetricDataQuery(id="z", expression=Z, return_data=True))
    return MetricAlarm(alarm_name=name, metrics=metrics, comparison_operator=operator, threshold=threshold)


def all_to(variant):
    """Return the request that sends everything to one variant."""
    wanted = tuple(DesiredWeightAndCapacity(variant_name=name, desired_weight=float(name == variant)) for name in "AB")
    return UpdateEndpointWeightsAndCapacities(endpoint_name="churn", desired_weights_and_capacities=wanted)


def rule(alarm, at_s=1500.0):
    """Return the plan that keeps B if the alarm says that it is better, and else A."""
    better = AlarmIs(alarm_name=alarm.alarm_name, state_value="ALARM")
    return Plan(
        (
            Step(request=alarm),
            Step(request=all_to("B"), after_s=at_s, when=When(better)),
            Step(request=all_to("A"), after_s=at_s, when=When(better, holds=False)),
        )
    )


BETTER = z_alarm("better", "GreaterThanThreshold", 1.96)


@pytest.mark.parametrize(("converts", "kept"), [(0.08, "B"), (0.05, "A"), (0.03, "A")])
def test_a_rule_ends_an_experiment(converts, kept):
    """By the z of the orders of a quarter of an hour, in metric math; afterwards one variant answers alone."""
    where = two_variants(model(), model(converts=converts), duration_s=2400.0)
    run = simulate(where, rule(BETTER), 2, series=False)
    last = {each.variant: sum(count.answers for count in each.per_minute[38:40]) for each in run.outcomes}

    assert [name for name, answers in last.items() if answers] == [kept]


def test_a_condition_may_ask_for_the_metric_itself():
    """As it may ask for any metric of SageMaker."""
    stat = replace(FEW_ORDERS.metric, dimensions=of_variant("B"), period=300)
    many = MetricIs(metric_stat=stat, comparison_operator="GreaterThanThreshold", threshold=0.06)
    plan = Plan((Step(request=all_to("B"), after_s=900.0, when=When(many)),))
    says = [
        next(event.say for event in simulate(two_variants(b=b), plan, 1).events if event.what == "Condition")
        for b in (model(converts=0.09), model(converts=0.01))
    ]

    assert [say.rsplit(": ", 1)[1] for say in says] == [
        "UpdateEndpointWeightsAndCapacities is sent.",
        "UpdateEndpointWeightsAndCapacities is not sent.",
    ]
    assert says[0].startswith("Average of Orders is 0.09")


def test_nothing_to_decide_by():
    """Without an outcome nobody publishes it: an update that it should guard is promoted."""
    run = simulate(world(timing=STEADY), guarded(all_at_once, 600, alarm=FEW_ORDERS), 4, series=False)

    assert (run.outcome, run.outcomes, update().endpoint_name) == ("promoted", (), "churn")
