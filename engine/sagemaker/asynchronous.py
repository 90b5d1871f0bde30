"""What asynchronous endpoints may have that others may not (spec inference 4, sagemaker 7)."""

from __future__ import annotations

from engine.requests.fields import Written, present
from engine.requests.sagemaker import AsyncInferenceConfig, AsyncOutputConfig
from engine.sagemaker.account import Account


def least_instances(account: Account) -> int:
    """Return how many instances a variant keeps: none where requests wait until some come."""
    config = account.configs.get(account.config_name)
    return 0 if config is not None and config.async_inference_config is not None else 1


def write_async(value: AsyncInferenceConfig) -> Written:
    """Return an AsyncInferenceConfig as CreateEndpointConfig takes it and DescribeEndpoint shows it."""
    most = value.max_concurrent_invocations_per_instance
    return present(
        ClientConfig=None if most is None else {"MaxConcurrentInvocationsPerInstance": most},
        OutputConfig=_output(value.output_config),
    )


def _output(value: AsyncOutputConfig) -> Written:
    notices = present(
        SuccessTopic=value.success_topic,
        ErrorTopic=value.error_topic,
        IncludeInferenceResponseIn=list(value.include_inference_response_in) or None,
    )
    return present(
        S3OutputPath=value.s3_output_path,
        S3FailurePath=value.s3_failure_path,
        KmsKeyId=value.kms_key_id,
        NotificationConfig=notices or None,
    )
