"""What becomes of instances that are asked for: how long they take, or why they never serve (spec sagemaker 4.5, 8)."""

from __future__ import annotations

from engine.sagemaker.cloud import Cloud
from engine.serving.fleet import Fleet


def provision_time(cloud: Cloud) -> float:
    """Return how long this provisioning takes: most often `provision_s`, rather shorter than longer."""
    timing = cloud.world.timing
    if not timing.provision_jitter * timing.provision_s:
        return timing.provision_s
    least, most = (timing.provision_s * (1 + timing.provision_jitter * side) for side in PROVISION_SPREAD)
    return float(cloud.dice.triangular(max(0.0, least), timing.provision_s, most))


PROVISION_SPREAD = (-1 / 3, 1 / 6)
"""Of the most frequent time: 2 to 3.5 minutes around 3 (spec sagemaker 4.5)."""


def start_failure(fleet: Fleet) -> str:
    """Return the FailureReason of a container that never serves; the ping text is AWS's (spec sagemaker 8), the
    other one is ours."""
    variant = fleet.variant.variant_name
    if fleet.model.start == "failed-ping":
        return (
            f"The primary container for production variant {variant} did not pass the ping health check. "
            "Please check CloudWatch logs for this endpoint."
        )
    return f"The image of the primary container for production variant {variant} could not be used."
