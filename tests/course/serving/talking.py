"""Somebody who talks to a gateway as clients do: requests in JSON, each at its moment."""

from __future__ import annotations

import json

from engine.aws.gateway.account import Account
from engine.aws.gateway.gateway import Gateway
from engine.aws.gateway.http import HttpRequest
from engine.aws.gateway.protocols.json_rpc import TARGETS
from engine.aws.shapes.models import SERVICES
from engine.live import Live
from engine.traffic.arrivals import Arrivals

TARGET_OF = {service: target for target, service in TARGETS.items()}


class Client:
    """A client of a world that has just begun."""

    def __init__(self, world, seed=1):
        self.live = Live(world, Arrivals(world.workload, seed))
        self.account = Account(self.live)
        self.gateway = Gateway(self.account)

    def at(self, t, operation, request, service="sagemaker"):
        """Send a request at `t` seconds of the run and return the status; `service` is that of what no plan holds."""
        self.live.advance(t)
        target = f"{TARGET_OF[SERVICES.get(operation, service)]}.{operation}"
        headers = {"x-amz-target": target, "content-type": "application/x-amz-json-1.1"}
        body = json.dumps(request).encode()
        return self.gateway.answer(HttpRequest(method="POST", path="/", headers=headers, body=body)).status

    def play(self, plan):
        """Send what a plan holds at its times; its conditions are looked at by whoever sends it."""
        for step, operation, request in plan:
            at = self.live.world.update_at_s + step.after_s
            self.live.advance(at)
            if step.when is None or self.live.sender._holds(step.when, step.request):
                self.at(at, operation, request)

    def end(self, until_s):
        """Let time pass and return the run."""
        self.live.advance(until_s)
        run = self.live.result()
        self.live.let_go()
        return run
