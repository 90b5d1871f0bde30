"""JSON 1.0 and 1.1: the operation stands in `X-Amz-Target`
(https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html)."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Mapping
from typing import Any

from engine.aws.gateway.bodies import MALFORMED, media_type, message
from engine.aws.gateway.call import Call
from engine.aws.gateway.errors import SIMULATED, ServiceError
from engine.aws.gateway.http import HttpRequest, HttpResponse
from engine.aws.gateway.protocols.named import Named, named
from engine.aws.gateway.protocols.shaped import Leaves, shaped
from engine.aws.gateway.protocols.taken import taken
from engine.aws.shapes.models import described, shapes_of
from engine.requests.refusal import NOT_SIMULATED

TARGETS: Mapping[str, str] = {
    "SageMaker": "sagemaker",
    "GraniteServiceVersion20100801": "cloudwatch",
    "AnyScaleFrontendService": "application-autoscaling",
    "AWSEvents": "events",
}
"""The service behind each target."""
FORM = "application/x-www-form-urlencoded"
TYPES = ("application/x-amz-json", "application/json", FORM)
"""Content types that are read; the last one is what curl and Python's urllib say where nobody says what is sent."""


class JsonRpc:
    """Implements `Wire`."""

    def speaks(self, request: HttpRequest) -> bool:
        """Does a header name the operation?"""
        return "x-amz-target" in request.headers

    def read(self, request: HttpRequest) -> Call:
        """Return the call; ServiceError for what is none."""
        target, _, operation = request.headers["x-amz-target"].rpartition(".")
        if target not in TARGETS:
            say = (
                f"{target[:100] or 'A request without a service'} is not simulated by mlcourse, which has {SIMULATED}."
            )
            raise ServiceError(NOT_SIMULATED, say)
        body = message(request)
        if body and not media_type(request, FORM).startswith(TYPES):
            raise ServiceError(MALFORMED, "The content type must be application/x-amz-json-1.1 or 1.0.", status=415)
        service = TARGETS[target]
        return Call(service=service, operation=operation, input=taken(service, operation, read_json(body)))

    def write(self, call: Call, output: Mapping[str, Any], answer_id: str) -> HttpResponse:
        """Return the answer with this output."""
        shape = shapes_of(call.service, call.operation)[1]
        body = write_json(shaped(shape, output, LEAVES) if shape is not None else {})
        return HttpResponse(status=200, headers=_headers(call.service), body=body)

    def error(self, request: HttpRequest, error: ServiceError, answer_id: str) -> HttpResponse:
        """Return the answer that says what is wrong."""
        service = TARGETS.get(request.headers.get("x-amz-target", "").rpartition(".")[0])
        names = named(service, error)
        body = {"__type": names.shape, **said_by(error)}
        headers = {**_headers(service), **compatible(service, names)}
        return HttpResponse(status=error.status, headers=headers, body=write_json(body))


def said_by(error: ServiceError) -> Mapping[str, Any]:
    """Return what the body of an error holds; where AWS has no words for it there is no message at all, as recorded of
    SetAlarmState (LocalStack's test_exception_serializing_with_no_shape_in_spec)."""
    return {**({"message": error.message} if error.message else {}), **error.fields}


def compatible(service: str | None, names: Named) -> Mapping[str, str]:
    """Return the header from which clients of a service that once spoke query read the code."""
    if service is None or "awsQueryCompatible" not in described(service):
        return {}
    return {"x-amzn-query-error": f"{names.code};{names.fault}"}


def _headers(service: str | None) -> Mapping[str, str]:
    version = described(service).get("jsonVersion", "1.1") if service is not None else "1.1"
    return {"Content-Type": f"application/x-amz-json-{version}"}


def read_json(body: bytes) -> object:
    """Return what a body holds, an empty structure for none; ServiceError if it is not JSON."""
    try:
        return json.loads(body or b"{}", parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise ServiceError(MALFORMED, "The body is no JSON.") from None


def _refuse(constant: str) -> float:
    raise ValueError(constant)


def _number(value: float) -> float | str:
    """Return the number, a whole one with `.0` as AWS writes it, or what stands for it where JSON has no digits."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return float(value)


LEAVES: Leaves = {
    "timestamp": lambda moment: moment.timestamp(),
    "blob": lambda value: base64.b64encode(value).decode(),
    "float": _number,
    "double": _number,
}


def write_json(value: object) -> bytes:
    """Return a value as JSON in ASCII."""
    return json.dumps(value, allow_nan=False).encode()
