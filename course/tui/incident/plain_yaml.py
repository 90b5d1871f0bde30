"""Requests and answers as YAML, for reading: screens know no YAML library, and AWS's values are simple."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

_BARE = re.compile(r"[A-Za-z][\w./ -]*[\w.]|[A-Za-z]")
_WORDS_WITH_A_MEANING = ("true", "false", "null", "yes", "no", "on", "off")


def as_yaml(value: object) -> str:
    """Return mappings, lists and scalars as YAML in blocks."""
    return "\n".join(_lines(value))


def _lines(value: object) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        for key, each in value.items():
            yield from _under(f"{_scalar(key)}:", each)
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        for each in value:
            first, *rest = _lines(each)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)
    else:
        yield _scalar(value)


def _under(lead: str, value: object) -> Iterator[str]:
    if isinstance(value, Mapping | list | tuple) and value:
        yield lead
        yield from (f"  {line}" for line in _lines(value))
    else:
        yield f"{lead} {_scalar(value)}"


def _scalar(value: object) -> str:
    if isinstance(value, str) and _BARE.fullmatch(value) and value.lower() not in _WORDS_WITH_A_MEANING:
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False, default=str)
