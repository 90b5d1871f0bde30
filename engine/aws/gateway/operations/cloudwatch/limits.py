"""What the service refuses by its model alone, where a request is no part of a plan: maxima, enums, patterns.

Asked by the operations themselves, so that what only changes something is taken down as refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.aws.gateway.errors import ServiceError
from engine.aws.shapes.constraints import first_refusal
from engine.aws.shapes.models import shapes_of
from engine.requests.refusal import INVALID


def keep_to_the_model(operation: str, request: Mapping[str, Any]) -> None:
    """Raise a ServiceError for the first value that the model does not allow."""
    shape, _ = shapes_of("cloudwatch", operation)
    wrong = first_refusal(shape, request) if shape is not None else None
    if wrong:
        raise ServiceError(INVALID, wrong)
