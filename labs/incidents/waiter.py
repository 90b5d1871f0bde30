"""The script that waits for an endpoint, as boto3 and the AWS CLI ship it (spec sagemaker 3.1).

`aws sagemaker wait endpoint-in-service` looks at EndpointStatus alone, every 30 seconds and 120 times at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.run import Run

POLL_S = 30.0
MOST_POLLS = 120


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the script has seen by now."""

    polls: int
    """How often it has looked; 0 before it was started."""
    verdict: Literal["waiting", "success", "failure"]
    at_s: float | None = None
    """When it ended."""


def started_s(run: Run) -> float | None:
    """Return when the script was started: together with the first update, whatever is sent later."""
    return next((event.t for event in run.own_events if event.what == "UpdateEndpoint"), None)


def waiting(run: Run, t: float) -> Waiting:
    """Return what a waiter that was started together with the update says at `t` seconds of the run."""
    started = started_s(run)
    if started is None or t < started:
        return Waiting(0, "waiting")
    looks = min(MOST_POLLS, int((t - started) // POLL_S) + 1)
    for look in range(looks):
        at = started + look * POLL_S
        status = run.describe_endpoint(at).get("EndpointStatus", "Failed")  # a ValidationException is one
        if status in ("InService", "Failed"):
            return Waiting(look + 1, "success" if status == "InService" else "failure", at)
    if looks == MOST_POLLS:
        return Waiting(looks, "failure", started + (MOST_POLLS - 1) * POLL_S)
    return Waiting(looks, "waiting")
