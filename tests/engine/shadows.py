"""Worlds with a shadow variant: endpoint `churn`, production variant `main` on `v1`, and `shadow` beside it."""

from __future__ import annotations

from dataclasses import replace

from engine.requests.sagemaker import ProductionVariant
from tests.engine.rollouts import GOOD, config, model, world

DIES = model(error_rate_5xx=1.0)
"""A model that fails every request."""


def shadow(weight=0.5, count=1, model_name="shadow", **fields):
    """Return a shadow variant."""
    return ProductionVariant(
        variant_name=fields.pop("variant_name", "shadow"),
        model_name=model_name,
        initial_instance_count=count,
        initial_variant_weight=weight,
        **fields,
    )


def shadowed(name, *shadows, **fields):
    """Return a configuration with shadow variants."""
    return replace(config(name, **fields), shadow_production_variants=shadows or (shadow(),))


def world_with(variant=None, *, of=GOOD, old=GOOD, new=GOOD, count=4, **changes):
    """Return a world whose `v1` has the shadow variant, and whose `v2` has none."""
    configs = (shadowed("v1", *([variant] if variant else []), count=count), config("v2", count))
    return world(configs=configs, models={"v1": old, "v2": new, "shadow": of}, **changes)


def without_shadows(world):
    """Return the same world in which no configuration has a shadow variant."""
    bare = tuple(replace(each, shadow_production_variants=()) for each in world.configs)
    return replace(world, configs=bare)


def of_production(run):
    """Return the metrics that are not a shadow's."""
    return [series for series in run.metrics if dict(series.dimensions)["VariantName"] != "shadow"]


def points(run, name, stat, variant="shadow", config="v1"):
    """Return the points of one metric of a variant under one configuration."""
    wanted = {"EndpointName": "churn", "VariantName": variant, "EndpointConfigName": config}
    [series] = [s for s in run.metrics if (s.name, s.stat, dict(s.dimensions)) == (name, stat, wanted)]
    return series.points
