"""Smithy RPC v2 CBOR, which AWS's clients speak with CloudWatch: service and operation stand in the path
(https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.aws.gateway.bodies import MALFORMED, media_type, message
from engine.aws.gateway.call import Call
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.http import HttpRequest, HttpResponse
from engine.aws.gateway.protocols.cbor_items import NotCbor, read_item, write_item
from engine.aws.gateway.protocols.json_rpc import TARGETS, compatible, said_by
from engine.aws.gateway.protocols.named import named
from engine.aws.gateway.protocols.shaped import Leaves, shaped
from engine.aws.gateway.protocols.taken import taken
from engine.aws.shapes.models import shapes_of

PATH = re.compile(r"/service/([^/]+)/operation/([^/]+)")
PROTOCOL = "rpc-v2-cbor"
CONTENT_TYPE = "application/cbor"
HEADERS = {"Content-Type": CONTENT_TYPE, "smithy-protocol": PROTOCOL}
LEAVES: Leaves = {"timestamp": lambda moment: moment, "float": float, "double": float}


class Cbor:
    """Implements `Wire`."""

    def speaks(self, request: HttpRequest) -> bool:
        """Does a header name the protocol?"""
        return request.headers.get("smithy-protocol") == PROTOCOL

    def read(self, request: HttpRequest) -> Call:
        """Return the call; ServiceError for what is none."""
        path = PATH.search(request.path)
        if path is None or path[1] not in TARGETS or request.method != "POST":
            raise ServiceError(
                "UnknownOperationException", f"There is no {request.method} {request.path[:200]} here.", status=404
            )
        body = message(request)
        if body and media_type(request) != CONTENT_TYPE:
            raise ServiceError(MALFORMED, f"The content type must be {CONTENT_TYPE}.", status=415)
        try:
            given = read_item(body) if body else {}
        except NotCbor as wrong:
            raise ServiceError(MALFORMED, f"The body is not CBOR: {wrong}.") from None
        service = TARGETS[path[1]]
        return Call(service=service, operation=path[2], input=taken(service, path[2], given))

    def write(self, call: Call, output: Mapping[str, Any], answer_id: str) -> HttpResponse:
        """Return the answer with this output."""
        shape = shapes_of(call.service, call.operation)[1]
        body = write_item(shaped(shape, output, LEAVES)) if shape is not None else b"\xa0"
        return HttpResponse(status=200, headers=HEADERS, body=body)

    def error(self, request: HttpRequest, error: ServiceError, answer_id: str) -> HttpResponse:
        """Return the answer that says what is wrong."""
        path = PATH.search(request.path)
        service = TARGETS.get(path[1]) if path else None
        names = named(service, error)
        body = write_item({"__type": names.shape, **said_by(error)})
        return HttpResponse(status=error.status, headers={**HEADERS, **compatible(service, names)}, body=body)
