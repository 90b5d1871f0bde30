"""Worlds: endpoint, configurations and alarms are AWS requests, the rest are the engine's own values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.content.files.measured import complain_of_curves
from course.content.schema.build import build, record_of
from course.content.schema.mentions import complain_of_unknown, keys, names, places, texts
from course.content.schema.shapes import WRONG, Choice, Job, Reader
from course.content.yaml.document import Complaints, Document, Trail
from course.content.yaml.errors import Problem
from course.content.yaml.reader import read_text, read_what_can_be_read
from course.content.yaml.wording import nearest
from engine.bounds import bounded
from engine.errors import WrongValues
from engine.requests.autoscaling import PutScalingPolicy, RegisterScalableTarget
from engine.requests.cloudwatch import MetricAlarm
from engine.requests.sagemaker import HEAVIEST, MOST_INSTANCES, DeploymentConfig, EndpointConfig
from engine.traffic.workload import OWN_NAMESPACE
from engine.world import Endpoint, World

FORMAT = 1
REQUESTS: Mapping[str, str] = {
    "configs": "CreateEndpointConfig",
    "alarms": "PutMetricAlarm",
    "scalable_targets": "RegisterScalableTarget",
    "scaling_policies": "PutScalingPolicy",
}
"""The keys of a world that hold lists of requests, and whose."""
_BY_VARIANT = (("endpoint", "InstanceCounts"), ("endpoint", "Weights"), ("workload", "target_variants"))
"""Mappings of a world whose keys are variants of its endpoint."""


OF_AN_ENDPOINT = ("EndpointConfigName", "InstanceCounts", "Weights", "LastDeploymentConfig", "FailureReason")
"""What an endpoint has once it exists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointForm:
    """An endpoint in AWS's words; the keys are those of DescribeEndpoint where it has them."""

    EndpointName: str
    """The endpoint's name."""
    EndpointConfigName: str | None = None
    """The configuration that it runs on; one of the world's."""
    Exists: bool = True
    """False: a plan may create it."""
    InstanceCounts: Mapping[str, int] | None = bounded(None, low=0, high=MOST_INSTANCES)
    """Instances per variant where scaling has moved them."""
    Weights: Mapping[str, float] | None = bounded(None, low=0, high=HEAVIEST)
    """Weights of variants where they have been changed since."""
    LastDeploymentConfig: DeploymentConfig | None = None
    """What RetainDeploymentConfig would use again."""
    FailureReason: str | None = None
    """Why the last update failed or was rolled back."""


def load_world_file(path: Path, remark: Callable[[Problem], None]) -> World:
    """Return the world of a file; ContentError with all that is wrong with it.

    `remark` is told what the file asks for and a run leaves out.
    """
    document = read_what_can_be_read(read_text(path, Path()), path)
    complaints = Complaints(document)
    data = document.data
    if isinstance(data, Mapping):
        if "format" in data:
            Choice((FORMAT,)).read(data["format"], ("format",), Job(complaints))
        else:
            complaints.at_key((), f"`format` is missing; add it here, it must be {FORMAT}")
        data = {key: value for key, value in data.items() if key != "format"}
    world = complaints.settle(build(World, data, complaints, readers=WORLD_READERS))
    for problem in left_out(document, ()):
        remark(problem)
    return world


def left_out(document: Document, world: Trail) -> Iterator[Problem]:
    """Yield what the requests of a world ask for and the simulation does not do, such as data capture."""
    from engine.aws.checking import check

    own = _own_namespaces(document.data, world)
    for key, operation in REQUESTS.items():
        for trail, request in places(document.data, (*world, key, ...)):
            for finding in check({operation: request}, None):
                place = (*trail, *finding.path[1:])
                published = place[-1] == "Namespace" and any(name in own for _, name in texts(document.data, place))
                if finding.left_out and not published:
                    yield Problem(document.path, *document.where_key(place), finding.say)
    yield from _unpriced(document, world)


def _own_namespaces(data: object, world: Trail) -> tuple[str, ...]:
    """Return the namespace in which the caller publishes an outcome, if it does."""
    outcomes = places(data, (*world, "workload", "outcome"))
    named = (outcome.get("namespace", OWN_NAMESPACE) for _, outcome in outcomes if isinstance(outcome, Mapping))
    return tuple(name for name in named if isinstance(name, str))


def _unpriced(document: Document, world: Trail) -> Iterator[Problem]:
    from engine.aws.advice.left_out import no_price
    from engine.catalogue.instances import usd_per_hour

    own = dict.fromkeys(keys(document.data, (*world, "prices_per_hour")) or (), 0.0)
    for trail, name in texts(document.data, (*world, "configs", ..., "ProductionVariants", ..., "InstanceType")):
        if usd_per_hour(name, own) is None:
            yield Problem(document.path, *document.where_key(trail), no_price(name))


def _read_world(data: Any, trail: Trail, complaints: Complaints) -> Any:  # noqa: ANN401 - a World or WRONG
    job, record = Job(complaints, _REQUEST_READERS), record_of(World)
    said = len(complaints.problems)
    _complain_of_names(complaints, trail)
    if len(complaints.problems) == said or not isinstance(data, Mapping):
        return record.read(data, trail, job)
    record.values(data, trail, job)
    return WRONG


def _complain_of_names(complaints: Complaints, world: Trail) -> None:
    """Complain about each name in a world that leads nowhere."""
    data, configs = complaints.document.data, (*world, "configs")
    known = names(data, configs, "EndpointConfigName")
    complain_of_unknown(complaints, (*world, "endpoint", "EndpointConfigName"), known)
    models = keys(data, (*world, "models"))
    complain_of_curves(complaints, world)
    for kind in ("ProductionVariants", "ShadowProductionVariants"):
        complain_of_unknown(complaints, (*configs, ..., kind, ..., "ModelName"), models)
    production = _variants_in_service(data, world, "ProductionVariants")
    shadows = _variants_in_service(data, world, "ShadowProductionVariants")
    if production is not None:
        for place in _BY_VARIANT:
            named = production if place[0] == "workload" else (*production, *(shadows or ()))
            _complain_of_variants(complaints, (*world, *place), named)


def _variants_in_service(data: object, world: Trail, kind: str) -> tuple[str, ...] | None:
    """Return the variants of the endpoint's configuration, of production or shadows; None if they cannot be known."""
    in_service = [name for _, name in texts(data, (*world, "endpoint", "EndpointConfigName"))]
    for trail, name in texts(data, (*world, "configs", ..., "EndpointConfigName")):
        if name in in_service:
            return names(data, (*trail[:-1], kind), "VariantName")
    return None


def _complain_of_variants(complaints: Complaints, mapping: Trail, variants: tuple[str, ...]) -> None:
    known = frozenset(variants)
    for name in keys(complaints.document.data, mapping) or ():
        if name not in known and not complaints.full:
            complaints.at_key((*mapping, name), f"no variant is called {name}; {nearest(name, variants)}")


def _read_endpoint(data: Any, trail: Trail, complaints: Complaints) -> Any:  # noqa: ANN401 - an Endpoint or WRONG
    form = build(EndpointForm, data, complaints, trail, {DeploymentConfig: _read_deployment_config})
    if form is None:
        return WRONG
    if form.Exists and form.EndpointConfigName is None:
        remedy = "add it here, or write `Exists: false` for an endpoint that a plan creates"
        complaints.at_key(trail, f"`EndpointConfigName` is missing; {remedy}")
        return WRONG
    given = [key for key in OF_AN_ENDPOINT if getattr(form, key) is not None]
    if not form.Exists and given:
        for key in given:
            complaints.at_key((*trail, key), f"an endpoint that does not exist yet has no `{key}`; take it out")
        return WRONG
    return Endpoint(
        endpoint_name=form.EndpointName,
        endpoint_config_name=form.EndpointConfigName or "",
        instance_counts=form.InstanceCounts,
        weights=form.Weights,
        last_deployment_config=form.LastDeploymentConfig,
        failure_reason=form.FailureReason,
    )


def _read_config(data: Any, trail: Trail, complaints: Complaints) -> Any:  # noqa: ANN401
    from engine.aws.translation.reading import read_endpoint_config  # brings botocore's data along

    return _accepted("CreateEndpointConfig", data, trail, complaints, read_endpoint_config)


def _read_alarm(data: Any, trail: Trail, complaints: Complaints) -> Any:  # noqa: ANN401
    from engine.aws.translation.reading import read_metric_alarm

    return _accepted("PutMetricAlarm", data, trail, complaints, read_metric_alarm)


def _read_target(data: Any, trail: Trail, complaints: Complaints) -> Any:  # noqa: ANN401
    from engine.aws.translation.reading_scaling import read_registration

    return _accepted("RegisterScalableTarget", data, trail, complaints, read_registration)


def _read_policy(data: Any, trail: Trail, complaints: Complaints) -> Any:  # noqa: ANN401
    from engine.aws.translation.reading_scaling import read_policy

    return _accepted("PutScalingPolicy", data, trail, complaints, read_policy)


def _read_deployment_config(data: Any, trail: Trail, complaints: Complaints) -> Any:  # noqa: ANN401
    from engine.aws.translation.reading import read_deployment_config

    # The service model knows it only as a part of the request that brings it.
    request = {"EndpointName": "any", "EndpointConfigName": "any", "DeploymentConfig": data}
    read = _accepted("UpdateEndpoint", request, trail[:-1], complaints, dict)
    return WRONG if read is WRONG else read_deployment_config(data)


def _accepted(operation: str, request: object, trail: Trail, complaints: Complaints, read: Callable[[Any], Any]) -> Any:  # noqa: ANN401
    """Return what the request creates, or WRONG where AWS would refuse it."""
    from engine.aws.allowed import allowed
    from engine.aws.checking import check

    if not isinstance(request, Mapping):  # a plan may hold a list of requests in its place, and a world may not
        return Job(complaints).refuse(request, trail, f"a mapping, as {operation} has it")
    refusals = [each for each in check({operation: request}, None) if each.stops]
    for finding in refusals:
        place = (*trail, *finding.path[1:])
        # What cannot be read has been complained of; that its field is unknown has not.
        if place not in complaints.document.unread or allowed(operation, finding.path[1:]) is None:
            complaints.at_key(place, finding.say)
    if refusals or complaints.unread_in(trail):
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
    RegisterScalableTarget: _read_target,
    PutScalingPolicy: _read_policy,
}
WORLD_READERS: Mapping[type, Reader] = {World: _read_world}
"""How a world is read: its names are followed, and those of its parts that are AWS requests are judged as such."""
