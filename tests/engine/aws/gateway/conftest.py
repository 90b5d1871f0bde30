"""An account whose run has just begun, and requests to it."""

from __future__ import annotations

import json

import pytest

from engine.aws.gateway.account import Account
from engine.aws.gateway.gateway import Gateway
from engine.aws.gateway.http import HttpRequest
from engine.live import Live
from engine.traffic.arrivals import Arrivals
from tests.engine.rollouts import STEADY, world


class Client:
    """Asks a gateway about CloudWatch and SageMaker, in JSON."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.account = Account(live)
        self.gateway = Gateway(self.account)

    def ask(self, target, **given):
        """Return status and body of the answer."""
        headers = {"x-amz-target": target, "content-type": "application/x-amz-json-1.1"}
        request = HttpRequest(method="POST", path="/", headers=headers, body=json.dumps(given).encode())
        found = self.gateway.answer(request)
        return found.status, json.loads(found.body)

    def watch(self, operation, **given):
        """Return the answer of CloudWatch to a request that it takes."""
        status, body = self.ask(f"GraniteServiceVersion20100801.{operation}", **given)
        assert status == 200, body
        return body

    def refused(self, operation, **given):
        """Return status, code and message of a refusal of CloudWatch."""
        status, body = self.ask(f"GraniteServiceVersion20100801.{operation}", **given)
        assert status >= 400, body
        return status, body["__type"].rpartition("#")[2], body.get("message", "")

    def at(self, t):
        """Return a second of the run as seconds since 1970."""
        return self.live.world.clock(t).timestamp()


def client_of(**changes):
    """Return a client of a run of a small world."""
    here = world(**{"timing": STEADY, **changes})
    return Client(Live(here, Arrivals(here.workload, 1)))


@pytest.fixture
def client():
    """A client of the small world."""
    return client_of()
