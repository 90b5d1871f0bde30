"""STS: who is asking. There is one account, and nobody is asked for credentials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.requests.arns import ACCOUNT


def caller(account: Account, request: Raw) -> Mapping[str, Any]:
    """Answer GetCallerIdentity."""
    return {"UserId": "AIDAMLCOURSE", "Account": ACCOUNT, "Arn": f"arn:aws:iam::{ACCOUNT}:user/mlcourse"}


OPERATIONS = {("sts", "GetCallerIdentity"): caller}
