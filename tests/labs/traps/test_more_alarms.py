"""More alarms, safer? Each adds its own chance to be wrong (spec labs 16)."""

import math

import pytest

from engine.plan import Plan
from engine.requests.cloudwatch import MetricAlarm, MetricStat
from engine.requests.sagemaker import EndpointConfig, ProductionVariant
from engine.simulate import simulate
from tests.engine.rollouts import STEADY, model, world

WRONG = 0.01
"""How often each alarm is wrong: a minute with at least one error, of -ln(0.99) expected."""
ERROR_RATE = 0.01
MINUTES = 900


@pytest.fixture(scope="module")
def alarms_by_minute():
    """Run twenty variants with an alarm each, and return by minute which ones fired."""
    names = [f"v{k}" for k in range(20)]
    variants = tuple(ProductionVariant(variant_name=name, model_name="v1") for name in names)
    flaky = model(error_rate_5xx=ERROR_RATE)
    per_variant = -math.log(1 - WRONG) / ERROR_RATE / 60
    where = world(
        old=flaky,
        rate=per_variant * len(names),
        configs=(EndpointConfig(endpoint_config_name="v1", production_variants=variants),),
        duration_s=60.0 * MINUTES,
        timing=STEADY,
        update_at_s=0.0,
    )
    run = simulate(where, Plan.of(*map(any_error, names)), 1, series=False)
    fired = [set() for _ in range(MINUTES)]
    for name in names:
        changes = [(change.t, change.to_state) for change in run.alarms if change.alarm == name]
        for (since, state), (until, _) in zip(changes, [*changes[1:], (60.0 * MINUTES, "")], strict=True):
            if state == "ALARM":
                for minute in range(int(since // 60), int(until // 60)):
                    fired[minute].add(name)
    return names, fired[4:]


def any_error(variant):
    """Return an alarm on a single error of one variant within a minute."""
    dimensions = (("EndpointName", "churn"), ("VariantName", variant))
    metric = MetricStat(namespace="AWS/SageMaker", metric_name="Invocation5XXErrors", dimensions=dimensions, stat="Sum")
    return MetricAlarm(alarm_name=variant, metric=metric, threshold=1.0, treat_missing_data="notBreaching")


@pytest.mark.parametrize(("k", "expected"), [(1, 0.01), (5, 0.049), (10, 0.096), (20, 0.182)])
def test_one_of_k_alarms_is_wrong(alarms_by_minute, k, expected):
    """k alarms that are wrong 1 % of the time each: 1 - 0.99**k of the minutes have one that is, by simulation too."""
    names, fired = alarms_by_minute
    share = 1 - (1 - WRONG) ** k
    found = sum(bool(minute & set(names[:k])) for minute in fired) / len(fired)

    assert share == pytest.approx(expected, abs=0.0006)
    assert found == pytest.approx(share, abs=3 * math.sqrt(share * (1 - share) / len(fired)))
