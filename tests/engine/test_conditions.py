"""A plan decides by what it finds: the same steps do different things on different days."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.plan import Plan, Step
from engine.requests.cloudwatch import MetricAlarm, MetricStat
from engine.requests.conditions import AlarmIs, MetricIs, When
from engine.simulate import simulate
from tests.engine.rollouts import OF_BOTH, STEADY, failing, update, world

ERRORS = MetricStat(
    namespace="AWS/SageMaker",
    metric_name="Invocation5XXErrors",
    dimensions=OF_BOTH,
    period=60,
    stat="Average",
)
ALARM = MetricAlarm(alarm_name="errors", metric=ERRORS, threshold=0.5, treat_missing_data="notBreaching")
CALM = AlarmIs(alarm_name="errors", state_value="OK")
FEW = MetricIs(metric_stat=ERRORS, comparison_operator="LessThanThreshold", threshold=0.5)


def decided(condition, *, old, at_s=900.0, metric=ERRORS):
    """Return a run in which v2 is promoted if the condition holds at that moment, and else v1 kept by name."""
    alarm = replace(ALARM, metric=metric)
    steps = (
        Step(request=alarm),
        Step(request=update(), after_s=at_s, when=When(condition)),
        Step(request=update(to="v1"), after_s=at_s, when=When(condition, holds=False)),
    )
    return simulate(world(old=old, timing=STEADY), Plan(steps), 1)


def sent(run):
    """Return what was decided of each step."""
    return [event.detail["sent"] for event in run.events if event.what == "Condition"]


@pytest.mark.parametrize("condition", [CALM, FEW], ids=["alarm", "metric"])
def test_the_state_of_that_moment_decides(condition):
    """A healthy endpoint is updated, one that fails is not; exactly one of two opposite steps is taken."""
    calm, bad = decided(condition, old=failing(0.0)), decided(condition, old=failing(1.0))

    assert (sent(calm), calm.endpoint["EndpointConfigName"]) == ([True, False], "v2")
    assert (sent(bad), bad.endpoint["EndpointConfigName"]) == ([False, True], "v1")


def test_what_was_found_is_told():
    """In a sentence, with the request that was sent or not."""
    run = decided(FEW, old=failing(1.0))
    say = [event.say for event in run.events if event.what == "Condition"]

    assert say == [
        "Average of Invocation5XXErrors is 1: UpdateEndpoint is not sent.",
        "Average of Invocation5XXErrors is 1: UpdateEndpoint is sent.",
    ]


def test_without_data_nothing_holds():
    """A metric that nobody publishes is on no side of any threshold; an alarm that is not there is in no state."""
    nobody = replace(ERRORS, dimensions=(("EndpointName", "other"), ("VariantName", "main")))
    no_data = MetricIs(metric_stat=nobody, comparison_operator="LessThanThreshold", threshold=0.5)

    assert sent(decided(no_data, old=failing(0.0))) == [False, True]
    assert sent(decided(AlarmIs(alarm_name="none", state_value="OK"), old=failing(0.0))) == [False, True]


def test_percentiles_are_kept_for_a_condition():
    """A percentile that no alarm asks for is there all the same."""
    slow = MetricIs(
        metric_stat=replace(ERRORS, metric_name="ModelLatency", stat="p99", period=300),
        comparison_operator="GreaterThanThreshold",
        threshold=1000.0,
    )

    assert sent(decided(slow, old=failing(0.0))) == [True, False]


def test_a_condition_looks_and_touches_nothing():
    """Who only asks changes no request and no metric."""
    plain = simulate(world(timing=STEADY), Plan.of(ALARM), 3)
    never = When(AlarmIs(alarm_name="errors", state_value="ALARM"))
    asking = simulate(
        world(timing=STEADY), Plan((Step(request=ALARM), Step(request=update(), after_s=777.0, when=never))), 3
    )

    assert (asking.requests, asking.metrics, asking.totals) == (plain.requests, plain.metrics, plain.totals)
