"""Small worlds and plans for the simulator's tests: endpoint `churn` with variant `main`, from `v1` to `v2`."""

from __future__ import annotations

from engine.plan import Plan, Step
from engine.requests.cloudwatch import MetricAlarm, MetricStat
from engine.requests.sagemaker import (
    BlueGreenUpdatePolicy,
    CapacitySize,
    DeploymentConfig,
    EndpointConfig,
    ProductionVariant,
    RollingUpdatePolicy,
    TrafficRoutingConfiguration,
    UpdateEndpoint,
)
from engine.serving.model import Model, ServiceTime
from engine.timing import Timing
from engine.traffic.workload import Workload
from engine.world import Endpoint, World

STEADY = Timing(
    provision_s=157.0,
    provision_jitter=0.0,
    activate_s=30.0,
    reweigh_s=30.0,
    metric_delay_s=100.0,
    metric_delay_jitter=0.0,
    evaluation_second=10.0,
    first_evaluation_s=0.0,
)
"""Times in which nothing is left to chance."""
GOOD = Model(service=ServiceTime(mean_ms=40), workers=2)
ONE = CapacitySize(type="INSTANCE_COUNT", value=1)
OF_V2 = (("EndpointConfigName", "v2"), ("EndpointName", "churn"), ("VariantName", "main"))
OF_BOTH = (("EndpointName", "churn"), ("VariantName", "main"))


def model(**changes):
    """Return a healthy model with some fields changed."""
    return Model(**{"service": GOOD.service, "workers": 2, **changes})


def failing(rate=1.0, status="5xx"):
    """Return a model that fails a share of its requests."""
    return model(**{f"error_rate_{status}": rate})


def config(name, count=4, **variant):
    """Return a configuration with one variant, whose model has the configuration's name."""
    fields = {"variant_name": "main", "model_name": name, "initial_instance_count": count, **variant}
    return EndpointConfig(endpoint_config_name=name, production_variants=(ProductionVariant(**fields),))


def world(*, count=4, new_count=None, new=GOOD, old=GOOD, rate=5.0, endpoint=None, **changes):
    """Return a world in which `v1` is in service and `v2` may replace it."""
    fields = {
        "endpoint": Endpoint(endpoint_name="churn", endpoint_config_name="v1", **(endpoint or {})),
        "configs": (config("v1", count), config("v2", count if new_count is None else new_count)),
        "models": {"v1": old, "v2": new},
        "workload": Workload(rate=rate),
        "duration_s": 1800.0,
        **changes,
    }
    return World(**fields)


def percent(value):
    """Return a share of the fleet."""
    return CapacitySize(type="CAPACITY_PERCENT", value=value)


def all_at_once(term=0, **more):
    """Return the settings of an all-at-once update that bakes `term` seconds."""
    return _blue_green({"type": "ALL_AT_ONCE", "wait_interval_in_seconds": 0}, term, **more)


def canary(size=ONE, wait=300, term=300, **more):
    """Return the settings of a canary update."""
    routing = {"type": "CANARY", "canary_size": size, "wait_interval_in_seconds": wait}
    return _blue_green(routing, term, **more)


def linear(size=ONE, wait=120, term=120, **more):
    """Return the settings of a linear update."""
    routing = {"type": "LINEAR", "linear_step_size": size, "wait_interval_in_seconds": wait}
    return _blue_green(routing, term, **more)


def _blue_green(routing, term, *, alarms=(), timeout=None):
    policy = BlueGreenUpdatePolicy(
        traffic_routing_configuration=TrafficRoutingConfiguration(**routing),
        termination_wait_in_seconds=term,
        maximum_execution_timeout_in_seconds=timeout,
    )
    return DeploymentConfig(blue_green_update_policy=policy, alarms=alarms)


def in_batches(size=ONE, wait=120, *, back=None, alarms=(), timeout=None):
    """Return the settings of a rolling update."""
    policy = RollingUpdatePolicy(
        maximum_batch_size=size,
        wait_interval_in_seconds=wait,
        rollback_maximum_batch_size=back,
        maximum_execution_timeout_in_seconds=timeout,
    )
    return DeploymentConfig(rolling_update_policy=policy, alarms=alarms)


def errors_alarm(name="errors", *, status="5XX", stat="Average", threshold=0.5, dimensions=OF_V2, **changes):
    """Return an alarm on the errors of the new fleet."""
    metric = MetricStat(
        namespace="AWS/SageMaker",
        metric_name=f"Invocation{status}Errors",
        dimensions=dimensions,
        stat=stat,
        period=changes.pop("period", 60),
    )
    fields = {"treat_missing_data": "notBreaching", **changes}
    return MetricAlarm(alarm_name=name, metric=metric, threshold=threshold, **fields)


def update(settings=None, to="v2", **more):
    """Return the request that moves the endpoint to another configuration."""
    return UpdateEndpoint(endpoint_name="churn", endpoint_config_name=to, deployment_config=settings, **more)


def guarded(settings_of, *args, alarm=None, **more):
    """Return the plan of an update that one alarm on errors guards."""
    alarm = alarm or errors_alarm()
    return Plan.of(alarm, update(settings_of(*args, alarms=(alarm.alarm_name,), **more)))


def later(after_s, request):
    """Return a step that is sent some seconds after the others."""
    return Step(request=request, after_s=after_s)
