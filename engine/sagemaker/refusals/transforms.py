"""What the service refuses of batch transform jobs (spec sagemaker 8, inference 5): part of `refusals`, which see.

AWS's own sentences for these are not published (spec inference 11): all but that of a missing model are ours.
"""

from __future__ import annotations

from engine.batch.paths import parse_path
from engine.errors import WrongValues
from engine.requests.arns import arn, namesake, otherwise_written
from engine.requests.batch import CreateTransformJob, StopTransformJob
from engine.requests.refusal import Refusal, Refusals
from engine.sagemaker.account import Account

MOST_MB = 100
"""Of MaxPayloadInMB, and of it times MaxConcurrentTransforms."""
MOST_INSTANCES = 100
"""Of a job, as AWS documents it; the client asks for 1 at least."""
OVER = ("Completed", "Failed", "Stopped", "Stopping")
"""Statuses of a job that cannot be stopped any more."""


def _name_taken(job: CreateTransformJob, account: Account) -> Refusals:
    """Names are unique in an account and Region, also those of jobs that are over."""
    found = namesake(job.transform_job_name, account.jobs)
    if found is not None:
        message = f'A transform job "{arn("transform-job", job.transform_job_name)}" exists already.'
        field = ("TransformJobName",)
        remedy = f"{otherwise_written(job.transform_job_name, found)}Give each job a new name."
        yield Refusal(code="ResourceInUse", message=message, field=field, remedy=remedy)


def _model(job: CreateTransformJob, account: Account) -> Refusals:
    if job.model_name not in account.models:
        yield Refusal(
            message=f'Could not find model "{arn("model", job.model_name)}".',
            field=("ModelName",),
            given=job.model_name,
            known=tuple(account.models),
        )


def _instances(job: CreateTransformJob, account: Account) -> Refusals:
    if job.instance_count > MOST_INSTANCES:
        message = f"A transform job has at most {MOST_INSTANCES} instances, got {job.instance_count}."
        yield Refusal(message=message, field=("TransformResources", "InstanceCount"), remedy="Write fewer.")


def _payload(job: CreateTransformJob, account: Account) -> Refusals:
    if job.max_payload_in_mb > MOST_MB:
        message = f"MaxPayloadInMB is at most {MOST_MB}, got {job.max_payload_in_mb}."
        yield Refusal(message=message, field=("MaxPayloadInMB",), remedy="Split the objects with SplitType: Line.")


def _product(job: CreateTransformJob, account: Account) -> Refusals:
    """20 x 6 MB is what people write who leave the payload out, which is 6 then."""
    at_once, payload = job.max_concurrent_transforms, job.max_payload_in_mb
    if payload <= MOST_MB and at_once * payload > MOST_MB:
        message = (
            f"MaxConcurrentTransforms x MaxPayloadInMB is at most {MOST_MB} MB, got {at_once} x {payload} = "
            f"{at_once * payload}."
        )
        fewer, smaller = MOST_MB // payload, MOST_MB // at_once
        or_less = f", or MaxPayloadInMB {smaller}" if smaller else ""
        yield Refusal(message=message, field=("MaxConcurrentTransforms",), remedy=f"Write {fewer}{or_less}.")


def _manifest(job: CreateTransformJob, account: Account) -> Refusals:
    """AWS's service model says in words that it goes with the other jobs alone."""
    if job.s3_data_type == "AugmentedManifestFile":
        field = ("TransformInput", "DataSource", "S3DataSource", "S3DataType")
        message = "Batch transform takes no AugmentedManifestFile."
        yield Refusal(message=message, field=field, remedy="Write S3Prefix.")


def _strategy(job: CreateTransformJob, account: Account) -> Refusals:
    """Without SplitType the whole object is one request, and there is nothing to put together."""
    if job.batch_strategy == "MultiRecord" and job.split_type == "None":
        message = "BatchStrategy MultiRecord needs SplitType Line, RecordIO or TFRecord."
        remedy = "Write SplitType: Line in TransformInput, or leave BatchStrategy out."
        yield Refusal(message=message, field=("BatchStrategy",), remedy=remedy)


def _join(job: CreateTransformJob, account: Account) -> Refusals:
    """What is joined must be split and put together alike."""
    processing = job.data_processing
    if processing and processing.join_source == "Input" and job.split_type != job.assemble_with:
        message = (
            f"JoinSource Input needs SplitType and AssembleWith alike, got {job.split_type} and {job.assemble_with}."
        )
        remedy = "Write Line for both."
        yield Refusal(message=message, field=("DataProcessing", "JoinSource"), remedy=remedy)


def _filters(job: CreateTransformJob, account: Account) -> Refusals:
    processing = job.data_processing
    filters = {} if processing is None else {"Input": processing.input_filter, "Output": processing.output_filter}
    for kind, path in filters.items():
        try:
            parse_path(path)
        except WrongValues as error:
            say = error.wrongs[0].say
            yield Refusal(message=f"{kind}Filter {say}.", field=("DataProcessing", f"{kind}Filter"))


def no_such_job(stop: StopTransformJob, account: Account) -> Refusals:
    """No job of that name."""
    if stop.transform_job_name not in account.jobs:
        yield Refusal(
            code="ResourceNotFound",
            message=f'Could not find transform job "{arn("transform-job", stop.transform_job_name)}".',
            field=("TransformJobName",),
            given=stop.transform_job_name,
            known=tuple(account.jobs),
        )


def _over(stop: StopTransformJob, account: Account) -> Refusals:
    status = account.jobs.get(stop.transform_job_name)
    if status in OVER:
        job = arn("transform-job", stop.transform_job_name)
        message = f'Only a transform job in progress can be stopped, and "{job}" is over, or stopping already.'
        yield Refusal(message=message, field=("TransformJobName",), remedy="Leave this request out.")


OF_TRANSFORMS = (_name_taken, _model, _instances, _payload, _product, _manifest, _strategy, _join, _filters)
OF_STOPS = (no_such_job, _over)
"""Named in `rules`; the first that applies is what the service says."""
