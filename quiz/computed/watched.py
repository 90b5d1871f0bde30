"""A canary on an endpoint whose last update was rolled back, carried out by the simulator: imported when a question has
its figures worked out, and not before."""

from __future__ import annotations

from dataclasses import replace

from engine.plan import Plan
from engine.requests.cloudwatch import MetricAlarm, MetricStat
from engine.requests.sagemaker import DeploymentConfig, EndpointConfig, ProductionVariant, UpdateEndpoint
from engine.run import Run
from engine.serving.model import Model, ServiceTime
from engine.simulate import simulate
from engine.timing import Timing
from engine.traffic.workload import Workload
from engine.world import Endpoint, World
from quiz.computed.policies import blue_green, count
from quiz.computed.returning import LAST_NIGHT, UPDATE_AT_MIN


def watched(launch: int, wait: int, bake: int, instances: int, *, failing: bool) -> Run:
    """Return a canary of one instance, in minutes, under an alarm; with `failing` its model fails every request."""
    alarm = MetricAlarm(
        alarm_name="v2-5xx",
        metric=MetricStat(
            namespace="AWS/SageMaker",
            metric_name="Invocation5XXErrors",
            dimensions=(("EndpointConfigName", "v2"), ("EndpointName", "tides"), ("VariantName", "main")),
            stat="Average",
            period=60,
        ),
        threshold=0.5,
        treat_missing_data="notBreaching",
    )
    policy = blue_green("CANARY", count(1), wait, bake)
    update = UpdateEndpoint(
        endpoint_name="tides",
        endpoint_config_name="v2",
        deployment_config=DeploymentConfig(blue_green_update_policy=policy, alarms=("v2-5xx",)),
    )
    return simulate(_tides(launch, wait, bake, instances, failing), Plan.of(alarm, update), 0, series=False)


def _tides(launch: int, wait: int, bake: int, instances: int, failing: bool) -> World:
    """Return an endpoint whose last update was rolled back, in a world without chance."""
    good = Model(service=ServiceTime(mean_ms=40))
    return World(
        endpoint=Endpoint(endpoint_name="tides", endpoint_config_name="v1", failure_reason=LAST_NIGHT),
        configs=tuple(_config(name, instances) for name in ("v1", "v2")),
        models={"v1": good, "v2": replace(good, error_rate_5xx=1.0) if failing else good},
        workload=Workload(rate=1.0),
        timing=replace(STEADY, provision_s=60.0 * launch),
        update_at_s=60.0 * UPDATE_AT_MIN,
        duration_s=60.0 * (UPDATE_AT_MIN + launch + wait + bake + 10),
    )


STEADY = Timing(provision_jitter=0.0, metric_delay_jitter=0.0, evaluation_second=10.0)


def _config(name: str, instances: int) -> EndpointConfig:
    variant = ProductionVariant(
        variant_name="main", model_name=name, initial_instance_count=instances, instance_type="ml.m5.large"
    )
    return EndpointConfig(endpoint_config_name=name, production_variants=(variant,))
