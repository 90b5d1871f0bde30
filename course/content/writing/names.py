"""The names that a plan may give: those of the lab's world, and those that the plan itself makes known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from course.content.yaml.document import Trail
from course.content.yaml.scalars import Scalar

if TYPE_CHECKING:
    from engine.world import World

PUT = ("PutMetricAlarm", "PutCompositeAlarm")


def names(
    operation: str, trail: Trail, beside: Mapping[str, Scalar], written: Mapping[Trail, str], world: World | None
) -> tuple[str, ...]:
    """Return the names that make sense at a place, none where any name would do.

    `beside` are the values around it, `written` are all single values of the plan.
    """
    field = trail[-1]
    if field == "Value" and "Dimensions" in trail:
        field = str(beside.get("Name", ""))
    elif operation in PUT and field == "AlarmName":
        return _not_put_yet(written)
    elif operation == "CreateEndpointConfig" and field == "EndpointConfigName":
        return ()
    match field:
        case "AlarmName" | "ActionsSuppressor":
            there = tuple(alarm.alarm_name for alarm in world.alarms) if world else ()
            return (*_of(written, PUT, "AlarmName"), *there)
        case "EndpointConfigName":
            known = tuple(config.endpoint_config_name for config in world.configs) if world else ()
            return (*known, *_of(written, ("CreateEndpointConfig",), "EndpointConfigName"))
        case "Namespace" | "MetricName":
            own = world.workload.own_metrics if world else ()
            return tuple(dict.fromkeys(each.namespace if field == "Namespace" else each.name for each in own))
        case "EndpointName":
            known = (world.endpoint.endpoint_name, *world.names_of_others) if world else ()
            return tuple(dict.fromkeys((*known, *_of(written, ("CreateEndpoint",), "EndpointName"))))
        case "S3Uri":
            return tuple(each.prefix for each in world.inputs) if world else ()
        case "TransformJobName":
            return _of(written, ("CreateTransformJob",), field) if operation == "StopTransformJob" else ()
        case "ModelName":
            return tuple(world.models) if world else ()
        case "VariantName":
            configs = world.configs if world else ()
            return tuple(dict.fromkeys(each.variant_name for config in configs for each in config.production_variants))
    return ()


def _of(written: Mapping[Trail, str], operations: tuple[str, ...], field: str) -> tuple[str, ...]:
    """Return what requests of these operations say in this field of their own."""
    return tuple(
        value
        for trail, value in written.items()
        if trail[-1] == field and trail[-2 if isinstance(trail[-2], str) else -3] in operations
    )


def _not_put_yet(written: Mapping[Trail, str]) -> tuple[str, ...]:
    """Return the alarms that an update names and nobody puts."""
    put = _of(written, PUT, "AlarmName")
    named = (value for trail, value in written.items() if trail[-1] == "AlarmName" and "Alarms" in trail)
    return tuple(name for name in dict.fromkeys(named) if name not in put)
