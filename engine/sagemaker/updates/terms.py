"""The terms of an update: what belongs to which policy, how large a size may be, and which policy applies
(spec sagemaker 1.2, 1.4, 2.9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, assert_never

from engine.requests.sagemaker import (
    BlueGreenUpdatePolicy,
    CapacitySize,
    DeploymentConfig,
    ProductionVariant,
    RollingUpdatePolicy,
    TrafficRoutingConfiguration,
    UpdatePolicy,
)

Strategy = Literal["ALL_AT_ONCE", "CANARY", "LINEAR", "ROLLING"]
BLUE_GREEN: tuple[str, ...] = ("BlueGreenUpdatePolicy", "TrafficRoutingConfiguration")
ROLLING: tuple[str, ...] = ("RollingUpdatePolicy",)

DEFAULT_POLICY = BlueGreenUpdatePolicy(
    traffic_routing_configuration=TrafficRoutingConfiguration(type="ALL_AT_ONCE", wait_interval_in_seconds=0)
)
"""What an update without a policy gets (spec sagemaker 1.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A CapacitySize of a policy: where it stands in a DeploymentConfig, whose it is, and its bounds."""

    field: str
    parents: tuple[str, ...]
    strategy: Strategy
    """The only one that reads it."""
    low: int
    """Percent of the variant's instances."""
    high: int
    required: bool = True

    @property
    def path(self) -> tuple[str, ...]:
        """Where it stands in a DeploymentConfig."""
        return (*self.parents, self.field)

    def allows(self, value: CapacitySize, fleet: int) -> bool:
        """Does AWS take `value` for a variant of `fleet` instances? A number of them is judged by its share."""
        of_all = value.value * (100 if value.type == "INSTANCE_COUNT" else fleet)
        return fleet * self.low <= of_all <= fleet * self.high


CANARY_SIZE = Size(field="CanarySize", parents=BLUE_GREEN, strategy="CANARY", low=1, high=50)
LINEAR_STEP_SIZE = Size(field="LinearStepSize", parents=BLUE_GREEN, strategy="LINEAR", low=10, high=50)
MAXIMUM_BATCH_SIZE = Size(field="MaximumBatchSize", parents=ROLLING, strategy="ROLLING", low=5, high=50)
ROLLBACK_MAXIMUM_BATCH_SIZE = Size(
    field="RollbackMaximumBatchSize", parents=ROLLING, strategy="ROLLING", low=1, high=100, required=False
)
"""Bounds that AWS does not state: 100 % is the whole old fleet at once (spec sagemaker 1.4)."""
SIZES = (CANARY_SIZE, LINEAR_STEP_SIZE, MAXIMUM_BATCH_SIZE, ROLLBACK_MAXIMUM_BATCH_SIZE)


def policy_of(deployment: DeploymentConfig | None) -> UpdatePolicy:
    """Return the policy that an update follows."""
    return (deployment and deployment.policy) or DEFAULT_POLICY


def field_of(policy: UpdatePolicy) -> str:
    """Return under which name the policy stands in a DeploymentConfig."""
    match policy:
        case BlueGreenUpdatePolicy():
            return BLUE_GREEN[0]
        case RollingUpdatePolicy():
            return ROLLING[0]
        case _:
            assert_never(policy)


def strategy_of(policy: UpdatePolicy) -> Strategy:
    """Return the name of what the policy does."""
    return "ROLLING" if isinstance(policy, RollingUpdatePolicy) else policy.traffic_routing_configuration.type


def sizes_of(policy: UpdatePolicy) -> Mapping[Size, CapacitySize]:
    """Return every size that the policy holds, also one that its strategy does not read."""
    if isinstance(policy, RollingUpdatePolicy):
        found = {
            MAXIMUM_BATCH_SIZE: policy.maximum_batch_size,
            ROLLBACK_MAXIMUM_BATCH_SIZE: policy.rollback_maximum_batch_size,
        }
    else:
        routing = policy.traffic_routing_configuration
        found = {CANARY_SIZE: routing.canary_size, LINEAR_STEP_SIZE: routing.linear_step_size}
    return {size: value for size, value in found.items() if value is not None}


def step_size(policy: UpdatePolicy) -> tuple[CapacitySize, Size] | None:
    """Return the size of a policy's shifts, with its terms; None where everything moves at once."""
    strategy = strategy_of(policy)
    found = ((value, size) for size, value in sizes_of(policy).items() if size.strategy == strategy and size.required)
    return next(found, None)


@dataclass(frozen=True, slots=True)
class Terms:
    """How an update is carried out."""

    policy: UpdatePolicy
    alarms: tuple[str, ...]
    guarded: bool
    """False for excluded endpoints: they get no deployment events."""

    @property
    def bills_both(self) -> bool:
        """Is the new fleet billed beside the old one? Not for all-at-once without baking (spec sagemaker 2.8)."""
        if isinstance(self.policy, RollingUpdatePolicy):
            return True
        routing = self.policy.traffic_routing_configuration
        return routing.type != "ALL_AT_ONCE" or self.policy.termination_wait_in_seconds > 0


def terms_of(settings: DeploymentConfig | None, variants: Iterable[ProductionVariant]) -> Terms:
    """Return how an update from and to these variants is carried out; Inf1 instances silently fall back to all at once
    without baking.

    Whether the old or the new fleet must have them is not published (spec sagemaker 2.9 speaks of the endpoint): here
    either will do.
    """
    excluded = any(variant.instance_type.startswith("ml.inf1.") for variant in variants)
    if settings is None:
        return Terms(DEFAULT_POLICY, (), guarded=not excluded)
    return Terms(DEFAULT_POLICY if excluded else policy_of(settings), settings.alarms, guarded=not excluded)
