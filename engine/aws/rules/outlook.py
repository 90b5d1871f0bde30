"""The plan as values beside the world it meets: what the rules and the advice are asked about.

A request that is refused by itself cannot be read; whoever asks for what it might have said is told that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from engine.autoscaling.registry import Registered
from engine.aws.calls import Call
from engine.aws.shapes.partial import Unknown
from engine.aws.translation.reading import read_step
from engine.plan import Request
from engine.requests.autoscaling import (
    DeleteScalingPolicy,
    DeleteScheduledAction,
    DeregisterScalableTarget,
    PutScalingPolicy,
    PutScheduledAction,
    RegisterScalableTarget,
)
from engine.requests.batch import CreateTransformJob, StopTransformJob
from engine.requests.cloudwatch import (
    CompositeAlarm,
    DeleteAlarms,
    DisableAlarmActions,
    EnableAlarmActions,
    MetricAlarm,
    SetAlarmState,
)
from engine.requests.experiments import (
    CreateInferenceExperiment,
    DeleteInferenceExperiment,
    StartInferenceExperiment,
    StopInferenceExperiment,
    UpdateInferenceExperiment,
)
from engine.requests.metric_data import PutMetricData
from engine.requests.sagemaker import (
    CreateEndpoint,
    DeleteEndpoint,
    DeleteEndpointConfig,
    DeploymentConfig,
    EndpointConfig,
    UpdateEndpoint,
    UpdateEndpointWeightsAndCapacities,
)
from engine.sagemaker.capacity import Desired, new_fleets, new_shadows
from engine.sagemaker.desired import NewcomersOf, desired_after, desired_at_start, shadows_at_start
from engine.timing import Timing
from engine.traffic.workload import OwnMetric
from engine.world import World

if TYPE_CHECKING:
    from engine.metrics.published import Metric

Kind = TypeVar("Kind", bound=Request)
UNKNOWN = "?"
"""The operation of something that is no request, and may have been meant as any."""
KINDS: Mapping[str, type[Request]] = {
    "CreateEndpointConfig": EndpointConfig,
    "PutMetricAlarm": MetricAlarm,
    "PutCompositeAlarm": CompositeAlarm,
    "UpdateEndpointWeightsAndCapacities": UpdateEndpointWeightsAndCapacities,
    "UpdateEndpoint": UpdateEndpoint,
    "CreateEndpoint": CreateEndpoint,
    "DeleteEndpoint": DeleteEndpoint,
    "SetAlarmState": SetAlarmState,
    "EnableAlarmActions": EnableAlarmActions,
    "DisableAlarmActions": DisableAlarmActions,
    "DeleteAlarms": DeleteAlarms,
    "PutMetricData": PutMetricData,
    "DeleteEndpointConfig": DeleteEndpointConfig,
    "RegisterScalableTarget": RegisterScalableTarget,
    "DeregisterScalableTarget": DeregisterScalableTarget,
    "PutScalingPolicy": PutScalingPolicy,
    "DeleteScalingPolicy": DeleteScalingPolicy,
    "PutScheduledAction": PutScheduledAction,
    "DeleteScheduledAction": DeleteScheduledAction,
    "CreateInferenceExperiment": CreateInferenceExperiment,
    "UpdateInferenceExperiment": UpdateInferenceExperiment,
    "StartInferenceExperiment": StartInferenceExperiment,
    "StopInferenceExperiment": StopInferenceExperiment,
    "DeleteInferenceExperiment": DeleteInferenceExperiment,
    "CreateTransformJob": CreateTransformJob,
    "StopTransformJob": StopTransformJob,
}
"""What a request of each operation is read as."""


CHANGES = (UpdateEndpoint, UpdateEndpointWeightsAndCapacities)
"""Requests that set an endpoint to Updating."""
LIFE = (CreateEndpoint, DeleteEndpoint)
"""Requests that let an endpoint come and go."""
SCALING = (
    RegisterScalableTarget,
    DeregisterScalableTarget,
    PutScalingPolicy,
    DeleteScalingPolicy,
    PutScheduledAction,
    DeleteScheduledAction,
)
"""Requests of Application Auto Scaling."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """A plan's requests in the order in which they are sent, and what exists before."""

    sent: tuple[tuple[Call, Request | None], ...]
    """None for a request that cannot be read."""
    world: World | None
    watching_others: frozenset[str] = frozenset()
    """The names of alarms on endpoints that this outlook leaves out."""

    @classmethod
    def of(cls, calls: Iterable[tuple[Call, bool]], world: World | None) -> Outlook:
        """Return the outlook, given of each call whether it is acceptable by itself."""
        return cls(tuple((call, read_step(call).request if fine else None) for call, fine in calls), world)

    def before(self, call: Call) -> Outlook:
        """Return the outlook with only what is sent earlier than `call`, if that is sent at all: of two steps of one
        moment with opposite conditions only one is."""
        place = next(index for index, (each, _) in enumerate(self.sent) if each is call)
        sent = tuple(pair for pair in self.sent[:place] if not _excludes(pair[0], call))
        return replace(self, sent=sent)

    def every(self, kind: type[Kind]) -> Iterator[tuple[Call, Kind]]:
        """Yield the requests of one kind; Unknown after the last if there are some that cannot be read."""
        for call, value in self.sent:
            if isinstance(value, kind):
                yield call, value
        self._insist(kind)

    def asked(self, *operations: str) -> Iterator[Call]:
        """Yield the calls of these operations of which at least a part can be read."""
        return (call for call, _ in self.sent if call.operation in operations and isinstance(call.request, Mapping))

    def known(self, *kinds: type[Request]) -> Iterator[tuple[Call, Request]]:
        """Yield the requests of these kinds in their order; Unknown after the last as above."""
        for call, value in self.sent:
            if isinstance(value, kinds):
                yield call, value
        self._insist(*kinds)

    def _insist(self, *kinds: type) -> None:
        if any(value is None and KINDS.get(call.operation, kinds[0]) in kinds for call, value in self.sent):
            raise Unknown

    @property
    def timing(self) -> Timing:
        """AWS's times in this world."""
        return self.world.timing if self.world else Timing()

    @property
    def own_metrics(self) -> tuple[OwnMetric, ...]:
        """What the team counts and publishes itself in this world."""
        return self.world.workload.own_metrics if self.world else ()

    @property
    def published(self) -> Mapping[str, Metric]:
        """All metrics that there are in this world."""
        from engine.metrics.published import metrics_with

        return metrics_with(self.own_metrics)

    @property
    def configs(self) -> Mapping[str, EndpointConfig]:
        """All endpoint configurations by name: the world's and the plan's, without those that it deletes."""
        configs = self._configs_before
        for _, request in self.known(EndpointConfig, DeleteEndpointConfig):
            _keep(configs, request)
        return configs

    @property
    def experiments(self) -> Mapping[str, CreateInferenceExperiment]:
        """All shadow tests by name, without those that are deleted."""
        found: dict[str, CreateInferenceExperiment] = {}
        for _, request in self.known(CreateInferenceExperiment, DeleteInferenceExperiment):
            if isinstance(request, CreateInferenceExperiment):
                found[request.name] = request
            elif isinstance(request, DeleteInferenceExperiment):
                found.pop(request.name, None)
        return found

    @property
    def _configs_before(self) -> dict[str, EndpointConfig]:
        return {each.endpoint_config_name: each for each in (self.world.configs if self.world else ())}

    @property
    def metric_alarms(self) -> Mapping[str, MetricAlarm]:
        """All metric alarms by name that there are at some time; one that is put replaces one that exists."""
        existing = self.world.alarms if self.world else ()
        return {alarm.alarm_name: alarm for alarm in (*existing, *(alarm for _, alarm in self.every(MetricAlarm)))}

    @property
    def alarm_names(self) -> frozenset[str]:
        """The names of all alarms that are there after all this, composite ones too."""
        found = {alarm.alarm_name for alarm in (self.world.alarms if self.world else ())} | self.watching_others
        for _, request in self.known(MetricAlarm, CompositeAlarm, DeleteAlarms):
            if isinstance(request, DeleteAlarms):
                found -= set(request.alarm_names)
            elif isinstance(request, MetricAlarm | CompositeAlarm):
                found |= {request.alarm_name}
        return frozenset(found)

    @property
    def put_metrics(self) -> frozenset[tuple[str, str]]:
        """Namespace and name of the metrics that the plan itself publishes."""
        put = (request for _, request in self.every(PutMetricData))
        return frozenset((each.namespace, datum.metric_name) for each in put for datum in each.metric_data)

    @property
    def asked_alarms(self) -> frozenset[str]:
        """The names of the alarms that conditions of its steps ask for."""
        conditions = (call.condition.raw for call, _ in self.sent if call.condition is not None)
        names = (raw.get("AlarmName") for raw in conditions if isinstance(raw, Mapping))
        return frozenset(name for name in names if isinstance(name, str))

    @property
    def current_config(self) -> EndpointConfig | None:
        """The configuration that the endpoint has after all this: the last one it was updated to."""
        return self.configs.get(self.current_name)

    @property
    def current_name(self) -> str:
        """The name of that configuration, which may have been deleted; empty if not known, or without an endpoint."""
        name = self.world.endpoint.endpoint_config_name if self.world else ""
        for _, request in self.known(UpdateEndpoint, *LIFE):
            name = "" if isinstance(request, DeleteEndpoint) else getattr(request, "endpoint_config_name", name)
        return name

    @property
    def desired(self) -> Mapping[str, Desired]:
        """Count and weight of each variant as last asked for; empty without a world."""
        return self._asked_for(desired_at_start(self.world), new_fleets) if self.world else {}

    @property
    def shadows(self) -> Mapping[str, Desired]:
        """The same of each shadow variant."""
        return self._asked_for(shadows_at_start(self.world), new_shadows) if self.world else {}

    def _asked_for(self, desired: Mapping[str, Desired], newcomers: NewcomersOf) -> Mapping[str, Desired]:
        configs = self._configs_before
        moves = (*CHANGES, *LIFE, RegisterScalableTarget)
        if any(self.known(*moves)):  # otherwise it does not matter which configurations there are
            for _, request in self.known(*moves, EndpointConfig, DeleteEndpointConfig):
                _keep(configs, request)
                desired = desired_after(desired, request, configs, newcomers)
        return desired

    @property
    def registered(self) -> Registered:
        """What is registered for scaling after all this."""
        registered = Registered()
        for before in self.world.scaling if self.world else ():
            registered = registered.after(before)
        for _, request in self.known(*SCALING, DeleteEndpoint):
            # An endpoint that is deleted takes all its targets along.
            registered = registered.after(request) if isinstance(request, SCALING) else Registered()
        return registered

    @property
    def last_deployment(self) -> DeploymentConfig | None:
        """What RetainDeploymentConfig would reuse."""
        last = self.world.endpoint.last_deployment_config if self.world else None
        for _, request in self.known(UpdateEndpoint, *LIFE):
            last = request.deployment_config or last if isinstance(request, UpdateEndpoint | CreateEndpoint) else None
        return last


def _excludes(one: Call, other: Call) -> bool:
    first, second = one.condition, other.condition
    if first is None or second is None or one.after_s != other.after_s:
        return False
    return first.raw == second.raw and first.holds != second.holds


def _keep(configs: dict[str, EndpointConfig], request: Request) -> None:
    """Bring the configurations up to date with one more request."""
    if isinstance(request, EndpointConfig):
        configs[request.endpoint_config_name] = request
    elif isinstance(request, DeleteEndpointConfig):
        configs.pop(request.endpoint_config_name, None)
