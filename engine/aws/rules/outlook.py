"""The plan as values beside the world it meets: what the rules and the advice are asked about.

A request that is refused by itself cannot be read; whoever asks for what it might have said is told that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

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
from engine.requests.cloudwatch import CompositeAlarm, MetricAlarm, SetAlarmState
from engine.requests.sagemaker import (
    DeleteEndpointConfig,
    DeploymentConfig,
    EndpointConfig,
    ProductionVariant,
    RollingUpdatePolicy,
    UpdateEndpoint,
    UpdateEndpointWeightsAndCapacities,
)
from engine.sagemaker.account import deployment_of
from engine.sagemaker.capacity import Desired, new_fleets
from engine.sagemaker.desired import desired_after, desired_at_start
from engine.sagemaker.updates.schedule import Replacement, Schedule, schedule
from engine.sagemaker.updates.terms import policy_of
from engine.timing import Timing
from engine.world import World

Kind = TypeVar("Kind", bound=Request)
UNKNOWN = "?"
"""The operation of something that is no request, and may have been meant as any."""
KINDS: Mapping[str, type[Request]] = {
    "CreateEndpointConfig": EndpointConfig,
    "PutMetricAlarm": MetricAlarm,
    "PutCompositeAlarm": CompositeAlarm,
    "UpdateEndpointWeightsAndCapacities": UpdateEndpointWeightsAndCapacities,
    "UpdateEndpoint": UpdateEndpoint,
    "SetAlarmState": SetAlarmState,
    "DeleteEndpointConfig": DeleteEndpointConfig,
    "RegisterScalableTarget": RegisterScalableTarget,
    "DeregisterScalableTarget": DeregisterScalableTarget,
    "PutScalingPolicy": PutScalingPolicy,
    "DeleteScalingPolicy": DeleteScalingPolicy,
    "PutScheduledAction": PutScheduledAction,
    "DeleteScheduledAction": DeleteScheduledAction,
}
"""What a request of each operation is read as."""


CHANGES = (UpdateEndpoint, UpdateEndpointWeightsAndCapacities)
"""Requests that set an endpoint to Updating."""
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

    @classmethod
    def of(cls, calls: Iterable[tuple[Call, bool]], world: World | None) -> Outlook:
        """Return the outlook, given of each call whether it is acceptable by itself."""
        return cls(tuple((call, read_step(call).request if fine else None) for call, fine in calls), world)

    def before(self, call: Call) -> Outlook:
        """Return the outlook with only what is sent earlier than `call`, if that is sent at all: of two steps of one
        moment with opposite conditions only one is."""
        place = next(index for index, (each, _) in enumerate(self.sent) if each is call)
        return Outlook(tuple(pair for pair in self.sent[:place] if not _excludes(pair[0], call)), self.world)

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
    def configs(self) -> Mapping[str, EndpointConfig]:
        """All endpoint configurations by name: the world's and the plan's, without those that it deletes."""
        configs = self._configs_before
        for _, request in self.known(EndpointConfig, DeleteEndpointConfig):
            _keep(configs, request)
        return configs

    @property
    def _configs_before(self) -> dict[str, EndpointConfig]:
        return {each.endpoint_config_name: each for each in (self.world.configs if self.world else ())}

    @property
    def metric_alarms(self) -> Mapping[str, MetricAlarm]:
        """All metric alarms by name; one that is put replaces one that exists."""
        existing = self.world.alarms if self.world else ()
        return {alarm.alarm_name: alarm for alarm in (*existing, *(alarm for _, alarm in self.every(MetricAlarm)))}

    @property
    def alarm_names(self) -> frozenset[str]:
        """The names of all alarms, composite ones too."""
        composites = (alarm.alarm_name for _, alarm in self.every(CompositeAlarm))
        return frozenset((*self.metric_alarms, *composites))

    @property
    def current_config(self) -> EndpointConfig | None:
        """The configuration that the endpoint has after all this: the last one it was updated to."""
        return self.configs.get(self.current_name)

    @property
    def current_name(self) -> str:
        """The name of that configuration, which may have been deleted; empty where it is not known."""
        targets = [update.endpoint_config_name for _, update in self.every(UpdateEndpoint)]
        first = self.world.endpoint.endpoint_config_name if self.world else ""
        return [first, *targets][-1]

    @property
    def desired(self) -> Mapping[str, Desired]:
        """Count and weight of each variant as last asked for; empty without a world."""
        if self.world is None:
            return {}
        desired, configs = desired_at_start(self.world), self._configs_before
        if any(self.known(*CHANGES)):  # otherwise it does not matter which configurations there are
            for _, request in self.known(*CHANGES, EndpointConfig, DeleteEndpointConfig):
                _keep(configs, request)
                desired = desired_after(desired, request, configs)
        return desired

    @property
    def registered(self) -> Registered:
        """What is registered for scaling after all this."""
        registered = Registered()
        for before in self.world.scaling if self.world else ():
            registered = registered.after(before)
        for _, request in self.known(*SCALING):
            if isinstance(request, SCALING):
                registered = registered.after(request)
        return registered

    @property
    def last_deployment(self) -> DeploymentConfig | None:
        """What RetainDeploymentConfig would reuse."""
        given = [update.deployment_config for _, update in self.every(UpdateEndpoint) if update.deployment_config]
        first = self.world.endpoint.last_deployment_config if self.world else None
        return given[-1] if given else first


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


@dataclass(frozen=True, slots=True)
class Rollout:
    """One UpdateEndpoint with what it will really do."""

    call: Call
    update: UpdateEndpoint
    outlook: Outlook
    """What is there when it is sent."""

    @property
    def deployment(self) -> DeploymentConfig | None:
        """The DeploymentConfig that applies: with RetainDeploymentConfig the last one, if there is one."""
        return deployment_of(self.update, self.outlook.last_deployment)

    @property
    def target(self) -> tuple[ProductionVariant, ...]:
        """The new variants; none where the configuration is not known."""
        config = self.outlook.configs.get(self.update.endpoint_config_name)
        return config.production_variants if config else ()

    @property
    def is_serverless(self) -> bool:
        """Is one of the two configurations serverless, so that there are no guardrails (spec sagemaker 2.9, 8)?"""
        now = any(each.serverless is not None for each in self.outlook.desired.values())
        return now or any(each.serverless_config is not None for each in self.target)

    @property
    def fleets(self) -> Mapping[str, int]:
        """Instances of the new fleet of each variant; none where the configuration is not known."""
        config = self.outlook.configs.get(self.update.endpoint_config_name)
        found = new_fleets(config, self.update, self.outlook.desired) if config else ()
        return {each.variant.variant_name: each.count for each in found}

    @property
    def schedule(self) -> Schedule:
        """What the update does, if nothing goes wrong."""
        policy, now = policy_of(self.deployment), self.outlook.desired
        fleets = {
            name: Replacement(old=now[name].count if name in now else new, new=new) for name, new in self.fleets.items()
        }
        if isinstance(policy, RollingUpdatePolicy):
            fleets = dict([*fleets.items()][:1])
        return schedule(policy, fleets or {"": Replacement(old=PERCENT, new=PERCENT)}, self.outlook.timing)


PERCENT = 100
"""Instances that a fleet of unknown size is taken to have, so that a percentage is exact."""


def rollouts(outlook: Outlook) -> Iterator[Rollout]:
    """Yield every UpdateEndpoint of the plan."""
    return (Rollout(call, update, outlook.before(call)) for call, update in outlook.every(UpdateEndpoint))
