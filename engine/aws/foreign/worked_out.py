"""What templates and configurations leave to be worked out: how far that goes, and names of what is not there yet."""

from __future__ import annotations

from engine.autoscaling.registry import POLICY_ARN
from engine.requests.arns import ACCOUNT, REGION

DEEPEST = 8
"""References that lead to others are followed so far."""
MOST_CALLS = 5_000
LONGEST = 10_000
"""References, and characters of what comes of one: no composite alarm's rule is longer (10,240)."""
POLICY_ID = "00000000-0000-0000-0000-000000000000"
"""AWS draws one for each scaling policy; here the rest of its ARN tells which it is."""


class Unknown(Exception):
    """A value that a template or a configuration alone does not tell."""


class Budget:
    """How many references have been followed."""

    def __init__(self) -> None:
        self.calls = 0

    def spend(self, depth: int) -> None:
        """Count one more; Unknown where they lead too far, or are too many."""
        self.calls += 1
        if depth > DEEPEST:
            raise Unknown("a reference that leads in a circle")
        if self.calls > MOST_CALLS:
            raise Unknown(f"more than {MOST_CALLS} functions")


def short(text: str) -> str:
    """Return the text; Unknown for one that nobody can mean."""
    if len(text) > LONGEST:
        raise Unknown(f"a text of more than {LONGEST} characters")
    return text


def as_text(value: object) -> str:
    """Return a single value as it stands within a text; Unknown for any other."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise Unknown("a part of a text")


def scaling_policy_arn(namespace: str, resource_id: str, name: str) -> str:
    """Return the ARN of a scaling policy, through which alarms act."""
    return f"{POLICY_ARN}{POLICY_ID}:resource/{namespace}/{resource_id}:policyName/{name}"


def topic_arn(name: str) -> str:
    """Return the ARN of a topic, whom alarms tell."""
    return f"arn:aws:sns:{REGION}:{ACCOUNT}:{name}"


def role_arn(name: str) -> str:
    """Return the ARN of a role, with which services act."""
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"
