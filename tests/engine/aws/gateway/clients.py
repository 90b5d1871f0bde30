"""Real clients in this process: what botocore sends goes to a gateway, and what comes back is read by botocore."""

from __future__ import annotations

import io
import os
from types import SimpleNamespace
from urllib.parse import urlsplit

from botocore.awsrequest import AWSResponse, HeadersDict
from botocore.config import Config
from botocore.serialize import create_serializer
from botocore.session import Session

from engine.aws.gateway.account import Account
from engine.aws.gateway.gateway import Gateway
from engine.aws.gateway.http import HttpRequest
from engine.live import Live
from engine.traffic.arrivals import Arrivals
from tests.engine.rollouts import world

REGION = "us-east-1"


class _Raw(io.BytesIO):
    """A body as urllib3 hands it over."""

    def stream(self, *_, **__):
        """Yield it."""
        yield self.read()


def gateway_of(here=None, seed=1):
    """Return the gateway of an account whose run has just begun."""
    here = world() if here is None else here
    return Gateway(Account(Live(here, Arrivals(here.workload, seed))))


def as_received(request):
    """Return what a server would receive of a request that botocore has prepared."""
    url = urlsplit(request.url)
    body = request.body.read() if hasattr(request.body, "read") else request.body or b""
    text = {key.lower(): v.decode("latin-1") if isinstance(v, bytes) else str(v) for key, v in request.headers.items()}
    return HttpRequest(
        method=request.method,
        path=url.path or "/",
        query=url.query,
        headers=text,
        body=body.encode() if isinstance(body, str) else bytes(body),
    )


def hand_to(gateway, seen=None):
    """Return a handler of `before-send` that lets the gateway answer; `seen` takes each request and its answer."""

    def send(request, **_):
        received = as_received(request)
        answer = gateway.answer(received)
        if seen is not None:
            seen.append((received, answer))
        return AWSResponse(request.url, answer.status, HeadersDict(answer.headers), _Raw(answer.body))

    return send


def session_of(gateway, seen=None):
    """Return a session of botocore whose clients talk to the gateway, and which looks at nobody's settings."""
    session = Session()
    session.set_config_variable("config_file", os.devnull)
    session.set_config_variable("credentials_file", os.devnull)
    session.set_credentials("AKIDEXAMPLE", "secret")
    session.register("before-send", hand_to(gateway, seen))
    return session


def client(gateway, service, *, seen=None, **config):
    """Return a client of a service, such as `cloudwatch`, as `boto3.client` would."""
    settings = Config(retries={"total_max_attempts": 1}, **config)
    return session_of(gateway, seen).create_client(service, region_name=REGION, config=settings)


def let_waiters_pass_time(monkeypatch, gateway):
    """Let waiters wait on the clock of the run."""
    live = gateway.account.live
    monkeypatch.setattr("botocore.waiter.time", SimpleNamespace(sleep=lambda s: live.advance(live.now + s)))


def speaking(protocol, client):
    """Return the client, which from now on speaks another protocol of its service, such as `smithy-rpc-v2-cbor`."""
    model = client.meta.service_model
    assert protocol in model.protocols
    model.resolved_protocol = protocol
    client._serializer = create_serializer(protocol, include_validation=True)
    return client
