"""The socket, for clients of this machine: a thread for each connection, and not too many of them."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EADDRNOTAVAIL, EAFNOSUPPORT
from http.server import ThreadingHTTPServer
from ipaddress import ip_address
from socketserver import TCPServer
from threading import BoundedSemaphore, Event, Thread
from typing import Any

from course.errors import CourseError, one_line
from course.serving.connection import Handler
from course.serving.session import Session
from course.serving.told import Tell, Trouble

TICK_S = 0.25
"""How often time passes by itself, so that what happens is told."""
MOST_CONNECTIONS = 128
"""At once. Each has a thread and a descriptor, of which some systems give a program 256."""
FULL = f"{MOST_CONNECTIONS} connections are open here, which is the most; close one, then ask again."


class PortTaken(CourseError):
    """The server cannot listen where it was told to."""


class Server(ThreadingHTTPServer):
    """Listens, and hands each connection to a thread."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str, port: int, session: Session, tell: Tell) -> None:
        self.session, self.tell = session, tell
        self._room, self._was_full = BoundedSemaphore(MOST_CONNECTIONS), False
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), Handler)

    def server_bind(self) -> None:
        """Bind without asking anybody for the name of the host, which may take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[0], self.server_address[1]  # type: ignore[assignment]

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as it is overridden
        """Begin with a connection, or refuse it."""
        if not self._room.acquire(blocking=False):
            self._refuse(request)
            return
        try:
            super().process_request(request, client_address)
        except RuntimeError:  # the system has no thread left
            self._room.release()
            self._refuse(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as it is overridden
        """Serve a connection to its end."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def _refuse(self, connection: socket.socket) -> None:
        """Say that there is no room, which clients take for a reason to try again, and tell it once."""
        if not self._was_full:
            self._was_full = True
            self.tell(Trouble(f"A client was refused: {FULL}"))
        head = "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: "
        with suppress(OSError):  # it has gone away by itself
            connection.setblocking(False)
            connection.sendall(f"{head}{len(FULL)}\r\n\r\n{FULL}".encode())
            connection.shutdown(socket.SHUT_WR)
            connection.recv(1 << 16)  # what is closed on unread bytes takes the answer with it
        self.shutdown_request(connection)

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
        server = Server(host, port, session, tell)
    except (OSError, OverflowError, TypeError, UnicodeError) as error:  # the last two are about names of hosts
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
        session.settle()
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
    elsewhere = isinstance(error, socket.gaierror | TypeError | UnicodeError) or (
        isinstance(error, OSError) and error.errno in (EADDRNOTAVAIL, EAFNOSUPPORT)
    )
    remedy = (
        "name an address of this machine with --host, such as 127.0.0.1"
        if elsewhere
        else "choose another port with --port, or --port 0 for any that is free"
    )
    return f"cannot listen on {one_line(host)}, port {port} ({one_line(why)}); {remedy}"
