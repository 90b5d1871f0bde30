"""A transform job as a request holds it and as DescribeTransformJob shows it; reading one is `engine.aws`'s."""

from __future__ import annotations

from engine.requests.batch import CreateTransformJob, DataProcessing
from engine.requests.fields import Written, present

DEFAULTS = CreateTransformJob(
    transform_job_name="", model_name="", s3_uri="", s3_output_path="", instance_type="", instance_count=1
)


def write_transform_job(value: CreateTransformJob) -> Written:
    """Return the CreateTransformJob request; fields that hold AWS's default are left out."""
    return present(
        TransformJobName=value.transform_job_name,
        ModelName=value.model_name,
        MaxConcurrentTransforms=_changed(value, "max_concurrent_transforms"),
        ModelClientConfig=_client(value),
        MaxPayloadInMB=_changed(value, "max_payload_in_mb"),
        BatchStrategy=value.batch_strategy,
        TransformInput=present(
            DataSource={"S3DataSource": {"S3DataType": value.s3_data_type, "S3Uri": value.s3_uri}},
            ContentType=value.content_type,
            SplitType=_changed(value, "split_type"),
        ),
        TransformOutput=present(
            S3OutputPath=value.s3_output_path,
            Accept=value.accept,
            AssembleWith=_changed(value, "assemble_with"),
        ),
        TransformResources={"InstanceType": value.instance_type, "InstanceCount": value.instance_count},
        DataProcessing=value.data_processing and _processing(value.data_processing),
    )


def _client(value: CreateTransformJob) -> Written | None:
    return (
        present(
            InvocationsTimeoutInSeconds=_changed(value, "invocations_timeout_in_seconds"),
            InvocationsMaxRetries=_changed(value, "invocations_max_retries"),
        )
        or None
    )


def _processing(value: DataProcessing) -> Written:
    return {
        "InputFilter": value.input_filter,
        "OutputFilter": value.output_filter,
        "JoinSource": value.join_source,
    }


def _changed(value: CreateTransformJob, field: str) -> object:
    given = getattr(value, field)
    return None if given == getattr(DEFAULTS, field) else given
