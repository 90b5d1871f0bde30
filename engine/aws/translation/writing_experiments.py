"""Shadow tests written back as requests, and as DescribeInferenceExperiment shows them."""

from __future__ import annotations

from engine.requests.experiments import (
    CreateInferenceExperiment,
    Schedule,
    StopInferenceExperiment,
    UpdateInferenceExperiment,
)
from engine.requests.fields import Written, present
from engine.sagemaker.shadow_tests.describe import write_mode, write_variant


def write_creation(value: CreateInferenceExperiment) -> Written:
    """Return the CreateInferenceExperiment request."""
    return present(
        Name=value.name,
        Type="ShadowMode",
        Schedule=_schedule(value.schedule) or None,
        Description=value.description,
        RoleArn=value.role_arn,
        EndpointName=value.endpoint_name,
        ModelVariants=[write_variant(each) for each in value.model_variants],
        ShadowModeConfig=write_mode(value.shadow_mode),
    )


def write_change(value: UpdateInferenceExperiment) -> Written:
    """Return the UpdateInferenceExperiment request."""
    return present(
        Name=value.name,
        Schedule=None if value.schedule is None else _schedule(value.schedule),
        Description=value.description,
        ModelVariants=[write_variant(each) for each in value.model_variants] or None,
        ShadowModeConfig=None if value.shadow_mode is None else write_mode(value.shadow_mode),
    )


def write_stop(value: StopInferenceExperiment) -> Written:
    """Return the StopInferenceExperiment request."""
    return present(
        Name=value.name,
        ModelVariantActions=dict(value.actions),
        DesiredModelVariants=[write_variant(each) for each in value.desired_variants] or None,
        DesiredState=value.desired_state if value.desired_state != "Cancelled" else None,
        Reason=value.reason,
    )


def _schedule(value: Schedule) -> Written:
    return present(
        StartTime=value.start_time and value.start_time.isoformat(),
        EndTime=value.end_time and value.end_time.isoformat(),
    )
