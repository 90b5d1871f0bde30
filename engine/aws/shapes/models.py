"""AWS's service models as botocore ships them, loaded when first asked for.

Loading takes a quarter of a second, so nothing here happens at import.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol

SERVICES: Mapping[str, str] = {
    "CreateEndpointConfig": "sagemaker",
    "DeregisterScalableTarget": "application-autoscaling",
    "DeleteScalingPolicy": "application-autoscaling",
    "DeleteScheduledAction": "application-autoscaling",
    "PutMetricAlarm": "cloudwatch",
    "PutCompositeAlarm": "cloudwatch",
    "EnableAlarmActions": "cloudwatch",
    "DisableAlarmActions": "cloudwatch",
    "PutMetricData": "cloudwatch",
    "UpdateEndpointWeightsAndCapacities": "sagemaker",
    "UpdateEndpoint": "sagemaker",
    "CreateEndpoint": "sagemaker",
    "SetAlarmState": "cloudwatch",
    "DeleteAlarms": "cloudwatch",
    "DeleteEndpoint": "sagemaker",
    "DeleteEndpointConfig": "sagemaker",
    "RegisterScalableTarget": "application-autoscaling",
    "PutScalingPolicy": "application-autoscaling",
    "PutScheduledAction": "application-autoscaling",
    "CreateInferenceExperiment": "sagemaker",
    "UpdateInferenceExperiment": "sagemaker",
    "StartInferenceExperiment": "sagemaker",
    "StopInferenceExperiment": "sagemaker",
    "DeleteInferenceExperiment": "sagemaker",
    "CreateTransformJob": "sagemaker",
    "StopTransformJob": "sagemaker",
}
"""The operations of a plan, in the order in which they are sent, and whose they are.

A target is deregistered before an update that would be refused because of it, and registered after one, which a change
of its capacity would stand in the way of."""
OTHERS: Mapping[str, str] = {
    "InvokeEndpoint": "sagemaker-runtime",
    "InvokeEndpointAsync": "sagemaker-runtime",
}
"""Operations that no plan holds and that can be checked all the same, for questions about them."""

OF_ENDPOINTS = ("sagemaker", "cloudwatch", "application-autoscaling", "sagemaker-runtime", "events", "sns", "iam")
"""Services whose operations somebody may write who works with endpoints."""


def service_with(operation: str) -> str | None:
    """Return the service of AWS that has an operation of this name, None if none of those above does."""
    return next((name for name in OF_ENDPOINTS if operation in _service(name).operation_names), None)


class Shape(Protocol):
    """The part of botocore's Shape that is used here."""

    @property
    def name(self) -> str:
        """Return the shape's own name, which several fields may share."""

    @property
    def type_name(self) -> str:
        """Return `structure`, `list`, `string`, `integer`, `float`, `double`, `boolean`, ..."""

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Return its constraints: min, max, pattern, enum, required."""

    @property
    def members(self) -> Mapping[str, Shape]:
        """Return the fields of a structure."""

    @property
    def member(self) -> Shape:
        """Return what a list holds."""

    @property
    def key(self) -> Shape:
        """Return what a map's names are."""

    @property
    def value(self) -> Shape:
        """Return what a map holds, by name."""

    @property
    def serialization(self) -> Mapping[str, Any]:
        """Return how it is spelt where that is not its name: name, location, flattened, payload, resultWrapper."""


@cache
def input_shape(operation: str) -> Shape:
    """Return what a request of this operation may hold; KeyError for one of neither table."""
    shape: Shape = _service({**SERVICES, **OTHERS}[operation]).operation_model(operation).input_shape
    return shape


@cache
def shapes_of(service: str, operation: str) -> tuple[Shape | None, Shape | None]:
    """Return what a request of any operation may hold, and what its answer does; KeyError where AWS has no such one."""
    model = _service(service)
    if operation not in model.operation_names:
        raise KeyError(operation)
    found = model.operation_model(operation)
    return found.input_shape, found.output_shape


@cache
def described(service: str) -> Mapping[str, Any]:
    """Return what the model says of the service itself: apiVersion, jsonVersion, xmlNamespace, ..."""
    found: Mapping[str, Any] = _service(service).metadata
    return found


@cache
def path_of(service: str, operation: str) -> str:
    """Return the path of an operation, with its placeholders."""
    found: str = _service(service).operation_model(operation).http["requestUri"]
    return found


@cache
def operations_of(service: str) -> tuple[str, ...]:
    """Return the names of all operations of a service."""
    return tuple(_service(service).operation_names)


@cache
def errors_of(service: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the errors of a service by the names of their shapes: code, httpStatusCode, senderFault."""
    return {shape.name: shape.metadata.get("error", {}) for shape in _service(service).error_shapes}


@cache
def _service(name: str) -> Any:  # noqa: ANN401 - botocore ships no types
    from botocore.loaders import Loader
    from botocore.model import ServiceModel

    # Only the model that was installed: a customised one in ~/.aws/models would change the verdicts.
    loader = Loader(extra_search_paths=[Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)
    return ServiceModel(loader.load_service_model(name, "service-2"), name)


def is_number(shape: Shape) -> bool:
    """Does a field of this shape hold a number?"""
    return shape.type_name in ("integer", "long", "float", "double")
