"""A bare request: as a client takes it, with what AWS adds where it describes one, or as Terraform's arguments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.aws.foreign.endpoints import Endpoints
from engine.aws.pasted import operation_of
from engine.aws.shapes.models import Shape, input_shape, shapes_of
from engine.aws.takeaway.terraform_names import TYPES, request

MOST_FIELDS = 100
"""Of something that may be a request: the largest of AWS has thirty."""
LEAST_ARGUMENTS = 2
"""Arguments that must be there before they are taken for those of a resource."""
DESCRIBED: Mapping[str, tuple[str, str, str]] = {
    "CreateEndpointConfig": ("sagemaker", "DescribeEndpointConfig", ""),
    "UpdateEndpoint": ("sagemaker", "DescribeEndpoint", ""),
    "CreateEndpoint": ("sagemaker", "DescribeEndpoint", ""),
    "PutMetricAlarm": ("cloudwatch", "DescribeAlarms", "MetricAlarms"),
    "PutCompositeAlarm": ("cloudwatch", "DescribeAlarms", "CompositeAlarms"),
}
"""The operation that describes what another one has made, with its service, and the field in which it does."""
Read = tuple[str, dict[str, Any], list[str], str]
"""The operation and its request, what is left out in sentences, and what it was, such as `a bare ... request`."""


def bare(given: Mapping[str, Any], endpoints: Endpoints) -> Read | None:
    """Return the request that these fields or arguments are; None if they are none."""
    if len(given) > MOST_FIELDS:
        return None
    operation = operation_of(given) or next((each for each in DESCRIBED if _describes(given, each)), None)
    if operation in (None, "UpdateEndpoint", "CreateEndpoint") and {"EndpointName", "EndpointConfigName"} <= set(given):
        operation = endpoints.operation(given["EndpointName"])
    if operation is None:
        return _arguments(given, endpoints)
    added = [key for key in given if key in _only_described(operation)]
    made = {key: each for key, each in given.items() if key not in added and not empty(each)}
    say = f"{', '.join(added)}: AWS tells this, and {operation} does not take it, so it is left out."
    return operation, made, [say] if added else [], f"a bare {operation} request"


def alarms_in(given: Mapping[str, Any]) -> list[Any] | None:
    """Return the alarms that DescribeAlarms has answered; None if this is something else."""
    kinds = [given.get(key, []) for key in ("MetricAlarms", "CompositeAlarms")]
    is_answer = "MetricAlarms" in given or "CompositeAlarms" in given
    return [each for kind in kinds if isinstance(kind, list) for each in kind] if is_answer else None


def _describes(given: Mapping[str, Any], operation: str) -> bool:
    """Is this what AWS tells of something that the operation has made?"""
    return (
        operation_of({key: each for key, each in given.items() if key not in _only_described(operation)}) == operation
    )


def _only_described(operation: str) -> frozenset[str]:
    """Return the fields that AWS tells of a thing and that no request for it holds."""
    if operation not in DESCRIBED:
        return frozenset()
    service, describing, within = DESCRIBED[operation]
    _, answer = shapes_of(service, describing)
    shape: Shape | None = answer.members[within].member if answer is not None and within else answer
    told = set() if shape is None else set(shape.members)
    return frozenset((told | {"ResponseMetadata"}) - set(input_shape(operation).members))


def _arguments(given: Mapping[str, Any], endpoints: Endpoints) -> Read | None:
    """Return the request behind the arguments of a resource of Terraform that stand alone."""
    best: tuple[int, Read] | None = None
    for operation, kind in TYPES.items():
        if kind == TYPES["UpdateEndpoint"] and operation != endpoints.operation(given.get("name")):
            continue
        made, lost = request(operation, given)
        top = [name for name in lost if "." not in name]
        fits = len(made) - len(top)
        if fits >= LEAST_ARGUMENTS and (best is None or fits > best[0]):
            say = [f"{', '.join(lost)}: no field of {operation}, so it is left out."] if lost else []
            best = fits, (operation, made, say, f"a block of Terraform's {kind}")
    return best and best[1]


def empty(value: object) -> bool:
    """Is it what `aws ... --generate-cli-skeleton` puts where nothing is said?"""
    if isinstance(value, dict | list):
        return all(map(empty, value.values() if isinstance(value, dict) else value))
    return value in ("", None)
