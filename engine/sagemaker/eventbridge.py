"""The events that EventBridge carries about an endpoint (spec sagemaker 3.2).

The API says `InService`, the event says `IN_SERVICE`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

STATE_CHANGE = "SageMaker Endpoint State Change"
DEPLOYMENT_CHANGE = "SageMaker Endpoint Deployment State Change"


def state_change(
    before: Mapping[str, Any], after: Mapping[str, Any], at: datetime, *, guarded: bool
) -> Iterator[Mapping[str, Any]]:
    """Yield the events for a change of DescribeEndpoint's answer; an excluded endpoint gets no deployment events."""
    if "EndpointStatus" not in after:
        return  # nothing was found of an event about an endpoint that is gone
    if before.get("EndpointStatus") != after["EndpointStatus"]:
        yield _event(STATE_CHANGE, after, at)
    pending = after.get("PendingDeploymentSummary")
    if guarded and pending is not None and pending != before.get("PendingDeploymentSummary"):
        yield _event(DEPLOYMENT_CHANGE, after, at)


def _event(kind: str, answer: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
    detail = {**answer, "EndpointStatus": spelled(answer["EndpointStatus"])}
    arn, time = answer["EndpointArn"], at.isoformat(timespec="seconds")
    region, account = arn.split(":")[3:5]
    return {
        "version": "0",
        "id": str(uuid5(NAMESPACE_URL, f"{kind} {time} {detail}")),
        "detail-type": kind,
        "source": "aws.sagemaker",
        "account": account,
        "time": time,
        "region": region,
        "resources": [arn],
        "detail": detail,
    }


def spelled(status: str) -> str:
    """Return a status as events spell it: InService becomes IN_SERVICE."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", status).upper()
