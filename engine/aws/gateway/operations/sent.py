"""Operations that a plan may hold: checked as AWS checks them, handed to the live run, and remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NoReturn

from engine.aws.checking import check_request
from engine.aws.gateway.account import Account, Raw, Sent
from engine.aws.gateway.errors import ServiceError
from engine.aws.shapes.models import SERVICES
from engine.aws.translation.reading import READERS
from engine.requests.arns import arn

Output = Mapping[str, Any]


def send(operation: str, account: Account, request: Raw) -> Output:
    """Check a request, hand it over, and return what AWS answers."""
    noted = account.models.in_the_world(request)
    stops = next((each for each in check_request(operation, request) if each.stops), None)
    if stops is not None:
        code = "NotSimulated" if stops.severity == "not-simulated" else "ValidationException"
        refuse(operation, account, request, ServiceError(code, stops.answer or stops.say))
    refusal = account.live.submit(READERS[operation](request))
    account.sent.append(Sent(account.live.now, operation, noted, refusal.code if refusal else ""))
    if refusal is not None:
        raise ServiceError(refusal.code, refusal.message, status=refusal.status)
    name = next((str(request[key]) for key in NAMES if key in request), "")
    account.remembered.setdefault(operation, {})[name] = request
    return ANSWERS.get(operation, _nothing)(request)


def refuse(operation: str, account: Account, request: Raw, error: ServiceError) -> NoReturn:
    """Take down a request that is refused before it is handed over, and raise why."""
    account.sent.append(Sent(account.live.now, operation, account.models.in_the_world(request), error.code))
    raise error


NAMES = ("EndpointConfigName", "AlarmName")
"""Keys under which a request says what it makes."""


def _nothing(request: Raw) -> Output:
    return {}


def _arn_of(kind: str, key: str, answer: str) -> Callable[[Raw], Output]:
    return lambda request: {answer: arn(kind, request[key])}


ANSWERS: Mapping[str, Callable[[Raw], Output]] = {
    "CreateEndpointConfig": _arn_of("endpoint-config", "EndpointConfigName", "EndpointConfigArn"),
    "CreateEndpoint": _arn_of("endpoint", "EndpointName", "EndpointArn"),
    "UpdateEndpoint": _arn_of("endpoint", "EndpointName", "EndpointArn"),
    "UpdateEndpointWeightsAndCapacities": _arn_of("endpoint", "EndpointName", "EndpointArn"),
}
"""What is answered beside nothing."""
OPERATIONS = {(service, operation): partial(send, operation) for operation, service in SERVICES.items()}
