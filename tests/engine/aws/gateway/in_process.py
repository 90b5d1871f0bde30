"""botocore's own client on a gateway in the same process: no socket, and its waiters let the run go on."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from unittest.mock import patch

from botocore.session import Session

from tests.engine.aws.gateway.clients import gateway_of, hand_to

__all__ = ["client", "gateway_of", "talking_to"]

_gateways = []


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


def _sent(request, **_):
    return hand_to(_gateways[-1])(request)
