"""What is scaled of a variant: its instances, or the environments that a serverless one keeps warm."""

from __future__ import annotations

from engine.autoscaling.activities import CONCURRENCY_COUNT, INSTANCE_COUNT
from engine.requests.autoscaling import CONCURRENCY, TargetId
from engine.requests.sagemaker import DesiredWeightAndCapacity, ServerlessUpdateConfig
from engine.sagemaker.capacity import Desired


def capacity_of(desired: Desired, target: TargetId) -> int | None:
    """Return the capacity of a variant as last asked for; None where it has nothing of the kind."""
    if target.scalable_dimension != CONCURRENCY:
        return desired.count
    return None if desired.serverless is None else desired.serverless.provisioned


def change_to(variant: str, wanted: int, target: TargetId) -> DesiredWeightAndCapacity:
    """Return what is asked of a variant to have this capacity."""
    if target.scalable_dimension != CONCURRENCY:
        return DesiredWeightAndCapacity(variant_name=variant, desired_instance_count=wanted)
    concurrency = ServerlessUpdateConfig(provisioned_concurrency=wanted)
    return DesiredWeightAndCapacity(variant_name=variant, serverless_update_config=concurrency)


def named(target: TargetId) -> str:
    """Return what is set, in the words of an activity."""
    return CONCURRENCY_COUNT if target.scalable_dimension == CONCURRENCY else INSTANCE_COUNT
