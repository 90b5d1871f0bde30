"""CreateEndpoint carried out: Creating, and then InService or Failed (spec sagemaker 3.2, 4.5, 8).

DescribeEndpoint shows the variants from the beginning, without instances: AWS names VariantStatus Creating, and what
else it shows meanwhile was not found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.requests.sagemaker import AsyncInferenceConfig, CreateEndpoint, EndpointConfig, ProductionVariant
from engine.sagemaker.cloud import Cloud
from engine.sagemaker.endpoint import VariantState, VariantStatus
from engine.sagemaker.life.launching import in_vain, lacks_capacity, provision_time
from engine.sagemaker.updates.steps import Steps


def create(cloud: Cloud, request: CreateEndpoint, config: EndpointConfig) -> None:
    """Begin an endpoint that has been accepted; its instances are billed from now on, as those of an update are, if
    there are any."""
    endpoint, now = cloud.endpoint, cloud.env.now
    endpoint.begin(config.endpoint_config_name, now)
    endpoint.last_deployment_config = request.deployment_config
    endpoint.variants = list(_launched(cloud, config.production_variants, config.async_inference_config))
    endpoint.shadows = list(_launched(cloud, config.shadow_production_variants, None))
    say = f"CreateEndpoint on {config.endpoint_config_name}: accepted."
    if not cloud.is_expected:
        say = f"{say} Nobody calls it: the world has callers for other endpoints."
    cloud.recorder.event(now, "CreateEndpoint", say, status=200)
    cloud.recorder.begin(now, "Creating", f"Creating the endpoint on {config.endpoint_config_name}.")
    cloud.changed()
    cloud.env.process(_creating(cloud))


def _launched(
    cloud: Cloud, variants: Iterable[ProductionVariant], asynchronous: AsyncInferenceConfig | None
) -> Iterator[VariantState]:
    now = cloud.env.now
    for variant in variants:
        count, fleet = variant.initial_instance_count, cloud.fleet(variant, cloud.endpoint.config_name, asynchronous)
        fleet.launch(0 if lacks_capacity(cloud, fleet) else count)
        what = "Creating the variant." if variant.serverless_config else f"Launching {count} instance(s)."
        yield VariantState(
            variant=variant,
            weight=variant.initial_variant_weight,
            desired_count=count,
            fleet=fleet,
            doing=VariantStatus("Creating", what, now),
        )


def _creating(cloud: Cloud) -> Steps:
    """Wait for the instances, and put them in service, or fail."""
    endpoint = cloud.endpoint
    config, failure = endpoint.config_name, in_vain(cloud, [state.fleet for state in endpoint.all_variants])
    yield cloud.env.timeout(provision_time(cloud) if failure is None else failure.after_s)
    now = cloud.env.now
    cloud.recorder.end(now)
    if failure is not None:
        endpoint.variants, endpoint.shadows, endpoint.failure_reason = [], [], failure.reason
        endpoint.turn("Failed", now)
    else:
        for state in endpoint.all_variants:
            state.fleet.enable(state.desired_count, now)
            state.doing = None
        endpoint.turn("InService", now)
    cloud.reroute()
    cloud.recorder.event(now, endpoint.status, endpoint.failure_reason or f"In service on {config}.")
