"""Names as the service prints them: where simulated things are, in the account that AWS's own examples use."""

from __future__ import annotations

REGION, ACCOUNT = "us-east-1", "111122223333"


def arn(kind: str, name: str) -> str:
    """Return the ARN of an `endpoint`, an `endpoint-config` or a `model`; there names are in lower case."""
    return f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:{kind}/{name.lower()}"
