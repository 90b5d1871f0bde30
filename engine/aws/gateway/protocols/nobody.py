"""Requests in none of the protocols: to services that are not simulated, or to nobody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.aws.gateway.call import Call
from engine.aws.gateway.errors import SIMULATED, ServiceError
from engine.aws.gateway.http import HttpRequest, HttpResponse
from engine.aws.gateway.protocols.json_rpc import write_json
from engine.aws.gateway.protocols.xml_answers import tag, text

SIGNED_FOR = re.compile(r"Credential=[^/,\s]*/\d{8}/[^/,\s]*/([a-z0-9-]{1,60})/aws4_request")
XML_SERVICES = frozenset({"s3", "route53", "cloudfront"})
"""REST services whose clients read XML."""


class Nobody:
    """Implements `Wire` for whatever is left."""

    def speaks(self, request: HttpRequest) -> bool:
        """Yes: it refuses everything."""
        return True

    def read(self, request: HttpRequest) -> Call:
        """Never return: say which services there are; a 4xx, since clients try a 5xx again for minutes."""
        service = signed_for(request)
        what = f"{request.method[:20]} {request.path[:200]}"
        if service is None:
            raise ServiceError(
                "UnknownOperationException", f"{what} is no request to AWS. Here are {SIMULATED}.", status=404
            )
        raise ServiceError("NotSimulated", f"{what} of {service} is not simulated by mlcourse, which has {SIMULATED}.")

    def write(self, call: Call, output: Mapping[str, Any], answer_id: str) -> HttpResponse:
        """There are no calls in no protocol."""
        raise NotImplementedError

    def error(self, request: HttpRequest, error: ServiceError, answer_id: str) -> HttpResponse:
        """Return the answer that says what is wrong."""
        if signed_for(request) in XML_SERVICES:
            parts = {"Code": error.code, "Message": error.message, "RequestId": answer_id}
            body = tag("Error", "".join(tag(name, text(value)) for name, value in parts.items()))
            return HttpResponse(status=error.status, headers={"Content-Type": "application/xml"}, body=body.encode())
        headers = {"Content-Type": "application/json", "x-amzn-errortype": error.code}
        said = write_json({"__type": error.code, "message": error.message})
        return HttpResponse(status=error.status, headers=headers, body=said)


def signed_for(request: HttpRequest) -> str | None:
    """Return the service that a signature names, which nobody checks."""
    found = SIGNED_FOR.search(request.headers.get("authorization", ""))
    return found[1] if found else None
