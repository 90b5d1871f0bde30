"""Operations that change something beside what a plan may hold: each is taken down in `Account.sent`, as it ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.aws.gateway.account import Account, Raw, Sent
from engine.aws.gateway.errors import ServiceError
from engine.errors import RefusedRequest
from engine.requests.refusal import INVALID

OF_QUERY = "ValidationError"
"""What a request that is not valid is called in the query protocol, from which the engine has it."""
Does = Callable[[Account, Raw], Mapping[str, Any]]


def noted(operation: str, does: Does) -> Does:
    """Return the operation as one that is taken down; what the engine refuses becomes an error of the service."""

    def do(account: Account, request: Raw) -> Mapping[str, Any]:
        error = None
        try:
            return does(account, request)
        except ServiceError as refused:
            error = refused
            raise
        except RefusedRequest as refused:
            code = INVALID if refused.code == OF_QUERY else refused.code
            error = ServiceError(code, refused.message, status=refused.status)
            raise error from None
        finally:
            account.sent.append(Sent(account.live.now, operation, request, error.code if error else ""))

    return do
