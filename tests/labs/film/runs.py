"""Two runs without the simulator: a canary that either meets an alarm and rolls back, or is promoted.

They are made by hand, second by second, after the measured deployment of spec sagemaker 4.1.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from engine.plan import Plan, Step
from engine.requests.cloudwatch import MetricAlarm, MetricStat
from engine.requests.sagemaker import (
    BlueGreenUpdatePolicy,
    CapacitySize,
    DeploymentConfig,
    EndpointConfig,
    ProductionVariant,
    TrafficRoutingConfiguration,
    UpdateEndpoint,
)
from engine.run import (
    AlarmTransition,
    Event,
    InstanceCount,
    MetricSeries,
    Phase,
    RequestLog,
    Run,
    Totals,
    TrafficShare,
)
from engine.serving.model import Model, ServiceTime
from engine.traffic.workload import Workload
from engine.world import Endpoint, Slo, World

TYPE = "ml.m5.xlarge"
WATCHED = (("EndpointConfigName", "churn-v2"), ("EndpointName", "churn"), ("VariantName", "main"))
ERRORS_ALARM = MetricAlarm(
    alarm_name="v2-errors",
    metric=MetricStat(
        namespace="AWS/SageMaker", metric_name="Invocation5XXErrors", dimensions=WATCHED, period=60, stat="Sum"
    ),
    threshold=5.0,
    comparison_operator="GreaterThanThreshold",
    treat_missing_data="notBreaching",
)
LATENCY_ALARM = MetricAlarm(
    alarm_name="v2-latency",
    metric=MetricStat(namespace="AWS/SageMaker", metric_name="ModelLatency", dimensions=WATCHED, period=60, stat="p99"),
    threshold=200_000.0,
    comparison_operator="GreaterThanThreshold",
)
PLAN = Plan(
    steps=(
        Step(request=ERRORS_ALARM),
        Step(request=LATENCY_ALARM),
        Step(
            request=UpdateEndpoint(
                endpoint_name="churn",
                endpoint_config_name="churn-v2",
                deployment_config=DeploymentConfig(
                    blue_green_update_policy=BlueGreenUpdatePolicy(
                        traffic_routing_configuration=TrafficRoutingConfiguration(
                            type="CANARY",
                            wait_interval_in_seconds=300,
                            canary_size=CapacitySize(type="INSTANCE_COUNT", value=1),
                        ),
                        termination_wait_in_seconds=120,
                    ),
                    alarms=("v2-errors", "v2-latency"),
                ),
            )
        ),
    )
)

GOOD = Model(service=ServiceTime(mean_ms=45))
WORLD = World(
    endpoint=Endpoint(endpoint_name="churn", endpoint_config_name="churn-v1"),
    configs=tuple(
        EndpointConfig(
            endpoint_config_name=name,
            production_variants=(
                ProductionVariant(variant_name="main", model_name=name, instance_type=TYPE, initial_instance_count=4),
            ),
        )
        for name in ("churn-v1", "churn-v2")
    ),
    models={"churn-v1": GOOD, "churn-v2": GOOD},
    workload=Workload(rate=20),
    slo=Slo(latency_ms=500),
    duration_s=1860,
)


def _series(name: str, stat: str, config: str, points: list[float | None]) -> MetricSeries:
    dimensions = (("EndpointConfigName", config), ("EndpointName", "churn"), ("VariantName", "main"))
    unit = "Microseconds" if name == "ModelLatency" else "None"
    return MetricSeries(name=name, dimensions=dimensions, stat=stat, unit=unit, period=60, points=tuple(points))


def _metrics(errors: list[float | None], last_green: int) -> tuple[MetricSeries, ...]:
    """Return the series of both fleets; green answers from minute 8 up to `last_green`."""
    minutes = range(31)
    green = [8 <= minute <= last_green for minute in minutes]
    wave = [(minute * 7) % 5 for minute in minutes]
    p50 = [(74_000.0 if minute == 8 else 45_000.0 + 300 * wave[minute]) for minute in minutes]
    p99 = [(236_000.0 if minute == 8 else 121_000.0 + 2500 * wave[minute]) for minute in minutes]
    return (
        _series("Invocations", "Sum", "churn-v1", [900.0 if on else 1200.0 for on in green]),
        _series("Invocations", "Sum", "churn-v2", [300.0 if on else None for on in green]),
        _series("Invocation5XXErrors", "Sum", "churn-v1", [float(one in (1, 4)) for one in wave]),
        _series("Invocation5XXErrors", "Sum", "churn-v2", errors),
        _series("ModelLatency", "p50", "churn-v1", [41_000.0 + 500 * one for one in wave]),
        _series("ModelLatency", "p99", "churn-v1", [110_000.0 + 4000 * one for one in wave]),
        _series("ModelLatency", "p50", "churn-v2", [a if on else None for a, on in zip(p50, green, strict=True)]),
        _series("ModelLatency", "p99", "churn-v2", [a if on else None for a, on in zip(p99, green, strict=True)]),
    )


def _describe(status: str, config: str, **more: Any) -> dict[str, Any]:
    return {"EndpointName": "churn", "EndpointStatus": status, "EndpointConfigName": config, **more}


def _pending(status: str, message: str) -> dict[str, Any]:
    variant = {"VariantName": "main", "VariantStatus": [{"Status": status, "StatusMessage": message}]}
    return {"EndpointConfigName": "churn-v2", "ProductionVariants": [variant]}


REASON = "One or more configured alarm for automatic rollback deployment is in ALARM state: [v2-errors]."
ALARM_REASON = "Threshold Crossed: 1 datapoint [61.0 (21/03/24 16:08:00)] was greater than the threshold (5.0)."
BAKE = "Baking for 300 seconds (TerminationWaitInSeconds) with traffic enabled on canary capacity of 1 instance(s)."


def _totals() -> Totals:
    return Totals(
        requests=37_200,
        errors_4xx=0,
        errors_5xx=231,
        slo_missed=4,
        by_config={"churn-v1": 36_100, "churn-v2": 1100},
        instance_minutes=150.0,
        extra_instance_minutes=26.0,
        cost_usd=0.57,
    )


def broken_run(seed: int = 7) -> Run:
    """Return a canary that fails, an alarm at 11:10 and a rollback that is complete at 12:12."""
    errors: list[float | None] = [None] * 31
    errors[8:13] = [52.0, 61.0, 58.0, 63.0, 11.0]
    alarm = AlarmTransition(670.0, "v2-errors", "OK", "ALARM", ALARM_REASON)
    return Run(
        outcome="rolled-back",
        seed=seed,
        duration_s=1860.0,
        ended_s=1860.0,
        update_started_s=306.0,
        update_ended_s=752.0,
        endpoint_history=(
            (0.0, _describe("InService", "churn-v1")),
            (306.0, _describe("Updating", "churn-v1")),
            (307.0, _describe("Updating", "churn-v1", PendingDeploymentSummary=_pending("Creating", "Launching"))),
            (493.0, _describe("Updating", "churn-v1", PendingDeploymentSummary=_pending("Baking", BAKE))),
            (752.0, _describe("InService", "churn-v1", FailureReason=REASON)),
        ),
        events=(
            Event(306.0, "PutMetricAlarm", "PutMetricAlarm v2-errors."),
            Event(306.0, "PutMetricAlarm", "PutMetricAlarm v2-latency."),
            Event(306.0, "UpdateEndpoint", "UpdateEndpoint churn: churn-v1 to churn-v2."),
            Event(307.0, "Creating", "Launching 4 instance(s)."),
            Event(370.0, "OK", "v2-errors INSUFFICIENT_DATA to OK."),
            Event(463.0, "ActivatingTraffic", "Activating traffic on canary capacity of 1 instance(s)."),
            Event(493.0, "Baking", BAKE),
            Event(670.0, "ALARM", f"v2-errors OK to ALARM: {ALARM_REASON}"),
            Event(730.0, "OK", "v2-latency INSUFFICIENT_DATA to OK."),
            Event(673.0, "RollingBack", "Rolling back: v2-errors is in ALARM state."),
            Event(722.0, "Deleting", "Terminating 4 instance(s)."),
            Event(752.0, "InService", f"InService on churn-v1. {REASON}"),
        ),
        event_bridge=(),
        alarm_history=(),
        alarms=(
            AlarmTransition(370.0, "v2-errors", "INSUFFICIENT_DATA", "OK", "no data, not breaching"),
            alarm,
            AlarmTransition(730.0, "v2-latency", "INSUFFICIENT_DATA", "OK", "3 datapoints"),
            AlarmTransition(970.0, "v2-errors", "ALARM", "OK", "no data, not breaching"),
        ),
        alarm_states={"v2-errors": "OK", "v2-latency": "OK"},
        metrics=_metrics(errors, 12),
        traffic=(
            TrafficShare(0.0, {"churn-v1": 1.0}),
            TrafficShare(493.0, {"churn-v1": 0.75, "churn-v2": 0.25}),
            TrafficShare(722.0, {"churn-v1": 1.0}),
        ),
        instances=(
            InstanceCount(0.0, {"churn-v1": 4}, {TYPE: 4}),
            InstanceCount(307.0, {"churn-v1": 4, "churn-v2": 4}, {TYPE: 8}),
            InstanceCount(752.0, {"churn-v1": 4}, {TYPE: 4}),
        ),
        phases=(
            Phase(306.0, 463.0, "Creating", "Launching 4 instance(s)."),
            Phase(463.0, 493.0, "ActivatingTraffic", "Activating traffic on canary capacity of 1 instance(s)."),
            Phase(493.0, 673.0, "Baking", BAKE),
            Phase(673.0, 722.0, "RollingBack", "Rolling back to churn-v1."),
            Phase(722.0, 752.0, "Deleting", "Terminating 4 instance(s)."),
        ),
        totals=_totals(),
        deciding_alarm=alarm,
        requests=RequestLog(bad=(np.array([7, 9], np.uint8),), new=(np.array([1, 2], np.uint8),), counts=(16,)),
    )


FULL_BAKE = "Baking for 120 seconds (TerminationWaitInSeconds) with traffic enabled on full capacity of 4 instance(s)."


def healthy_run(seed: int = 7) -> Run:
    """Return a canary that bakes for five minutes, takes all traffic at 13:43 and is done at 16:13."""
    errors: list[float | None] = [None] * 8 + [0.0] * 23
    base = broken_run(seed)
    return replace(
        base,
        outcome="promoted",
        update_ended_s=973.0,
        deciding_alarm=None,
        metrics=_metrics(errors, 30),
        alarms=(base.alarms[0], base.alarms[2]),
        endpoint_history=(*base.endpoint_history[:4], (973.0, _describe("InService", "churn-v2"))),
        events=(
            *base.events[:7],
            Event(793.0, "ActivatingTraffic", "Activating traffic on full capacity of 4 instance(s)."),
            Event(823.0, "Baking", FULL_BAKE),
            Event(943.0, "Deleting", "Terminating 4 instance(s)."),
            Event(973.0, "InService", "InService on churn-v2."),
        ),
        traffic=(*base.traffic[:2], TrafficShare(823.0, {"churn-v2": 1.0})),
        instances=(*base.instances[:2], InstanceCount(973.0, {"churn-v2": 4}, {TYPE: 4})),
        phases=(
            *base.phases[:2],
            Phase(493.0, 793.0, "Baking", BAKE),
            Phase(793.0, 823.0, "ActivatingTraffic", "Activating traffic on full capacity of 4 instance(s)."),
            Phase(823.0, 943.0, "Baking", FULL_BAKE),
            Phase(943.0, 973.0, "Deleting", "Terminating 4 instance(s)."),
        ),
    )
