"""The SageMaker requests of a plan as values, with AWS's names and defaults (spec sagemaker 1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.bounds import Bounded, bounded

TrafficRoutingType = Literal["ALL_AT_ONCE", "CANARY", "LINEAR"]
RoutingStrategy = Literal["RANDOM", "LEAST_OUTSTANDING_REQUESTS"]
VariantProperty = Literal["DesiredInstanceCount", "DesiredWeight", "DataCaptureConfig"]
MOST_INSTANCES = 1000
"""Of one variant: ours; AWS has quotas per account."""
HEAVIEST = 3.4e38
"""A weight is a number of single precision, as the service model says: several can be added up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductionVariant(Bounded):
    """A model on a number of instances with a share of the endpoint's traffic."""

    variant_name: str
    model_name: str
    instance_type: str = "ml.m5.large"
    initial_instance_count: int = bounded(1, low=1, high=MOST_INSTANCES)
    initial_variant_weight: float = bounded(1.0, low=0, high=HEAVIEST)
    routing_strategy: RoutingStrategy = "RANDOM"
    """AWS's default is not stated by any API text; its blog says random (spec sagemaker 5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointConfig:
    """A CreateEndpointConfig request; immutable, as on AWS."""

    endpoint_config_name: str
    production_variants: tuple[ProductionVariant, ...]
    shadow_production_variants: tuple[ProductionVariant, ...] = ()
    """They get copies of the requests, and their answers go nowhere (spec sagemaker 9)."""

    @property
    def variants(self) -> tuple[ProductionVariant, ...]:
        """All of them, production first."""
        return (*self.production_variants, *self.shadow_production_variants)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteEndpointConfig:
    """Remove a configuration. AWS forbids it in words for one that is in use; tools do it all the same, and then the
    next change of the endpoint finds no configuration (spec sagemaker 1.6, 10)."""

    endpoint_config_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacitySize(Bounded):
    """A number of instances, or a percentage of the fleet."""

    type: Literal["INSTANCE_COUNT", "CAPACITY_PERCENT"]
    value: int = bounded(low=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficRoutingConfiguration(Bounded):
    """How a blue/green update moves its traffic."""

    type: TrafficRoutingType
    wait_interval_in_seconds: int = bounded(low=0, high=3600)
    canary_size: CapacitySize | None = None
    linear_step_size: CapacitySize | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlueGreenUpdatePolicy(Bounded):
    """Two whole fleets side by side."""

    traffic_routing_configuration: TrafficRoutingConfiguration
    termination_wait_in_seconds: int = bounded(0, low=0, high=3600)
    maximum_execution_timeout_in_seconds: int | None = bounded(None, low=600, high=28_800)


@dataclass(frozen=True, slots=True, kw_only=True)
class RollingUpdatePolicy(Bounded):
    """Batch by batch, with about one batch of extra instances."""

    maximum_batch_size: CapacitySize
    wait_interval_in_seconds: int = bounded(low=0, high=3600)
    maximum_execution_timeout_in_seconds: int | None = bounded(None, low=600, high=28_800)
    rollback_maximum_batch_size: CapacitySize | None = None
    """None: the whole old fleet at once."""


UpdatePolicy = BlueGreenUpdatePolicy | RollingUpdatePolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentConfig:
    """How an UpdateEndpoint is carried out; at most one of the two policies."""

    blue_green_update_policy: BlueGreenUpdatePolicy | None = None
    rolling_update_policy: RollingUpdatePolicy | None = None
    alarms: tuple[str, ...] = ()
    """AutoRollbackConfiguration.Alarms, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateEndpoint:
    """Move an endpoint to another configuration."""

    endpoint_name: str
    endpoint_config_name: str
    deployment_config: DeploymentConfig | None = None
    retain_all_variant_properties: bool = False
    exclude_retained_variant_properties: tuple[VariantProperty, ...] = ()
    retain_deployment_config: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DesiredWeightAndCapacity(Bounded):
    """A new weight, a new instance count, or both, for one variant."""

    variant_name: str
    desired_weight: float | None = bounded(None, low=0, high=HEAVIEST)
    desired_instance_count: int | None = bounded(None, low=0, high=MOST_INSTANCES)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateEndpointWeightsAndCapacities:
    """Change weights or counts without a new configuration."""

    endpoint_name: str
    desired_weights_and_capacities: tuple[DesiredWeightAndCapacity, ...]
