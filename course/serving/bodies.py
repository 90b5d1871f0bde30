"""The body of a request, read within limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BufferedIOBase

from engine.aws.gateway.bodies import LARGEST_BODY_BYTES


class Refused(Exception):
    """A request that is not read; `str` says why."""

    def __init__(self, status: int, say: str) -> None:
        super().__init__(say)
        self.status = status


def read_body(stream: BufferedIOBase, headers: Mapping[str, str], before: Callable[[], None] | None = None) -> bytes:
    """Return the body as it was sent, zipped or not; Refused for what is too large or no body.

    `before` is called once it is known that the body is wanted.
    """
    length = _length(headers)
    if before is not None:
        before()
    body = stream.read(length) if length else b""
    if len(body) < length:
        raise ConnectionError("the client went away")
    return body


def _length(headers: Mapping[str, str]) -> int:
    if "transfer-encoding" in headers:
        raise Refused(411, "A body comes with its Content-Length here, not in chunks.")
    text = headers.get("content-length", "0")
    if not (text.isascii() and text.isdecimal()):
        raise Refused(400, "There must be one Content-Length, a whole number of bytes.")
    if len(text) > 18 or int(text) > LARGEST_BODY_BYTES:
        raise Refused(413, f"A request has at most {LARGEST_BODY_BYTES >> 20} MB; this one was not read.")
    return int(text)
