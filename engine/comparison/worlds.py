"""Each option as a world to be simulated, and the plan to be sent in it."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from engine.comparison.comparison import Comparison
from engine.comparison.options import Asynchronous, Batch, Option, RealTime, Serverless
from engine.comparison.sizes import input_of, job_of, memory_of
from engine.plan import Plan
from engine.requests.sagemaker import (
    AsyncInferenceConfig,
    EndpointConfig,
    ProductionVariant,
    RoutingStrategy,
    ServerlessConfig,
)
from engine.traffic.workload import Workload
from engine.world import Endpoint, World

NAME, VARIANT = "compared", "main"
LONGEST_S = 172_800.0
"""A run that is looked at for two days, for jobs of which nobody knows how long they take."""


def world_of(comparison: Comparison, option: Option, count: int, records: int) -> tuple[World, Plan]:
    """Return the world in which an option serves the workload, and what is sent there."""
    match option:
        case RealTime():
            return _world(comparison, _on_instances(option, count, option.routing_strategy)), Plan()
        case Asynchronous():
            workers = comparison.candidate(option).workers
            asynchronous = AsyncInferenceConfig(max_concurrent_invocations_per_instance=workers)
            return _world(comparison, _on_instances(option, count), asynchronous), Plan()
        case Serverless():
            return _world(comparison, _serverless(comparison, option)), Plan()
        case Batch():
            return _batch(comparison, option, count, records)
        case _:
            assert_never(option)


def _world(
    comparison: Comparison, variant: ProductionVariant, asynchronous: AsyncInferenceConfig | None = None
) -> World:
    config = EndpointConfig(
        endpoint_config_name=NAME, production_variants=(variant,), async_inference_config=asynchronous
    )
    return World(
        endpoint=Endpoint(endpoint_name=NAME, endpoint_config_name=NAME),
        configs=(config,),
        models={variant.model_name: comparison.models[variant.model_name]},
        workload=comparison.workload,
        duration_s=comparison.duration_s,
        timing=comparison.timing,
        prices_per_hour=comparison.prices_per_hour,
        instance_types=comparison.instance_types,
    )


def _on_instances(
    option: RealTime | Asynchronous | Batch, count: int, routing: RoutingStrategy = "RANDOM"
) -> ProductionVariant:
    return ProductionVariant(
        variant_name=VARIANT,
        model_name=option.model,
        instance_type=option.instance_type,
        initial_instance_count=count,
        routing_strategy=routing,
    )


def _serverless(comparison: Comparison, option: Serverless) -> ProductionVariant:
    environments = ServerlessConfig(
        memory_size_in_mb=memory_of(comparison, option),
        max_concurrency=option.max_concurrency,
        provisioned_concurrency=option.provisioned_concurrency,
    )
    return ProductionVariant(variant_name=VARIANT, model_name=option.model, serverless_config=environments)


def _batch(comparison: Comparison, option: Batch, count: int, records: int) -> tuple[World, Plan]:
    """Return a world in which all records lie in S3, beside an endpoint that nobody asks and nobody counts."""
    world = replace(
        _world(replace(comparison, workload=Workload(rate=0.0)), _on_instances(option, 1)),
        duration_s=LONGEST_S,
        update_at_s=0.0,
        inputs=input_of(comparison, option, count, records),
    )
    return world, Plan.of(job_of(comparison, option, count, records))
