"""A small world to send plans to."""

from __future__ import annotations

from typing import Any

from engine.requests.sagemaker import EndpointConfig, ProductionVariant
from engine.serving.model import Model, ServiceTime
from engine.traffic.workload import Workload
from engine.world import Endpoint, World


def fleet(name: str, *variants: str, count: int = 4) -> EndpointConfig:
    """Return a configuration with these variants, all on the model of the same name."""
    return EndpointConfig(
        endpoint_config_name=name,
        production_variants=tuple(
            ProductionVariant(variant_name=each, model_name=name, initial_instance_count=count)
            for each in variants or ("main",)
        ),
    )


def world(count: int = 4, rate: float = 20, **fields: Any) -> World:
    """Return an endpoint `churn` on `churn-v1`, with `churn-v2` waiting."""
    configs = fields.pop("configs", (fleet("churn-v1", count=count), fleet("churn-v2", count=count)))
    model = Model(service=ServiceTime(mean_ms=40))
    return World(
        endpoint=fields.pop("endpoint", Endpoint(endpoint_name="churn", endpoint_config_name="churn-v1")),
        configs=configs,
        models={config.endpoint_config_name: model for config in configs} | {"churn-v3": model},
        workload=Workload(rate=rate),
        **fields,
    )
