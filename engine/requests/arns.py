"""Names as AWS prints them: where simulated things are, in the account that AWS's own examples use."""

from __future__ import annotations

REGION, ACCOUNT = "us-east-1", "111122223333"


def arn(kind: str, name: str) -> str:
    """Return the ARN of an `endpoint`, an `endpoint-config` or a `model`; there names are in lower case."""
    return f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:{kind}/{name.lower()}"


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
