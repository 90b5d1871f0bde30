"""botocore's own client on a gateway in the same process: no socket, and its waiters let the run go on."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from unittest.mock import patch
from urllib.parse import urlsplit

from botocore.awsrequest import AWSResponse
from botocore.session import Session

from engine.aws.gateway.account import Account
from engine.aws.gateway.gateway import Gateway
from engine.aws.gateway.http import HttpRequest
from engine.live import Live
from engine.traffic.arrivals import Arrivals
from tests.engine.rollouts import world

_gateways = []


def gateway_of(here=None, seed=1):
    """Return the gateway of an account whose run has just begun."""
    here = here or world()
    return Gateway(Account(Live(here, Arrivals(here.workload, seed))))


@contextmanager
def talking_to(gateway):
    """Let all clients talk to this gateway, and sleep on its clock."""
    live = gateway.account.live
    _gateways.append(gateway)
    try:
        with patch("botocore.waiter.time.sleep", lambda seconds: live.advance(live.now + seconds)):
            yield gateway
    finally:
        _gateways.pop()


@cache
def client(service):
    """Return a client of botocore's: slow to make, and the same for every gateway."""
    session = Session()
    session.set_credentials("test", "test")
    made = session.create_client(service, region_name="us-east-1", endpoint_url="http://localhost:1")
    made.meta.events.register(f"before-send.{made.meta.service_model.service_id.hyphenize()}", _sent)
    return made


class _Body:
    """What botocore reads a body from."""

    def __init__(self, body):
        self.body = body

    def stream(self, *_, **__):
        """Yield it whole."""
        yield self.body


def _sent(request, **_):
    where = urlsplit(request.url)
    headers = {
        name.lower(): value if isinstance(value, str) else value.decode() for name, value in request.headers.items()
    }
    body = request.body or b""
    found = _gateways[-1].answer(
        HttpRequest(
            method=request.method,
            path=where.path,
            query=where.query,
            headers=headers,
            body=body if isinstance(body, bytes) else body.encode(),
        )
    )
    return AWSResponse(request.url, found.status, dict(found.headers), _Body(found.body))
