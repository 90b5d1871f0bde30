"""How often a shadow answers as production does, as the metric that a team publishes itself (spec inference 7.3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.errors import WrongValues
from engine.plan import Plan
from engine.requests.cloudwatch import MetricStat
from engine.serving.model import Judgement
from engine.simulate import simulate
from engine.traffic.workload import AnswerComparison, BusinessOutcome, Workload
from tests.engine.rollouts import errors_alarm, failing, model
from tests.engine.shadows import shadow, world_with

OF_SHADOW = (("EndpointName", "churn"), ("VariantName", "shadow"))
USUAL, OTHER = model(answers=Judgement(right=0.9)), model(answers=Judgement(right=0.7))
"""Where they disagree is what the better one alone has right: 20 % of the requests."""


def compared(of, *alarms, weight=1.0, **changes):
    """Return a world in which answers of the shadow are held against those of production."""
    where = world_with(shadow(weight), of=of, duration_s=1200.0, alarms=alarms)
    workload = Workload(rate=20.0, comparison=AnswerComparison(), **changes)
    return replace(where, workload=workload, models={**where.models, "v1": USUAL})


def below(threshold, dimensions=OF_SHADOW):
    """Return an alarm on the share of answers that agree."""
    metric = MetricStat(namespace="Business", metric_name="Agreement", dimensions=dimensions, stat="Average", period=60)
    return replace(errors_alarm(), metric=metric, threshold=threshold, comparison_operator="LessThanThreshold")


@pytest.mark.parametrize(("threshold", "state"), [(0.7, "OK"), (0.9, "ALARM")])
def test_an_alarm_can_watch_it(threshold, state):
    """80 % agree: between 70 and 90 %."""
    run = simulate(compared(OTHER, below(threshold)), Plan(), 1, series=False)
    found = run.agreement["v1/shadow"]

    assert found.agreed / found.compared == pytest.approx(0.8, abs=0.02)
    assert run.alarm_states == {"errors": state}


def test_what_nobody_answered_is_not_compared():
    """A shadow that fails half of its copies agrees as often on the others."""
    half = replace(failing(0.5), answers=Judgement(right=0.7))
    run = simulate(compared(half, below(0.7)), Plan(), 1, series=False)

    assert run.alarm_states == {"errors": "OK"}
    assert run.agreement["v1/shadow"].compared == pytest.approx(run.totals.requests / 2, rel=0.05)


@pytest.mark.parametrize("dimensions", [(OF_SHADOW[0], ("VariantName", "main")), (OF_SHADOW[0],)])
def test_it_is_published_for_the_shadow_alone(dimensions):
    """Under production's name, or the endpoint's, there is no data."""
    alarm = replace(below(0.9, dimensions), treat_missing_data="missing")
    run = simulate(compared(OTHER, alarm), Plan(), 1, series=False)

    assert run.alarm_states == {"errors": "INSUFFICIENT_DATA"}


def test_comparing_changes_nothing_else():
    """Callers, costs and the sums of the comparison are those of a run in which nobody publishes it."""
    where = compared(OTHER)
    silent = replace(where, workload=replace(where.workload, comparison=None))

    assert simulate(where, Plan(), 3) == simulate(silent, Plan(), 3)


@pytest.mark.parametrize(
    ("changes", "say"),
    [
        pytest.param({"comparison": AnswerComparison(name="Invocations")}, "one of SageMaker", id="a name of AWS"),
        pytest.param({"outcome": BusinessOutcome(name="Agreement", base_rate=0.1)}, "two metrics", id="a name twice"),
    ],
)
def test_names_that_are_taken(changes, say):
    """Are refused."""
    where = compared(OTHER)
    with pytest.raises(WrongValues, match=say):
        replace(where, workload=replace(where.workload, **changes))
