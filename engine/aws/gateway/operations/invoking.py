"""What an endpoint answers when it is invoked: InvokeEndpoint and InvokeEndpointAsync.

The workload of the world sends its requests by itself, and they are what metrics and alarms see. A request that comes
here is one more: it is answered as the endpoint would answer it now, by a variant chosen by the weights, with the
errors and the time that its model has now, and it leaves no trace: no metric counts it, no worker is busy with it, and
the answer comes at once. How long it would have taken stands in two headers, in microseconds as CloudWatch has them.

An endpoint that a client has created and that the world has no callers for is called by clients alone: what they ask is
counted, in its metrics too, and keeps its workers busy.

Not modelled: what a model says (the body is a note), what it makes of a particular input (a fault that strikes large
payloads or some users draws size and user as the workload does), sessions, inference components, explanations, and
the objects that an asynchronous endpoint would write to S3.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.aws.checking import check_request
from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.requests.arns import ACCOUNT, REGION
from engine.requests.sagemaker import AsyncInferenceConfig
from engine.serving.batch import CLIENT_ERROR, OK
from engine.serving.fleet import Fleet
from engine.serving.probe import Probe, probe, request_at
from engine.serving.serverless.environments import THROTTLED
from engine.serving.serverless.fleet import ServerlessFleet

Output = Mapping[str, Any]
INVALID = "ValidationError"
"""SageMaker Runtime's own name for it."""
NOT_MODELLED = ("TargetContainerHostname", "EnableExplanations", "InferenceComponentName", "SessionId", "PrefixAwareId")
NOTE = b'{"note": "Answered by mlcourse for the endpoint. What a model says is not simulated."}'
LARGEST_INLINE_BYTES = 128_000
"""Of a body that an asynchronous endpoint takes in place of a place in S3 (spec inference 4)."""
MICROSECONDS = 1e6
TIMED_OUT = "Your invocation timed out while waiting for a response from container model."
SAID = '{"error": "simulated by mlcourse"}'
"""The body of a container's error."""


def invoke(account: Account, request: Raw) -> Output:
    """Answer InvokeEndpoint as of now."""
    fleets = _fleets(account, "InvokeEndpoint", request)
    if "TargetModel" in request:
        name = request["EndpointName"]
        say = f"Endpoint {name} is not a multi-model endpoint and does not support target model header."
        raise ServiceError(INVALID, say)
    given = next((field for field in NOT_MODELLED if field in request), None)
    if given is not None:
        raise ServiceError("NotSimulated", f"{given} is not simulated by mlcourse: leave it out.")
    if any(fleet.asynchronous for fleet in fleets):
        raise ServiceError(
            INVALID, f"Endpoint {request['EndpointName']} is asynchronous, and InvokeEndpoint is for others."
        )
    found = _probed(account, request["EndpointName"], request.get("TargetVariant"))
    if found is None:
        raise ServiceError(
            INVALID, f"Variant {request['TargetVariant']} of endpoint {request['EndpointName']} not found."
        )
    took = _took(found)
    _raise_what_failed(request["EndpointName"], found, took)
    variant = found.fleet.variant.variant_name
    return {"Body": NOTE, "ContentType": "application/json", "InvokedProductionVariant": variant, **took}


def invoke_later(account: Account, request: Raw) -> Output:
    """Answer InvokeEndpointAsync: it is accepted, and nothing comes of it."""
    fleets = _fleets(account, "InvokeEndpointAsync", request)
    config = next((fleet.asynchronous for fleet in fleets if fleet.asynchronous), None)
    if config is None:
        raise ServiceError(INVALID, f"Endpoint {request['EndpointName']} is not asynchronous.")
    if bool(request["Body"]) == ("InputLocation" in request):
        raise ServiceError(INVALID, "Give either InputLocation or Body.")
    if len(request["Body"]) > LARGEST_INLINE_BYTES:
        raise ServiceError(INVALID, f"Body must not be larger than {LARGEST_INLINE_BYTES} bytes.")
    account.probes += 1
    own = f"mlcourse-{account.probes}"
    return {"InferenceId": request.get("InferenceId", own), **_locations(config, own)}


def _fleets(account: Account, operation: str, request: Raw) -> list[Fleet]:
    """Return who serves the endpoint now; ServiceError if the request is not valid, or nobody does."""
    checked = {name: value for name, value in request.items() if name != "Body"}
    stops = next((each for each in check_request(operation, {**checked, "Body": ""}) if each.stops), None)
    if stops is not None:
        raise ServiceError(INVALID, stops.answer or stops.say)
    found = account.live.hosts.find(request["EndpointName"])
    routes = found.cloud.endpoint.routes().by_variant if found is not None else {}
    fleets = [each.fleet for slices in routes.values() for each in slices]
    if not fleets:
        raise ServiceError(INVALID, f"Endpoint {request['EndpointName']} of account {ACCOUNT} not found.")
    return fleets


def _probed(account: Account, endpoint: str, variant: str | None) -> Probe | None:
    live, asked = account.live, account.live.hosts.find(endpoint)
    assert asked is not None, "it has fleets"
    live.catch_up()
    account.probes += 1
    slot = request_at(live.now, live.arrivals.seed, account.probes)
    routes = asked.cloud.endpoint.routes()
    if asked.cloud.is_expected:
        return probe(routes, slot, variant)
    account.counted[endpoint] = account.counted.get(endpoint, 0) + 1
    return probe(routes, slot, variant, asked.plane.count)


def _took(found: Probe) -> Mapping[str, int]:
    """Return in headers of our own how long the request would have taken."""
    answers = found.answers
    return {
        "x-mlcourse-model-latency-us": round(float(answers.model_s[0]) * MICROSECONDS),
        "x-mlcourse-overhead-latency-us": round(float(answers.overhead_s[0]) * MICROSECONDS),
    }


def _raise_what_failed(name: str, found: Probe, took: Mapping[str, int]) -> None:
    """Raise what the caller would see of a request that failed, in the words that AWS has been seen to use."""
    fleet, answers = found
    status = answers.status[0]
    if status == OK:
        return
    if isinstance(fleet, ServerlessFleet) and answers.more[1][0] == THROTTLED:
        raise ServiceError("ThrottlingException", "", status=429, fields=took)
    kind, original, said = _original(found)
    group = f"/aws/sagemaker/Endpoints/{name}"
    console = f"https://{REGION}.console.aws.amazon.com/cloudwatch/home?region={REGION}#logEventViewer:group={group}"
    say = f'Received {kind} error ({original}) from model with message "{said}".'
    fields = {
        "OriginalStatusCode": original,
        "OriginalMessage": said,
        "LogStreamArn": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{group}",
        **took,
    }
    see = f"See {console} in account {ACCOUNT} for more information."
    raise ServiceError("ModelError", f"{say} {see}", status=424, fields=fields)


def _original(found: Probe) -> tuple[str, int, str]:
    """Return whose error it was, with which status and which words the container answered."""
    fleet, answers = found
    if answers.status[0] == CLIENT_ERROR:
        return "client", 400, SAID
    if answers.model_s[0] >= fleet.answers_within_s:
        return "server", 0, TIMED_OUT
    if answers.work_s[0] == 0:
        return "server", 503, SAID  # its queue was full
    return "server", 500, SAID


def _locations(config: AsyncInferenceConfig, name: str) -> Output:
    """Return where the answer or the error would be found."""
    output = config.output_config
    places = {"OutputLocation": output.s3_output_path, "FailureLocation": output.s3_failure_path}
    ends = {"OutputLocation": ".out", "FailureLocation": "-error.out"}
    return {key: f"{path.rstrip('/')}/{name}{ends[key]}" for key, path in places.items() if path}


OPERATIONS = {
    ("sagemaker-runtime", "InvokeEndpoint"): invoke,
    ("sagemaker-runtime", "InvokeEndpointAsync"): invoke_later,
}
