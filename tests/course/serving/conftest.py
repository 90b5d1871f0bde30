"""A small world behind a real socket, and clients for it."""

from __future__ import annotations

import json
import socket
from contextlib import contextmanager
from http.client import HTTPConnection

import pytest

from course.serving.server import serving
from course.serving.session import Session, begun
from tests.engine.rollouts import world

NAME = world().endpoint.endpoint_name


class Client:
    """Asks one address; keeps what the server told."""

    def __init__(self, url, session, told):
        self.url, self.session, self.told = url, session, told
        self.port = int(url.rpartition(":")[2])

    @contextmanager
    def connection(self):
        """A connection that is kept alive until the end of the block."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            yield connection
        finally:
            connection.close()

    def ask(self, operation="DescribeEndpoint", connection=None, **given):
        """Return status, headers and body of the answer to a request in JSON."""
        given = given or {"EndpointName": NAME}
        if connection is None:
            with self.connection() as connection:
                return self.ask(operation, connection, **given)
        headers = {"X-Amz-Target": f"SageMaker.{operation}", "Content-Type": "application/x-amz-json-1.1"}
        connection.request("POST", "/", json.dumps(given), headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, json.loads(answer.read())

    def clock(self, method="GET", path="/_mlcourse/clock", **body):
        """Return status and body of the answer of our own address."""
        with self.connection() as connection:
            connection.request("POST" if body else method, path, json.dumps(body) if body else None)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())

    def send(self, sent, *, half=False):
        """Send bytes as they are, and return all that comes back; `half` says that no more will come."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(sent)
            if half:
                connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(1 << 16), b""))


@pytest.fixture
def served():
    """A client of a server whose time stands still."""
    with served_by() as client:
        yield client


@contextmanager
def served_by(clock=None, here=None, **more):
    """Serve a world."""
    told = []
    session = Session(begun(here or world(), 1), clock, tell=told.append, **more)
    with serving(session, tell=told.append) as url:
        yield Client(url, session, told)
