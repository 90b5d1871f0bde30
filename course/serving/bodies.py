"""The body of a request, read within limits."""

from __future__ import annotations

import zlib
from collections.abc import Callable, MutableMapping
from io import BufferedIOBase

LARGEST_BYTES = 32 << 20
"""More than InvokeEndpoint takes, which is 25 MB."""
PIECE_BYTES = 1 << 16


class Refused(Exception):
    """A request that is not read; `str` says why."""

    def __init__(self, status: int, say: str) -> None:
        super().__init__(say)
        self.status = status


def read_body(
    stream: BufferedIOBase, headers: MutableMapping[str, str], before: Callable[[], None] | None = None
) -> bytes:
    """Return the body, unzipped if it was zipped; Refused for what is too large or no body.

    `before` is called once it is known that the body is wanted.
    """
    length = _length(headers)
    if before is not None:
        before()
    body = stream.read(length) if length else b""
    if len(body) < length:
        raise ConnectionError("the client went away")
    return _unzipped(body, headers.pop("content-encoding", "identity"))


def _length(headers: MutableMapping[str, str]) -> int:
    if "transfer-encoding" in headers:
        raise Refused(411, "A body comes with its Content-Length here, not in chunks.")
    text = headers.get("content-length", "0")
    if not (text.isascii() and text.isdecimal()):
        raise Refused(400, "Content-Length is no number.")
    if len(text) > 18 or int(text) > LARGEST_BYTES:
        raise Refused(413, f"A request has at most {LARGEST_BYTES >> 20} MB; this one was not read.")
    return int(text)


def _unzipped(body: bytes, encoding: str) -> bytes:
    if encoding == "identity":
        return body
    if encoding != "gzip":
        raise Refused(415, "A body is plain or zipped with gzip here.")
    unzip = zlib.decompressobj(wbits=31)
    try:
        whole = unzip.decompress(body, LARGEST_BYTES + 1)
    except zlib.error:
        raise Refused(400, "This body is not zipped with gzip, although its header says so.") from None
    if len(whole) > LARGEST_BYTES:
        raise Refused(413, f"A request has at most {LARGEST_BYTES >> 20} MB, also once it is unzipped.")
    if not unzip.eof:
        raise Refused(400, "This zipped body ends in the middle.")
    return whole
