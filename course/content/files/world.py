"""Worlds: endpoint, configurations and alarms are AWS requests, the rest are the engine's own values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.content.files.world_names import complain_of_names
from course.content.schema.build import build, record_of
from course.content.schema.shapes import WRONG, Choice, Job, Reader
from course.content.yaml.document import Complaints, Trail
from course.content.yaml.reader import read_text, read_yaml
from engine.errors import WrongValues
from engine.requests.cloudwatch import MetricAlarm
from engine.requests.sagemaker import DeploymentConfig, EndpointConfig
from engine.world import Endpoint, World

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointForm:
    """An endpoint in AWS's words; the keys are those of DescribeEndpoint where it has them."""

    EndpointName: str
    EndpointConfigName: str
    InstanceCounts: Mapping[str, int] | None = None
    Weights: Mapping[str, float] | None = None
    LastDeploymentConfig: DeploymentConfig | None = None


def load_world_file(path: Path) -> World:
    """Return the world of a file; ContentError with all that is wrong with it."""
    document = read_yaml(read_text(path, Path()), path)
    complaints = Complaints(document)
    data = document.data
    if isinstance(data, Mapping):
        if "format" in data:
            Choice((FORMAT,)).read(data["format"], ("format",), Job(complaints))
        else:
            complaints.at_key((), f"`format` is missing; add it here, it must be {FORMAT}")
        data = {key: value for key, value in data.items() if key != "format"}
    return complaints.settle(build(World, data, complaints, readers=WORLD_READERS))


def _read_world(data: Any, trail: Trail, complaints: Complaints) -> Any:  # noqa: ANN401 - a World or WRONG
    job, record = Job(complaints, _REQUEST_READERS), record_of(World)
    said = len(complaints.problems)
    complain_of_names(complaints, trail)
    if len(complaints.problems) == said or not isinstance(data, Mapping):
        return record.read(data, trail, job)
    record.values(data, trail, job)
    return WRONG


def _read_endpoint(data: Any, trail: Trail, complaints: Complaints) -> Any:  # noqa: ANN401 - an Endpoint or WRONG
    form = build(EndpointForm, data, complaints, trail, {DeploymentConfig: _read_deployment_config})
    if form is None:
        return WRONG
    return Endpoint(
        endpoint_name=form.EndpointName,
        endpoint_config_name=form.EndpointConfigName,
        instance_counts=form.InstanceCounts,
        weights=form.Weights,
        last_deployment_config=form.LastDeploymentConfig,
    )


def _read_config(data: Any, trail: Trail, complaints: Complaints) -> Any:  # noqa: ANN401
    from engine.aws.translation.reading import read_endpoint_config  # brings botocore's data along

    return _accepted("CreateEndpointConfig", data, trail, complaints, read_endpoint_config)


def _read_alarm(data: Any, trail: Trail, complaints: Complaints) -> Any:  # noqa: ANN401
    from engine.aws.translation.reading import read_metric_alarm

    return _accepted("PutMetricAlarm", data, trail, complaints, read_metric_alarm)


def _read_deployment_config(data: Any, trail: Trail, complaints: Complaints) -> Any:  # noqa: ANN401
    from engine.aws.translation.reading import read_deployment_config

    # The service model knows it only as a part of the request that brings it.
    request = {"EndpointName": "any", "EndpointConfigName": "any", "DeploymentConfig": data}
    read = _accepted("UpdateEndpoint", request, trail[:-1], complaints, dict)
    return WRONG if read is WRONG else read_deployment_config(data)


def _accepted(operation: str, request: object, trail: Trail, complaints: Complaints, read: Callable[[Any], Any]) -> Any:  # noqa: ANN401
    """Return what the request creates, or WRONG where AWS would refuse it."""
    from engine.aws.checking import check

    refusals = [each for each in check({operation: request}, None) if each.severity != "advice"]
    for finding in refusals:
        complaints.at_key((*trail, *finding.path[1:]), finding.say)
    if refusals:
        return WRONG
    try:
        return read(request)
    except WrongValues as error:
        complaints.at_value(trail, str(error))
        return WRONG


_REQUEST_READERS: Mapping[type, Reader] = {
    Endpoint: _read_endpoint,
    EndpointConfig: _read_config,
    MetricAlarm: _read_alarm,
}
WORLD_READERS: Mapping[type, Reader] = {World: _read_world}
"""How a world is read: its names are followed, and those of its parts that are AWS requests are judged as such."""
