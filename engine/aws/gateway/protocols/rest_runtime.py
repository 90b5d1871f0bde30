"""SageMaker Runtime, which speaks REST: the endpoint stands in the path, the rest in headers, and the body belongs to
the model (https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html).

Names of an output or of an error that begin with `x-mlcourse-` become headers of our own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import unquote

from engine.aws.gateway.bodies import MALFORMED
from engine.aws.gateway.call import Call
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.http import HttpRequest, HttpResponse
from engine.aws.gateway.protocols.json_rpc import LEAVES, write_json
from engine.aws.gateway.protocols.query_members import value_of
from engine.aws.gateway.protocols.shaped import shaped
from engine.aws.gateway.protocols.taken import taken
from engine.aws.shapes.models import Shape, operations_of, path_of, shapes_of
from engine.requests.refusal import INVALID

SERVICE = "sagemaker-runtime"
PATH = re.compile(r"/endpoints/([^/]*)(/[a-z-]+)")
OWN = "x-mlcourse-"
ACCEPTED: Mapping[str, int] = {"InvokeEndpointAsync": 202}
"""Statuses of answers that are not 200."""


class RestRuntime:
    """Implements `Wire`."""

    def speaks(self, request: HttpRequest) -> bool:
        """Is it about what an endpoint answers?"""
        return PATH.fullmatch(request.path) is not None

    def read(self, request: HttpRequest) -> Call:
        """Return the call; ServiceError for what is none."""
        path = PATH.fullmatch(request.path)
        operation = _operations().get(path[2]) if path else None
        if path is None or operation is None or request.method != "POST":
            say = f"There is no {request.method[:20]} {request.path[:200]} here."
            raise ServiceError("UnknownOperationException", say, status=404)
        shape = shapes_of(SERVICE, operation)[0]
        assert shape is not None, "every operation of it takes an input"
        given: dict[str, Any] = {"EndpointName": _unescaped(path[1])}
        for name, member in shape.members.items():
            header = member.serialization.get("name", name).lower()
            if member.serialization.get("location") == "header" and header in request.headers:
                given[name] = value_of(member, request.headers[header], header)
        read = taken(SERVICE, operation, given)
        return Call(service=SERVICE, operation=operation, input={**read, "Body": request.body})

    def write(self, call: Call, output: Mapping[str, Any], answer_id: str) -> HttpResponse:
        """Return the answer with this output."""
        shape = shapes_of(call.service, call.operation)[1]
        assert shape is not None, "every operation of it gives an output"
        headers, rest = _headers(shape, output)
        payload = shape.serialization.get("payload")
        if payload is not None:
            body = output.get(payload, b"")
        else:
            body = write_json(shaped(shape, rest, LEAVES))
            headers["Content-Type"] = "application/json"
        return HttpResponse(status=ACCEPTED.get(call.operation, 200), headers=headers, body=body)

    def error(self, request: HttpRequest, error: ServiceError, answer_id: str) -> HttpResponse:
        """Return the answer that says what is wrong."""
        code = "ValidationError" if error.code == INVALID else error.code
        own = {name: str(value) for name, value in error.fields.items() if name.startswith(OWN)}
        fields = {name: value for name, value in error.fields.items() if name not in own}
        headers = {"Content-Type": "application/json", "x-amzn-errortype": code, **own}
        body = write_json({"Message": error.message, **fields})
        return HttpResponse(status=error.status, headers=headers, body=body)


@cache
def _operations() -> Mapping[str, str]:
    """Return the operations by the ends of their paths."""
    ends = {operation: path_of(SERVICE, operation).rpartition("/") for operation in operations_of(SERVICE)}
    return {f"/{end}": operation for operation, (_, _, end) in ends.items()}


def _unescaped(name: str) -> str:
    try:
        return unquote(name, errors="strict")
    except UnicodeDecodeError:
        raise ServiceError(MALFORMED, "The name in the path is not UTF-8.") from None


def _headers(shape: Shape, output: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """Return which part of an output stands in headers, and the rest."""
    headers, rest = {}, {}
    for name, value in output.items():
        member = shape.members.get(name)
        if member is not None and member.serialization.get("location") == "header":
            headers[member.serialization["name"]] = str(value)
        elif name.startswith(OWN):
            headers[name] = str(value)
        else:
            rest[name] = value
    return headers, rest
