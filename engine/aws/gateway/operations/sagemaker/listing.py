"""SageMaker's lists: all of them are filtered, sorted and cut in pages alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from operator import ge, gt, le, lt
from typing import Any

from engine.aws.gateway.account import Raw
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.pages import page
from engine.aws.shapes.times import read_time
from engine.requests.refusal import INVALID

PAGE = 10
"""What a list holds that is not told how much: documented of endpoints and jobs."""
TIMES = {
    "CreationTimeAfter": ("CreationTime", ge, gt),
    "CreationTimeBefore": ("CreationTime", le, lt),
    "LastModifiedTimeAfter": ("LastModifiedTime", ge, gt),
    "LastModifiedTimeBefore": ("LastModifiedTime", le, lt),
}
"""Which time a filter asks about, and how: including the moment itself where the model's words say so, and else not."""
INCLUSIVE = ("Endpoints", "EndpointConfigs", "Models")
"""Lists whose filters mean `greater than or equal to` (service model)."""


def listed(
    request: Raw,
    items: Iterable[Raw],
    *,
    answer: str,
    name: str,
    status: str = "",
) -> Mapping[str, Any]:
    """Return the answer of a List operation.

    `answer` is the field that holds the list; `name` and `status` are those of an item's fields; times of items are
    datetimes or ISO text.
    """
    kept = [item for item in items if all(_passes(request, item, answer, name, status))]
    field = {"Name": name, "Status": status}.get(request.get("SortBy", ""), "CreationTime")
    by_name = sorted(kept, key=lambda item: str(item[name]))
    down = request.get("SortOrder", "Descending") == "Descending"
    found: Sequence[Raw] = sorted(by_name, key=lambda item: _sortable(item[field]), reverse=down)
    part = page(found, request, of=answer, size=PAGE, key=lambda item: str(item[name]), wrong_token=INVALID)
    return {answer: list(part.items), "NextToken": part.next_token}


def _passes(request: Raw, item: Raw, answer: str, name: str, status: str) -> Iterator[bool]:
    """Yield of each filter whether it lets the item pass."""
    yield request.get("NameContains", "").lower() in str(item[name]).lower()
    if status and "StatusEquals" in request:
        yield item[status] == request["StatusEquals"]
    for field, (of, including, excluding) in TIMES.items():
        if field in request and of in item:
            compare = including if answer in INCLUSIVE else excluding
            yield compare(moment(item[of]), moment(request[field]))


def moment(value: object) -> datetime:
    """Return a time of a request or an item, whichever protocol it came in; ServiceError for what is none."""
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else value.replace(tzinfo=UTC)
    found = read_time(value)
    if found is None:
        raise ServiceError(INVALID, f"This is no time: {str(value)[:64]!r}.")
    return found


def _sortable(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
