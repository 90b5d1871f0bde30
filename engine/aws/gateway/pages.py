"""Long answers page by page, for every service: a list, how many a page holds, and a token for where the next begins.

A token says which item came last, so that what comes or goes meanwhile moves no page; it is opaque to clients, as AWS's
are, and belongs to the question that it answers.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from zlib import crc32

from engine.aws.gateway.errors import ServiceError

Item = TypeVar("Item")
ASKED_ANEW = ("NextToken", "MaxResults", "MaxRecords", "MaxDatapoints", "Limit")
"""Fields that may differ from one page to the next; all others are the question."""
LONGEST_TOKEN = 4096
"""Characters: no token of ours is as long."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """A part of a list."""

    items: Sequence[Item]
    next_token: str | None
    """None after the last part."""


def page(
    items: Sequence[Item],
    request: Mapping[str, Any],
    *,
    of: str,
    size: int,
    key: Callable[[Item], str],
    size_field: str = "MaxResults",
    wrong_token: str = "ValidationException",
) -> Page[Item]:
    """Return the page that the request asks for, of at most `size` items if it does not say how many.

    `items` are all of them, sorted; `of` tells the list from all other lists, `key` each item from all others. A token
    that is none, or that belongs to another list or question, is a ServiceError with the code `wrong_token`.
    """
    question = _question(of, request)
    begin = _begin(items, request, question, key, wrong_token)
    end = begin + max(1, int(request.get(size_field) or size))
    shown = items[begin:end]
    last = json.dumps([question, end, key(shown[-1])]) if shown and end < len(items) else None
    return Page(shown, None if last is None else urlsafe_b64encode(last.encode()).decode())


def _begin(
    items: Sequence[Item], request: Mapping[str, Any], question: int, key: Callable[[Item], str], wrong_token: str
) -> int:
    """Return where the page begins: after the last item of the one before, or where that one was."""
    token = request.get("NextToken")
    if token is None:
        return 0
    asked, end, last = _read(str(token), wrong_token)
    if asked != question:
        raise ServiceError(wrong_token, "The NextToken belongs to a request with other parameters.")
    return next((index + 1 for index, item in enumerate(items) if key(item) == last), min(end, len(items)))


def _read(token: str, wrong_token: str) -> tuple[int, int, str]:
    """Return what a token holds."""
    try:
        found = json.loads(urlsafe_b64decode(token.encode("ascii"))) if len(token) <= LONGEST_TOKEN else None
    except (ValueError, RecursionError):
        found = None
    match found:
        case [int(question), int(end), str(last)] if end >= 0:
            return question, end, last
    raise ServiceError(wrong_token, "The NextToken is invalid.")


def _question(of: str, request: Mapping[str, Any]) -> int:
    """Return a number that differs where what is asked for differs."""
    asked = {name: value for name, value in request.items() if name not in ASKED_ANEW}
    return crc32(json.dumps([of, asked], sort_keys=True, default=str).encode())
