"""What a service answers in place of an output."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import EngineError

SIMULATED = "sagemaker, sagemaker-runtime, cloudwatch, application-autoscaling, events and sts"
"""The services that are here, as answers to requests to others name them."""


class ServiceError(EngineError):
    """An error as AWS names it."""

    def __init__(self, code: str, message: str, *, status: int = 400, fields: Mapping[str, Any] | None = None) -> None:
        """`fields` are what the error's shape holds beside its message, such as OriginalStatusCode."""
        super().__init__(f"{code}: {message}")
        self.code, self.message, self.status = code, message, status
        self.fields = fields or {}


def not_simulated(service: str, operation: str) -> ServiceError:
    """Return the error of what AWS has and this program does not: a 4xx, since clients try a 5xx again for minutes."""
    return ServiceError("NotSimulated", f"{operation} of {service} is not simulated by mlcourse.", status=400)
