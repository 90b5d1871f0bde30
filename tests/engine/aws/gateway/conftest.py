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

    def send(self, target, given):
        """Return the answer."""
        headers = {
            "x-amz-target": target,
            "content-type": "application/x-amz-json-1.1",
            "x-amzn-query-mode": "true",
        }
        return self.gateway.answer(
            HttpRequest(method="POST", path="/", headers=headers, body=json.dumps(given).encode())
        )

    def ask(self, target, **given):
        """Return status and body of the answer."""
        found = self.send(target, given)
        return found.status, json.loads(found.body)

    def watch(self, operation, **given):
        """Return the answer of CloudWatch to a request that it takes."""
        status, body = self.ask(f"GraniteServiceVersion20100801.{operation}", **given)
        assert status == 200, body
        return body

    def refused(self, operation, **given):
        """Return status, code and message of a refusal of CloudWatch; the code is the one that clients raise."""
        found = self.send(f"GraniteServiceVersion20100801.{operation}", given)
        assert found.status >= 400, found.body
        code = found.headers["x-amzn-query-error"].partition(";")[0]
        message = json.loads(found.body).get("message", "")
        return found.status, {"ValidationException": "ValidationError"}.get(code, code), message

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
