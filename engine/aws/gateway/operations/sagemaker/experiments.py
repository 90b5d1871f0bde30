"""Inference experiments, which are shadow tests, as they are described and listed; each request answers with an ARN."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.operations.sagemaker.listing import listed
from engine.aws.gateway.operations.sagemaker.models import insist_on_models
from engine.aws.gateway.operations.sagemaker.tags import tags_in
from engine.aws.gateway.operations.sent import send
from engine.requests.arns import arn
from engine.requests.experiments import StartInferenceExperiment
from engine.sagemaker.refusals.experiments import missing
from engine.sagemaker.shadow_tests.describe import summary

Output = Mapping[str, Any]
CHANGES = (
    "UpdateInferenceExperiment",
    "StartInferenceExperiment",
    "StopInferenceExperiment",
    "DeleteInferenceExperiment",
)


def create(account: Account, request: Raw) -> Output:
    """Send CreateInferenceExperiment, and note its tags."""
    insist_on_models(account, [each["ModelName"] for each in request["ModelVariants"]])
    answer = change("CreateInferenceExperiment", account, request)
    account.made(arn("inference-experiment", request["Name"]), tags_in(request))
    return answer


def change(operation: str, account: Account, request: Raw) -> Output:
    """Send a request about a test that is there."""
    send(operation, account, request)
    return {"InferenceExperimentArn": arn("inference-experiment", request["Name"])}


def describe(account: Account, request: Raw) -> Output:
    """Answer DescribeInferenceExperiment."""
    name = request["Name"]
    for refusal in missing(StartInferenceExperiment(name=name), account.live.first.control):
        raise ServiceError(refusal.code, refusal.message)
    return next(each for each in account.live.hosts.experiments() if each["Name"] == name)


def list_all(account: Account, request: Raw) -> Output:
    """Answer ListInferenceExperiments."""
    items = [
        summary(each) for each in account.live.hosts.experiments() if request.get("Type", each["Type"]) == each["Type"]
    ]
    return listed(request, items, answer="InferenceExperiments", name="Name", status="Status")


OPERATIONS: Mapping[tuple[str, str], Callable[[Account, Raw], Output]] = {
    **{("sagemaker", operation): partial(change, operation) for operation in CHANGES},
    ("sagemaker", "CreateInferenceExperiment"): create,
    ("sagemaker", "DescribeInferenceExperiment"): describe,
    ("sagemaker", "ListInferenceExperiments"): list_all,
}
