"""The SageMaker requests of a plan as values, with AWS's names and defaults (spec sagemaker 1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.bounds import Among, Bounded, bounded
from engine.errors import Wrong

TrafficRoutingType = Literal["ALL_AT_ONCE", "CANARY", "LINEAR"]
RoutingStrategy = Literal["RANDOM", "LEAST_OUTSTANDING_REQUESTS"]
VariantProperty = Literal["DesiredInstanceCount", "DesiredWeight", "DataCaptureConfig"]
MOST_INSTANCES = 1000
"""Of one variant: ours; AWS has quotas per account."""
HEAVIEST = 3.4e38
"""A weight is a number of single precision, as the service model says: several can be added up."""
MEMORY_MB = (1024, 2048, 3072, 4096, 5120, 6144)
"""MemorySizeInMB of a serverless variant (spec sagemaker 8)."""
MOST_CONCURRENCY = 200
"""Of a serverless endpoint (spec sagemaker 8)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerlessConfig(Bounded):
    """How large the environments of a serverless variant are, and how many may work at once (spec inference 3)."""

    memory_size_in_mb: int = bounded(rule=Among(MEMORY_MB))
    max_concurrency: int = bounded(low=1, high=MOST_CONCURRENCY)
    provisioned_concurrency: int | None = bounded(None, low=1, high=MOST_CONCURRENCY)
    """Environments that are always warm; None: all of them come with the requests."""

    def wrongs(self) -> Iterator[Wrong]:
        """Yield also more environments that are always warm than may work at once."""
        yield from super(ServerlessConfig, self).wrongs()
        if self.provisioned > self.max_concurrency:
            say = f"must not be above max_concurrency {self.max_concurrency}, got {self.provisioned}"
            yield Wrong("provisioned_concurrency", say)

    @property
    def provisioned(self) -> int:
        """How many environments are always warm."""
        return self.provisioned_concurrency or 0


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
    serverless_config: ServerlessConfig | None = None
    """With it the variant has no instances: their type, number and routing mean nothing then."""

    def wrongs(self) -> Iterator[Wrong]:
        """Yield also a number of instances of a variant that has none."""
        yield from super(ProductionVariant, self).wrongs()
        if self.serverless_config is not None and self.initial_instance_count != 1:
            yield Wrong("initial_instance_count", "must be left out: a serverless variant has no instances")


@dataclass(frozen=True, slots=True, kw_only=True)
class AsyncOutputConfig:
    """Where answers of an asynchronous endpoint go, and whom they are told: all of it moves nothing here."""

    s3_output_path: str | None = None
    s3_failure_path: str | None = None
    kms_key_id: str | None = None
    success_topic: str | None = None
    error_topic: str | None = None
    include_inference_response_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AsyncInferenceConfig(Bounded):
    """With it requests of an endpoint wait in a queue, and nobody waits for their answers (spec inference 4)."""

    output_config: AsyncOutputConfig = AsyncOutputConfig()
    max_concurrent_invocations_per_instance: int | None = bounded(None, low=1, high=1000)
    """None: SageMaker picks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointConfig:
    """A CreateEndpointConfig request; immutable, as on AWS."""

    endpoint_config_name: str
    production_variants: tuple[ProductionVariant, ...]
    shadow_production_variants: tuple[ProductionVariant, ...] = ()
    """They get copies of the requests, and their answers go nowhere (spec sagemaker 9)."""
    async_inference_config: AsyncInferenceConfig | None = None
    """None: an answer is waited for."""

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

    @property
    def policy(self) -> UpdatePolicy | None:
        """The policy that it holds; of two, which the service refuses, the rolling one."""
        return self.rolling_update_policy or self.blue_green_update_policy


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateEndpoint:
    """Bring an endpoint into being, on a configuration."""

    endpoint_name: str
    endpoint_config_name: str
    deployment_config: DeploymentConfig | None = None
    """Kept for later updates; it does not guard the creation (spec sagemaker 1.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteEndpoint:
    """Remove an endpoint with its instances; configurations, models and alarms stay."""

    endpoint_name: str


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
class ServerlessUpdateConfig(Bounded):
    """What changes of a serverless variant; None: as it is."""

    max_concurrency: int | None = bounded(None, low=1, high=MOST_CONCURRENCY)
    provisioned_concurrency: int | None = bounded(None, low=1, high=MOST_CONCURRENCY)


@dataclass(frozen=True, slots=True, kw_only=True)
class DesiredWeightAndCapacity(Bounded):
    """A new weight, a new instance count or concurrency, or several of them, for one variant."""

    variant_name: str
    desired_weight: float | None = bounded(None, low=0, high=HEAVIEST)
    desired_instance_count: int | None = bounded(None, low=0, high=MOST_INSTANCES)
    serverless_update_config: ServerlessUpdateConfig | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateEndpointWeightsAndCapacities:
    """Change weights or counts without a new configuration."""

    endpoint_name: str
    desired_weights_and_capacities: tuple[DesiredWeightAndCapacity, ...]
