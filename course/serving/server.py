"""The socket: HTTP/1.1 on the standard library's threading server, for clients of this machine.

Whatever comes in, nothing breaks: it is refused in a sentence, within limits of size and time. No credentials are
looked at, and none are kept.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from socketserver import TCPServer
from threading import Event, Thread
from typing import Any

from course.errors import CourseError, one_line
from course.serving.bodies import Refused, read_body
from course.serving.control import PREFIX, control
from course.serving.session import Session
from course.serving.told import Tell, Trouble
from engine.aws.gateway.bodies import unpacked
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.http import HttpRequest, HttpResponse

IDLE_S, HALF_S = 120.0, 20.0
"""How long a connection waits for its next request, and for the rest of one that has begun."""
TICK_S = 0.25
"""How often time passes by itself, so that what happens is told."""
DRAINED_BYTES, DRAINED_S = 1 << 28, 2.0
"""What is thrown away of a request that was refused, so that its sender gets to read why."""

SAY = {
    400: "This is no HTTP/1.1.",
    405: "There is no such method.",
    414: "The first line of this request is too long.",
    431: "This request has too many headers, or too long ones.",
}
"""What is said of what is no HTTP."""


class PortTaken(CourseError):
    """The server cannot listen where it was told to."""


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: _Server
    raw_requestline: bytes
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "mlcourse", ""
    disable_nagle_algorithm = True  # 45 ms a request otherwise: the answer's end waits for an acknowledgement
    wbufsize = 1 << 16
    timeout = IDLE_S

    def parse_request(self) -> bool:
        """Read the head of a request, of which the first line has come."""
        if self.raw_requestline[:1] == b"\x16":
            self.server.tell(Trouble("Somebody spoke TLS; the address begins with http://, not with https://."))
            self.close_connection = True
            return False
        self.connection.settimeout(HALF_S)
        if len(self.raw_requestline.split()) == 2:
            self.send_error(400)
            return False
        return super().parse_request()

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
        self.connection.settimeout(IDLE_S)

    do_GET = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_OPTIONS = do_POST

    def _request(self) -> HttpRequest:
        headers: dict[str, str] = {}
        for name, value in self.headers.items():
            name = name.lower()
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
        except Exception as error:  # a mistake of ours is told as one, and the next request is answered
            self.server.tell(Trouble(f"mlcourse itself failed at a request: {type(error).__name__}: {error}"))
            body = (
                b'{"__type": "InternalFailure", "message": "mlcourse itself failed at this request; please report it."}'
            )
            return HttpResponse(status=500, headers={"Content-Type": "application/x-amz-json-1.1"}, body=body)

    def _send(self, response: HttpResponse) -> None:
        """Write an answer in one go."""
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
        self.connection.settimeout(DRAINED_S)
        left = DRAINED_BYTES
        while left > 0 and (piece := self.connection.recv(1 << 16)):
            left -= len(piece)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no HTTP; never with a 5xx, which clients would try again."""
        status = code if code in SAY else 405 if code == 501 else 400
        self.request_version, self.requestline = "HTTP/1.1", ""
        self._refuse(status, SAY[status])

    def log_message(self, format: str, *args: Any) -> None:  # noqa: ANN401 - as it is overridden
        """Print nothing; the session tells what is asked."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str, port: int, session: Session, tell: Tell) -> None:
        self.session, self.tell = session, tell
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Bind without asking anybody for the name of the host, which may take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[0], self.server_address[1]  # type: ignore[assignment]

    def handle_error(self, request: object, client_address: object) -> None:
        """Let clients go away, or stop in the middle; tell what else went wrong."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            self.tell(Trouble(f"mlcourse itself failed at a connection: {type(error).__name__}: {error}"))


@contextmanager
def serving(
    session: Session, host: str = "127.0.0.1", port: int = 0, *, tell: Tell = lambda told: None
) -> Iterator[str]:
    """Serve until the end of the block; yield the address. Port 0 is any free one; PortTaken if none can be had."""
    try:
        server = _Server(host, port, session, tell)
    except (OSError, OverflowError) as error:
        raise PortTaken(_cannot(host, port, error)) from error
    over = Event()
    threads = [
        Thread(target=server.serve_forever, args=(0.05,), daemon=True),
        Thread(target=_tick, args=(session, over, tell), daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        name = f"[{host}]" if ":" in host else host
        yield f"http://{name}:{server.server_address[1]}"
    finally:
        session.end()
        over.set()
        server.shutdown()
        server.server_close()
        for thread in threads:
            thread.join()


def is_loopback(host: str) -> bool:
    """Can nobody but this machine reach the host?"""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _tick(session: Session, over: Event, tell: Tell) -> None:
    while not over.wait(TICK_S):
        try:
            session.tick()
        except Exception as error:  # told once; each request will say it again
            tell(Trouble(f"mlcourse itself failed while time passed: {type(error).__name__}: {error}"))
            return


def _cannot(host: str, port: int, error: Exception) -> str:
    why = getattr(error, "strerror", None) or str(error)
    return (
        f"cannot listen on {one_line(host)}, port {port} ({one_line(why)}); choose another port with --port, "
        "or --port 0 for any that is free"
    )
