"""Batch transform jobs as they are described and listed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.operations.sagemaker.listing import listed
from engine.aws.gateway.operations.sagemaker.models import insist_on_models
from engine.aws.gateway.operations.sagemaker.tags import tags_in
from engine.aws.gateway.operations.sent import send
from engine.requests.arns import arn
from engine.requests.batch import StopTransformJob
from engine.sagemaker.refusals.transforms import no_such_job

Output = Mapping[str, Any]


def create(account: Account, request: Raw) -> Output:
    """Send CreateTransformJob, and note its tags."""
    insist_on_models(account, [request["ModelName"]])
    send("CreateTransformJob", account, request)
    name = request["TransformJobName"]
    account.remembered.setdefault("CreateTransformJob", {})[name] = request
    named = arn("transform-job", name)
    account.made(named, tags_in(request))
    return {"TransformJobArn": named}


def describe(account: Account, request: Raw) -> Output:
    """Answer DescribeTransformJob: what was asked for as it came, and what has become of it."""
    name = request["TransformJobName"]
    for refusal in no_such_job(StopTransformJob(transform_job_name=name), account.live.first.control):
        raise ServiceError(refusal.code, refusal.message)
    found = next(each for each in account.live.transforms.describe() if each["TransformJobName"] == name)
    return {**found, **account.remembered.get("CreateTransformJob", {}).get(name, {})}


def list_all(account: Account, request: Raw) -> Output:
    """Answer ListTransformJobs; the last change of a job that is known is its end or its start."""
    items = [{**each, "LastModifiedTime": _last_change(each)} for each in account.live.transforms.describe()]
    name, status = "TransformJobName", "TransformJobStatus"
    return listed(request, items, answer="TransformJobSummaries", name=name, status=status)


def _last_change(job: Raw) -> str:
    fields = ("TransformEndTime", "TransformStartTime", "CreationTime")
    return str(next(job[field] for field in fields if field in job))


OPERATIONS = {
    ("sagemaker", "CreateTransformJob"): create,
    ("sagemaker", "DescribeTransformJob"): describe,
    ("sagemaker", "ListTransformJobs"): list_all,
}
