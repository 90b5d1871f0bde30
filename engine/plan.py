"""A plan: the AWS requests that a learner sends, in order."""

from __future__ import annotations

from dataclasses import dataclass

from engine.bounds import Bounded, bounded
from engine.requests.autoscaling import PutScalingPolicy, ScalingRequest
from engine.requests.batch import CreateTransformJob, StopTransformJob
from engine.requests.cloudwatch import (
    CompositeAlarm,
    DeleteAlarms,
    DisableAlarmActions,
    EnableAlarmActions,
    MetricAlarm,
    SetAlarmState,
)
from engine.requests.conditions import When
from engine.requests.experiments import ExperimentRequest
from engine.requests.metric_data import PutMetricData
from engine.requests.sagemaker import (
    CreateEndpoint,
    DeleteEndpoint,
    DeleteEndpointConfig,
    EndpointConfig,
    UpdateEndpoint,
    UpdateEndpointWeightsAndCapacities,
)

Request = (
    EndpointConfig
    | MetricAlarm
    | CompositeAlarm
    | UpdateEndpoint
    | CreateEndpoint
    | DeleteEndpoint
    | UpdateEndpointWeightsAndCapacities
    | SetAlarmState
    | EnableAlarmActions
    | DisableAlarmActions
    | DeleteAlarms
    | PutMetricData
    | DeleteEndpointConfig
    | ScalingRequest
    | ExperimentRequest
    | CreateTransformJob
    | StopTransformJob
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Bounded):
    """One request and when it is sent."""

    request: Request
    after_s: float = bounded(0.0, low=0, high=2_419_200)
    """Seconds after the world's `update_at_s`."""
    when: When | None = None
    """What must hold at that moment, else the request is not sent."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is sent to the simulated cloud; an empty plan leaves the endpoint alone."""

    steps: tuple[Step, ...] = ()

    @classmethod
    def of(cls, *requests: Request) -> Plan:
        """Return the plan that sends these requests at once, in this order."""
        return cls(tuple(Step(request=request) for request in requests))

    @property
    def updates(self) -> tuple[UpdateEndpoint, ...]:
        """All updates that the plan asks for, of whichever endpoint."""
        return tuple(s.request for s in self.steps if isinstance(s.request, UpdateEndpoint))

    def update_of(self, endpoint_name: str) -> UpdateEndpoint | None:
        """Return the first update of that endpoint, which is what most plans are about."""
        return next((each for each in self.updates if each.endpoint_name == endpoint_name), None)

    @property
    def metric_alarms(self) -> tuple[MetricAlarm, ...]:
        """All metric alarms that the plan puts."""
        return tuple(s.request for s in self.steps if isinstance(s.request, MetricAlarm))

    @property
    def conditions(self) -> tuple[When, ...]:
        """All conditions of its steps."""
        return tuple(s.when for s in self.steps if s.when is not None)

    @property
    def composite_alarms(self) -> tuple[CompositeAlarm, ...]:
        """All composite alarms that the plan puts."""
        return tuple(s.request for s in self.steps if isinstance(s.request, CompositeAlarm))

    @property
    def scaling_policies(self) -> tuple[PutScalingPolicy, ...]:
        """All scaling policies that the plan puts."""
        return tuple(s.request for s in self.steps if isinstance(s.request, PutScalingPolicy))

    @property
    def configs(self) -> tuple[EndpointConfig, ...]:
        """All endpoint configurations that the plan creates."""
        return tuple(s.request for s in self.steps if isinstance(s.request, EndpointConfig))
