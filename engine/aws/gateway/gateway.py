"""The door: an HTTP request in, the answer out. It owns no socket, no clock and no file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.aws.gateway.account import Account
from engine.aws.gateway.bodies import unpacked
from engine.aws.gateway.call import Call, Wire
from engine.aws.gateway.errors import ServiceError, not_simulated
from engine.aws.gateway.http import HttpRequest, HttpResponse
from engine.aws.gateway.operations.registry import OPERATIONS
from engine.aws.gateway.protocols.cbor import Cbor
from engine.aws.gateway.protocols.json_rpc import JsonRpc
from engine.aws.gateway.protocols.nobody import Nobody
from engine.aws.gateway.protocols.query import Query
from engine.aws.gateway.protocols.rest_runtime import RestRuntime
from engine.aws.gateway.protocols.taken import shape_in
from engine.aws.shapes.client import first_refusal

WIRES: tuple[Wire, ...] = (JsonRpc(), Cbor(), RestRuntime(), Query(), Nobody())
"""The protocols, in the order in which they are recognised; the last one takes whatever is left."""


class Gateway:
    """The AWS endpoints of one account."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._answered = 0

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Return the answer as of now; whatever comes in, an error of AWS's form comes out of what is wrong with it."""
        self._answered += 1
        answer_id = f"00000000-0000-4000-8000-{self._answered:012d}"
        wire = next(each for each in WIRES if each.speaks(request))
        try:
            request = unpacked(request)
            call = wire.read(request)
            response = wire.write(call, self._carried_out(call), answer_id)
        except ServiceError as error:
            response = wire.error(request, error, answer_id)
        return self._signed(response, answer_id)

    def _carried_out(self, call: Call) -> Mapping[str, Any]:
        """Return the output of a call; ServiceError if it is refused."""
        shape = shape_in(call.service, call.operation)
        operation = OPERATIONS.get((call.service, call.operation))
        if operation is None:
            raise not_simulated(call.service, call.operation)
        wrong = first_refusal(shape, call.input) if shape is not None else None
        if wrong:
            raise ServiceError("ValidationException", wrong)
        return operation(self.account, call.input)

    def _signed(self, response: HttpResponse, answer_id: str) -> HttpResponse:
        """Return the answer with its id, which counts the answers, and with the simulated time."""
        headers = {
            "x-amzn-RequestId": answer_id,
            "x-mlcourse-time": self.account.now.isoformat(),
            **response.headers,
        }
        return HttpResponse(status=response.status, headers=headers, body=response.body)
