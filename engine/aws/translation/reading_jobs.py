"""Batch transform requests that AWS would accept, turned into the engine's values."""

from __future__ import annotations

from engine.requests.batch import CreateTransformJob, DataProcessing, StopTransformJob
from engine.requests.fields import Raw, present


def read_transform_job(request: Raw) -> CreateTransformJob:
    """Return the job that CreateTransformJob asks for."""
    source, output, resources = (request[f"Transform{each}"] for each in ("Input", "Output", "Resources"))
    client, processing = request.get("ModelClientConfig", {}), request.get("DataProcessing")
    data = source["DataSource"]["S3DataSource"]
    optional = present(
        split_type=source.get("SplitType"),
        batch_strategy=request.get("BatchStrategy"),
        assemble_with=output.get("AssembleWith"),
        max_concurrent_transforms=request.get("MaxConcurrentTransforms"),
        max_payload_in_mb=request.get("MaxPayloadInMB"),
        invocations_timeout_in_seconds=client.get("InvocationsTimeoutInSeconds"),
        invocations_max_retries=client.get("InvocationsMaxRetries"),
        data_processing=None if processing is None else _processing(processing),
        content_type=source.get("ContentType"),
        accept=output.get("Accept"),
    )
    return CreateTransformJob(
        transform_job_name=request["TransformJobName"],
        model_name=request["ModelName"],
        s3_uri=data["S3Uri"],
        s3_data_type=data["S3DataType"],
        s3_output_path=output["S3OutputPath"],
        instance_type=resources["InstanceType"],
        instance_count=resources["InstanceCount"],
        **optional,
    )


def _processing(raw: Raw) -> DataProcessing:
    return DataProcessing(
        **present(
            input_filter=raw.get("InputFilter"),
            output_filter=raw.get("OutputFilter"),
            join_source=raw.get("JoinSource"),
        )
    )


def read_transform_stop(request: Raw) -> StopTransformJob:
    """Return the job that StopTransformJob names."""
    return StopTransformJob(transform_job_name=request["TransformJobName"])
