"""The query protocol: `Action=...&Version=...` in a form or in the query string, and XML in return. STS speaks it, and
CloudWatch with older clients (https://smithy.io/2.0/aws/protocols/aws-query-protocol.html)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.aws.gateway.bodies import MALFORMED, media_type, message
from engine.aws.gateway.call import Call
from engine.aws.gateway.errors import SIMULATED, ServiceError
from engine.aws.gateway.http import HttpRequest, HttpResponse
from engine.aws.gateway.protocols.named import named
from engine.aws.gateway.protocols.nobody import signed_for
from engine.aws.gateway.protocols.query_members import nested, parameters, value_of
from engine.aws.gateway.protocols.shaped import shaped
from engine.aws.gateway.protocols.taken import shape_in, taken
from engine.aws.gateway.protocols.xml_answers import LEAVES, members, tag, text
from engine.aws.shapes.models import described, shapes_of

VERSIONS: Mapping[str, str] = {"2010-08-01": "cloudwatch", "2011-06-15": "sts"}
"""The service behind each version of an interface; no two of AWS's query services share one of these."""
FORM = "application/x-www-form-urlencoded"
SIGNATURES = (
    "AWSAccessKeyId",
    "Signature",
    "SignatureMethod",
    "SignatureVersion",
    "SecurityToken",
    "Timestamp",
    "Expires",
)
"""Parameters of the signature in a query string, as `X-Amz-...` are: nobody looks at them."""
HEADERS = {"Content-Type": "text/xml"}


class Query:
    """Implements `Wire`."""

    def speaks(self, request: HttpRequest) -> bool:
        """Is there an action, or a form for one?"""
        return "Action=" in request.query or (request.method == "POST" and _is_form(request))

    def read(self, request: HttpRequest) -> Call:
        """Return the call; ServiceError for what is none."""
        given = _given(request)
        action, version = given.pop("Action", ""), given.pop("Version", "")
        service = VERSIONS.get(version)
        if service is None:
            raise ServiceError("NotSimulated", f"{_what(request, action, version)} mlcourse, which has {SIMULATED}.")
        shape = shape_in(service, action)
        unsigned = {
            name: each for name, each in given.items() if name not in SIGNATURES and not name.startswith("X-Amz-")
        }
        read = value_of(shape, nested(unsigned)) if shape is not None else {}
        return Call(service=service, operation=action, input=taken(service, action, read))

    def write(self, call: Call, output: Mapping[str, Any], answer_id: str) -> HttpResponse:
        """Return the answer with this output."""
        shape = shapes_of(call.service, call.operation)[1]
        result = ""
        if shape is not None:
            wrapper = shape.serialization.get("resultWrapper", f"{call.operation}Result")
            result = tag(wrapper, members(shape, shaped(shape, output, LEAVES)))
        about = tag("ResponseMetadata", tag("RequestId", answer_id))
        space = described(call.service)["xmlNamespace"]
        body = f'<{call.operation}Response xmlns="{space}">{result}{about}</{call.operation}Response>'
        return HttpResponse(status=200, headers=HEADERS, body=body.encode())

    def error(self, request: HttpRequest, error: ServiceError, answer_id: str) -> HttpResponse:
        """Return the answer that says what is wrong."""
        service = _service_of(request)
        names = named(service, error)
        # Where AWS has no words for an error, there is no Message (grofers/ansible-role-rds-alarms#7).
        parts = {"Type": names.fault, "Code": names.code, **({"Message": error.message} if error.message else {})}
        inner = tag("Error", "".join(tag(name, text(value)) for name, value in parts.items()))
        space = f' xmlns="{described(service)["xmlNamespace"]}"' if service else ""
        body = f"<ErrorResponse{space}>{inner}{tag('RequestId', answer_id)}</ErrorResponse>"
        return HttpResponse(status=error.status, headers=HEADERS, body=body.encode())


def _what(request: HttpRequest, action: str, version: str) -> str:
    """Return what is not simulated, by the name of the service if the signature tells it."""
    if not action:
        return "A request that names no operation, neither as Action nor in X-Amz-Target, is nothing for"
    service = signed_for(request)
    return f"{action[:100]} of {service or f'version {version[:20]!r}'} is not simulated by"


def _is_form(request: HttpRequest) -> bool:
    return media_type(request) == FORM


def _given(request: HttpRequest) -> dict[str, str]:
    """Return all parameters, those of the query string and those of the form."""
    if request.method not in ("GET", "POST"):
        raise ServiceError(
            "UnknownOperationException", f"{request.method[:20]} is nothing that the query protocol has."
        )
    body = message(request)
    if body and not _is_form(request):
        raise ServiceError(MALFORMED, f"The content type must be {FORM}.", status=415)
    try:
        form = body.decode()
    except UnicodeDecodeError:
        raise ServiceError(MALFORMED, "The form is not UTF-8.") from None
    return dict(parameters("&".join(part for part in (request.query, form) if part)))


def _service_of(request: HttpRequest) -> str | None:
    """Return whose error it is, as far as the request can be read."""
    try:
        return VERSIONS.get(_given(request).get("Version", ""))
    except ServiceError:
        return None
