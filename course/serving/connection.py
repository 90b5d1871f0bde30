"""One connection: HTTP/1.1 on the standard library's handler, within limits of size and time.

Whatever comes in, nothing breaks: it is refused in a sentence. No credentials are looked at, and none are kept.
"""

from __future__ import annotations

import socket
from http.server import BaseHTTPRequestHandler
from io import BufferedReader, RawIOBase
from time import monotonic
from typing import TYPE_CHECKING, Any

from course.serving.bodies import Refused, read_body
from course.serving.control import PREFIX, control
from course.serving.session import Over
from course.serving.told import Trouble
from engine.aws.gateway.bodies import unpacked
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from course.serving.server import Server

IDLE_S, HALF_S = 120.0, 20.0
"""How long a connection waits for its next request, and for all of one that has begun."""
DRAINED_BYTES, DRAINED_S = 1 << 28, 2.0
"""What is thrown away of a request that was refused, so that its sender gets to read why."""
TLS = b"\x16"
"""How everything in TLS begins, and nothing in HTTP."""

SAY = {
    400: "This is no HTTP/1.1.",
    405: "There is no such method.",
    414: "The first line of this request is too long.",
    431: "This request has too many headers, or too long ones.",
}
"""What is said of what is no HTTP."""
NO_HEADER = "A line among the headers is none; each is a name, a colon right after it, and a value."


class Incoming(RawIOBase):
    """What a client sends, until a moment of the wall; a byte now and then wins it no more time."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection, self._until_s = connection, 0.0

    def wait_at_most(self, seconds: float) -> None:
        """Take what comes from now on for so long."""
        self._until_s = monotonic() + seconds

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401 - whatever holds bytes
        """Take what is there; TimeoutError if it comes too late."""
        left_s = self._until_s - monotonic()
        if left_s <= 0:
            raise TimeoutError("the client took too long")
        self._connection.settimeout(left_s)
        return self._connection.recv_into(buffer)


class Handler(BaseHTTPRequestHandler):
    """Whoever talks on one connection."""

    server: Server
    raw_requestline: bytes
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "mlcourse", ""
    disable_nagle_algorithm = True  # 45 ms a request otherwise: the answer's end waits for an acknowledgement
    wbufsize = 1 << 16

    def setup(self) -> None:
        """Have all that is read come in time."""
        super().setup()
        self.rfile.close()
        self._incoming = Incoming(self.connection)
        self.rfile = BufferedReader(self._incoming)

    def handle_one_request(self) -> None:
        """Wait for a request, and answer it."""
        self._incoming.wait_at_most(IDLE_S)
        begins = self._next_byte()
        self._incoming.wait_at_most(HALF_S)
        while begins in (b"\r", b"\n"):  # clients have been seen to end a body with a line that belongs to nothing
            self.rfile.read(1)
            begins = self._next_byte()
        if begins == TLS:
            self.server.tell(Trouble("Somebody spoke TLS; the address begins with http://, not with https://."))
            self.close_connection = True
            return
        super().handle_one_request()

    def _next_byte(self) -> bytes:
        assert isinstance(self.rfile, BufferedReader)  # as it was made
        return self.rfile.peek(1)[:1]

    def parse_request(self) -> bool:
        """Read the head of a request, of which the first line has come."""
        if len(self.raw_requestline.split()) == 2:
            self.send_error(400)
            return False
        if not super().parse_request():
            return False
        if self.request_version < "HTTP/1":
            self.send_error(400)
            return False
        if self.headers.defects or self.headers.get_payload():  # what follows would be lost without a word
            self._refuse(400, NO_HEADER)
            return False
        return True

    def handle_expect_100(self) -> bool:
        """Let a client send its body; if it is too large, that is said once it is read."""
        return True

    def do_POST(self) -> None:
        """Answer, whatever the method."""
        try:
            request = unpacked(self._request())
        except Refused as refused:
            self._refuse(refused.status, str(refused))
            return
        except ServiceError as error:
            self._refuse(error.status, error.message)
            return
        self._send(self._answered(request))

    do_GET = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_OPTIONS = do_POST

    def _request(self) -> HttpRequest:
        headers: dict[str, str] = {}
        for name, value in self.headers.items():
            name, value = name.lower(), value.strip(" \t")
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        continues = self.request_version >= "HTTP/1.1" and headers.get("expect", "").lower() == "100-continue"
        body = read_body(self.rfile, headers, self._continue if continues else None)
        path, _, query = self.path.partition("?")
        if "://" in path:
            path = "/" + path.partition("://")[2].partition("/")[2]
        return HttpRequest(method=self.command, path=path, query=query, headers=headers, body=body)

    def _continue(self) -> None:
        self.send_response_only(100)
        self.end_headers()
        self.wfile.flush()

    def _answered(self, request: HttpRequest) -> HttpResponse:
        session = self.server.session
        try:
            return control(session, request) if request.path.startswith(PREFIX) else session.answer(request)
        except Over as over:
            self.close_connection = True
            return HttpResponse(status=503, headers={"Content-Type": "text/plain"}, body=str(over).encode())
        except Exception as error:  # a mistake of ours is told as one, and the next request is answered
            self.server.tell(Trouble(f"mlcourse itself failed at a request: {type(error).__name__}: {error}"))
            body = (
                b'{"__type": "InternalFailure", "message": "mlcourse itself failed at this request; please report it."}'
            )
            return HttpResponse(status=500, headers={"Content-Type": "application/x-amz-json-1.1"}, body=body)

    def _send(self, response: HttpResponse) -> None:
        """Write an answer in one go."""
        self.connection.settimeout(HALF_S)
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(response.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)
        self.wfile.flush()

    def _refuse(self, status: int, say: str) -> None:
        """Say why a request is not taken, and hang up: where the next one would begin is not known."""
        self.close_connection = True
        self.command = getattr(self, "command", None) or "GET"
        self._send(
            HttpResponse(status=status, headers={"Content-Type": "text/plain; charset=utf-8"}, body=say.encode())
        )
        self._drain()

    def _drain(self) -> None:
        """Throw away what is still sent: a connection that is closed on unread bytes takes the answer with it."""
        self.connection.shutdown(socket.SHUT_WR)
        self._incoming.wait_at_most(DRAINED_S)
        piece, left = bytearray(1 << 16), DRAINED_BYTES
        while left > 0 and (count := self._incoming.readinto(piece)):
            left -= count

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no HTTP; never with a 5xx, which clients would try again."""
        status = code if code in SAY else 405 if code == 501 else 400
        self.request_version, self.requestline = "HTTP/1.1", ""
        self._refuse(status, SAY[status])

    def log_message(self, format: str, *args: Any) -> None:  # noqa: ANN401 - as it is overridden
        """Print nothing; the session tells what is asked."""
