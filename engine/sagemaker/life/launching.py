"""What becomes of instances that are asked for: how long they take, or why they never serve (spec sagemaker 4.5, 8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.sagemaker.cloud import Cloud
from engine.serving.fleet import Fleet

NO_CAPACITY = "Unable to provision requested ML compute capacity due to InsufficientInstanceCapacity error."
"""FailureReason as users of AWS print it (spec sagemaker 10)."""


@dataclass(frozen=True, slots=True)
class InVain:
    """Why instances that are asked for never serve, and after how long AWS gives up."""

    after_s: float
    reason: str


def in_vain(cloud: Cloud, fleets: Iterable[Fleet]) -> InVain | None:
    """Return why these fleets will not come into service, None if they will; instances come before containers."""
    timing, asked = cloud.world.timing, tuple(fleets)
    if any(lacks_capacity(cloud, fleet) for fleet in asked):
        return InVain(timing.capacity_failure_s, NO_CAPACITY)
    broken = next((fleet for fleet in asked if fleet.model.start != "ok"), None)
    return None if broken is None else InVain(timing.provision_failure_s, _start_failure(broken))


def lacks_capacity(cloud: Cloud, fleet: Fleet) -> bool:
    """Is the fleet on a type of which AWS has none left?"""
    variant = fleet.variant
    return variant.serverless_config is None and none_left(cloud, variant.instance_type)


def none_left(cloud: Cloud, instance_type: str) -> bool:
    """Does AWS have no more instances of that type?"""
    return instance_type in cloud.world.unavailable_types


def provision_time(cloud: Cloud) -> float:
    """Return how long this provisioning takes: most often `provision_s`, rather shorter than longer."""
    timing = cloud.world.timing
    if not timing.provision_jitter * timing.provision_s:
        return timing.provision_s
    least, most = (timing.provision_s * (1 + timing.provision_jitter * side) for side in PROVISION_SPREAD)
    return float(cloud.dice.triangular(max(0.0, least), timing.provision_s, most))


PROVISION_SPREAD = (-1 / 3, 1 / 6)
"""Of the most frequent time: 2 to 3.5 minutes around 3 (spec sagemaker 4.5)."""


def _start_failure(fleet: Fleet) -> str:
    """Return the FailureReason of a container that never serves; the ping text is AWS's (spec sagemaker 8), the
    other one is ours."""
    variant = fleet.variant.variant_name
    if fleet.model.start == "failed-ping":
        return (
            f"The primary container for production variant {variant} did not pass the ping health check. "
            "Please check CloudWatch logs for this endpoint."
        )
    return f"The image of the primary container for production variant {variant} could not be used."
