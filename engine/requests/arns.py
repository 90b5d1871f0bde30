"""Names as AWS prints them: where simulated things are, in the account that AWS's own examples use."""

from __future__ import annotations

from collections.abc import Iterable

REGION, ACCOUNT = "us-east-1", "111122223333"


def arn(kind: str, name: str) -> str:
    """Return the ARN of an `endpoint`, an `endpoint-config` or a `model`; there names are in lower case."""
    return f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:{kind}/{name.lower()}"


def namesake(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that would have the same ARN, if there is one.

    Of endpoints the service model says that creation takes no notice of case; of configurations, models and jobs AWS
    says nothing, and two of one ARN could not be told apart.
    """
    return next((each for each in known if each.lower() == name.lower()), None)


def otherwise_written(name: str, found: str) -> str:
    """Say that a name is taken in other letters; empty where it is the same."""
    return "" if name == found else f"{found} is there, and names differ by more than their case. "


def alarm_arn(name: str) -> str:
    """Return the ARN of an alarm of either kind; its name keeps its case."""
    return f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:{name}"


def mute_rule_arn(name: str) -> str:
    """Return the ARN of a mute rule."""
    return f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm-mute-rule:{name}"


def alarm_named(arn: str) -> str | None:
    """Return the alarm that an ARN names, or None for the ARN of something else."""
    head = alarm_arn("")
    return arn.removeprefix(head) if arn.startswith(head) else None
