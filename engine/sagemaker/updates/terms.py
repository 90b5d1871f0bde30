"""What belongs to which policy, and how large a size may be: one row per field (spec sagemaker 1.2, 1.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.requests.sagemaker import (
    BlueGreenUpdatePolicy,
    CapacitySize,
    DeploymentConfig,
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
    if deployment is None:
        return DEFAULT_POLICY
    return deployment.rolling_update_policy or deployment.blue_green_update_policy or DEFAULT_POLICY


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


def step_size(policy: UpdatePolicy) -> CapacitySize | None:
    """Return the size of a policy's shifts; None where everything moves at once."""
    strategy = strategy_of(policy)
    return next(
        (value for size, value in sizes_of(policy).items() if size.strategy == strategy and size.required), None
    )
