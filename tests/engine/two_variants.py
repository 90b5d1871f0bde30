"""A world with two variants, A and B, whose answers may lead to an order, each on a model of its own name."""

from __future__ import annotations

from engine.requests.sagemaker import EndpointConfig, ProductionVariant
from engine.traffic.workload import BusinessOutcome, Workload
from engine.world import Endpoint, World
from tests.engine.rollouts import STEADY, model

ORDERS = BusinessOutcome(name="Orders", base_rate=0.05)


def of_variant(name):
    """Return the dimensions of what the caller publishes about a variant."""
    return (("EndpointName", "churn"), ("VariantName", name))


def two_variants(a=None, b=None, *, weights=(1.0, 1.0), rate=20.0, outcome=ORDERS, **changes):
    """Return the world; `a` and `b` are models, by default healthy ones that convert at the base rate."""
    variants = tuple(
        ProductionVariant(variant_name=name, model_name=name, initial_instance_count=4, initial_variant_weight=weight)
        for name, weight in zip("AB", weights, strict=True)
    )
    workload = {name: changes.pop(name) for name in ("users", "target_variants", "client_timeout_s") if name in changes}
    fields = {
        "endpoint": Endpoint(endpoint_name="churn", endpoint_config_name="ab"),
        "configs": (EndpointConfig(endpoint_config_name="ab", production_variants=variants),),
        "models": {"A": a or model(), "B": b or model()},
        "workload": Workload(rate=rate, outcome=outcome, **workload),
        "duration_s": 1800.0,
        "timing": STEADY,
        **changes,
    }
    return World(**fields)
