"""JSON 1.0 and 1.1: the operation stands in `X-Amz-Target`
(https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.aws.gateway.call import Call
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.http import HttpRequest, HttpResponse
from engine.aws.gateway.protocols.shaped import shaped
from engine.aws.shapes.models import Shape, shapes_of

TARGETS: Mapping[str, str] = {
    "SageMaker": "sagemaker",
    "GraniteServiceVersion20100801": "cloudwatch",
    "AnyScaleFrontendService": "application-autoscaling",
    "AWSEvents": "events",
}
"""The service behind each target."""
CONTENT_TYPE = "application/x-amz-json-1.1"


class JsonRpc:
    """Implements `Wire`."""

    def speaks(self, request: HttpRequest) -> bool:
        """Does a header name the operation?"""
        return "x-amz-target" in request.headers

    def read(self, request: HttpRequest) -> Call:
        """Return the call; ServiceError for what is none."""
        target, _, operation = request.headers["x-amz-target"].rpartition(".")
        if target not in TARGETS:
            raise ServiceError("UnknownOperationException", f"There is no service {target!r} here.")
        try:
            given = json.loads(request.body or b"{}")
        except (ValueError, RecursionError):
            given = None
        if not isinstance(given, dict):
            raise ServiceError("SerializationException", "The body is no JSON object.")
        return Call(service=TARGETS[target], operation=operation, input=given)

    def write(self, call: Call, output: Mapping[str, Any]) -> HttpResponse:
        """Return the answer with this output."""
        body = shaped(shapes_of(call.service, call.operation)[1], output, _stamp)
        return HttpResponse(status=200, headers={"Content-Type": CONTENT_TYPE}, body=_json(body))

    def error(self, request: HttpRequest, error: ServiceError) -> HttpResponse:
        """Return the answer that says what is wrong; clients that once spoke query read the code from a header."""
        headers = {"Content-Type": CONTENT_TYPE}
        if request.headers.get("x-amz-target", "").startswith("GraniteService"):
            headers["x-amzn-query-error"] = f"{error.code};Sender"
        body = {"__type": error.code, "message": error.message, **error.fields}
        return HttpResponse(status=error.status, headers=headers, body=_json(body))


def _stamp(moment: datetime, shape: Shape) -> float:
    return moment.timestamp()


def _json(value: object) -> bytes:
    return json.dumps(value, allow_nan=False).encode()
