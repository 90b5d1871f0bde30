"""Bodies as they come: unpacked, and never larger than AWS takes them."""

from __future__ import annotations

import zlib
from dataclasses import replace

from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.http import HttpRequest

LARGEST_BODY_BYTES = 25 * 1024 * 1024
"""What InvokeEndpoint takes; nothing else of AWS that is simulated takes more."""
LARGEST_MESSAGE_BYTES = 2 * 1024 * 1024
"""Of a request whose body is read, twice what PutMetricData takes: as Python values it needs many times as much."""
AS_IT_IS = ("identity", "", "aws-chunked")
"""Encodings of bodies that are left alone; the last one only S3 takes, which nobody here reads."""
MALFORMED = "SerializationException"
"""What AWS calls a request that cannot be read."""


def unpacked(request: HttpRequest) -> HttpRequest:
    """Return the request with its body in the clear; ServiceError for what is not packed as it says, or too much.

    That the body is as long as its header says is up to the owner of the socket.
    """
    if len(request.body) > LARGEST_BODY_BYTES:
        raise too_large(LARGEST_BODY_BYTES)
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding in AS_IT_IS:
        return request
    if encoding != "gzip":
        raise ServiceError(
            MALFORMED, f"Content-Encoding {encoding[:40]!r} is not known; send gzip or none.", status=415
        )
    headers = {name: value for name, value in request.headers.items() if name != "content-encoding"}
    return replace(request, headers=headers, body=_unzipped(request.body))


def too_large(most: int) -> ServiceError:
    """Return the error for a body of more bytes than that."""
    return ServiceError("RequestEntityTooLarge", f"The body is larger than {most:,} bytes.", status=413)


def media_type(request: HttpRequest, unsaid: str = "") -> str:
    """Return what a body says that it is, without parameters and in lower case; any case will do (RFC 9110, 8.3.1)."""
    return request.headers.get("content-type", unsaid).partition(";")[0].strip().lower()


def message(request: HttpRequest) -> bytes:
    """Return a body that is to be read; ServiceError if it is too large for that."""
    if len(request.body) > LARGEST_MESSAGE_BYTES:
        raise too_large(LARGEST_MESSAGE_BYTES)
    return request.body


def _unzipped(body: bytes) -> bytes:
    """Return what a gzip body holds; never more than the bound is unpacked."""
    reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        found = reader.decompress(body, LARGEST_BODY_BYTES + 1)
    except zlib.error:
        raise ServiceError(MALFORMED, "The body is not what gzip packs.") from None
    if len(found) > LARGEST_BODY_BYTES:
        raise too_large(LARGEST_BODY_BYTES)
    if not reader.eof or reader.unused_data:
        raise ServiceError(MALFORMED, "The body is not what gzip packs: it ends too early, or goes on after its end.")
    return found
