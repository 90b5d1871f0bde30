"""ListMetrics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.operations.cloudwatch.limits import keep_to_the_model
from engine.aws.gateway.operations.cloudwatch.reading import insist_on_own_account
from engine.aws.gateway.pages import page
from engine.aws.translation.writing_alarms import write_dimensions
from engine.metrics.custom import Key
from engine.requests.arns import ACCOUNT

PAGE = 500
RECENTLY_S = 3 * 3600.0
"""What PT3H means."""


def list_metrics(account: Account, request: Raw) -> Mapping[str, Any]:
    """Answer ListMetrics: each metric once, whatever its units; dimensions are sorted by name."""
    keep_to_the_model("ListMetrics", request)
    insist_on_own_account(request.get("OwningAccount", ACCOUNT))
    back_s = RECENTLY_S if "RecentlyActive" in request else None
    live = account.live
    found = [key for key in live.metrics.listed(live.now, back_s) if _matches(key, request)]
    found.sort(key=lambda key: (key.namespace, key.name, key.dimensions))
    shown = page(found, request, of="metrics", size=PAGE, key=repr, wrong_token="InvalidParameterValue")
    return {"Metrics": [_listed(key) for key in shown.items], "NextToken": shown.next_token}


def _listed(key: Key) -> Mapping[str, Any]:
    dimensions = write_dimensions(key.dimensions) or []
    return {"Namespace": key.namespace, "MetricName": key.name, "Dimensions": dimensions}


def _matches(key: Key, request: Raw) -> bool:
    """Does a metric have what is asked for? It may have other dimensions too."""
    has = dict(key.dimensions)
    return (
        request.get("Namespace") in (None, key.namespace)
        and request.get("MetricName") in (None, key.name)
        and all(
            each["Name"] in has and each.get("Value") in (None, has[each["Name"]])
            for each in request.get("Dimensions", ())
        )
    )
