"""All operations that are simulated, by service and name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.operations import endpoints, invoking, sent

Operation = Callable[[Account, Raw], Mapping[str, Any]]
"""Takes the input, changes the account or not, and returns the output; ServiceError if it refuses."""

OPERATIONS: Mapping[tuple[str, str], Operation] = {
    **sent.OPERATIONS,
    **endpoints.OPERATIONS,
    **invoking.OPERATIONS,
}
