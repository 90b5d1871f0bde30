"""Requests about shadow tests as values."""

from __future__ import annotations

from datetime import datetime

from engine.aws.shapes.times import read_time
from engine.requests.experiments import (
    CreateInferenceExperiment,
    DeleteInferenceExperiment,
    ModelVariant,
    Schedule,
    ShadowMode,
    StartInferenceExperiment,
    StopInferenceExperiment,
    UpdateInferenceExperiment,
)
from engine.requests.fields import Raw, present


def read_creation(request: Raw) -> CreateInferenceExperiment:
    """Return the shadow test that CreateInferenceExperiment begins."""
    _ = request["Type"]  # ShadowMode is the only one
    return CreateInferenceExperiment(
        name=request["Name"],
        role_arn=request["RoleArn"],
        endpoint_name=request["EndpointName"],
        model_variants=tuple(map(_variant, request["ModelVariants"])),
        shadow_mode=_mode(request["ShadowModeConfig"]),
        schedule=_schedule(request.get("Schedule", {})),
        description=request.get("Description"),
    )


def read_change(request: Raw) -> UpdateInferenceExperiment:
    """Return what UpdateInferenceExperiment changes."""
    schedule, mode = request.get("Schedule"), request.get("ShadowModeConfig")
    return UpdateInferenceExperiment(
        name=request["Name"],
        schedule=None if schedule is None else _schedule(schedule),
        description=request.get("Description"),
        model_variants=tuple(map(_variant, request.get("ModelVariants", ()))),
        shadow_mode=None if mode is None else _mode(mode),
    )


def read_start(request: Raw) -> StartInferenceExperiment:
    """Return which test begins."""
    return StartInferenceExperiment(name=request["Name"])


def read_stop(request: Raw) -> StopInferenceExperiment:
    """Return which test ends, and how."""
    return StopInferenceExperiment(
        name=request["Name"],
        actions=dict(request["ModelVariantActions"]),
        desired_variants=tuple(map(_variant, request.get("DesiredModelVariants", ()))),
        reason=request.get("Reason"),
        **present(desired_state=request.get("DesiredState")),
    )


def read_removal(request: Raw) -> DeleteInferenceExperiment:
    """Return which test is forgotten."""
    return DeleteInferenceExperiment(name=request["Name"])


def _variant(raw: Raw) -> ModelVariant:
    infrastructure = raw["InfrastructureConfig"]
    _ = infrastructure["InfrastructureType"]  # RealTimeInference is the only one
    return ModelVariant(
        model_name=raw["ModelName"],
        variant_name=raw["VariantName"],
        instance_type=infrastructure["RealTimeInferenceConfig"]["InstanceType"],
        instance_count=infrastructure["RealTimeInferenceConfig"]["InstanceCount"],
    )


def _mode(raw: Raw) -> ShadowMode:
    [shadow] = raw["ShadowModelVariants"]
    return ShadowMode(
        source_variant=raw["SourceModelVariantName"],
        shadow_variant=shadow["ShadowModelVariantName"],
        sampling_percentage=shadow["SamplingPercentage"],
    )


def _schedule(raw: Raw) -> Schedule:
    return Schedule(start_time=_time(raw.get("StartTime")), end_time=_time(raw.get("EndTime")))


def _time(value: object) -> datetime | None:
    return None if value is None else read_time(value)
