"""Moments in requests, and seconds of the run."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.aws.gateway.account import Account
from engine.aws.gateway.errors import ServiceError
from engine.aws.shapes.times import read_time
from engine.requests.refusal import INVALID


def run_second(account: Account, value: object) -> float:
    """Return the second of the run at which a moment of a request lies; before the run it is negative."""
    moment = value if isinstance(value, datetime) else read_time(value)
    if moment is None:
        raise ServiceError(INVALID, f"{value!r} is no moment.")
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return (aware - account.live.world.clock(0)).total_seconds()
