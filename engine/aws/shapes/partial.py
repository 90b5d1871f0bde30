"""Requests of which a part is refused: rules are asked about the rest, and stay silent where they need that part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from engine.aws.calls import Call
from engine.aws.finding import Path

Said = TypeVar("Said")


class Unknown(Exception):
    """Something was asked for that is missing or refused already."""


def as_far_as_known(said: Iterable[Said]) -> Iterator[Said]:
    """Yield what a rule says until it needs something unsound."""
    try:
        yield from said
    except Unknown:
        return


def without(call: Call, broken: frozenset[Path]) -> Call:
    """Return the call with a request that raises Unknown at the broken places; this raises it if all is broken."""
    return replace(call, request=_view(call.request, call.path, broken))


def _view(value: object, path: Path, broken: frozenset[Path]) -> Any:  # noqa: ANN401 - a request's data
    if path in broken:
        raise Unknown
    if isinstance(value, dict):
        return _Partial(value, path, broken)
    if isinstance(value, list):
        return [_view(each, (*path, index), broken) for index, each in enumerate(value)]
    return value


class _Partial(Mapping[str, Any]):
    """A mapping whose refused fields cannot be read; whether they are there can be asked."""

    def __init__(self, raw: Mapping[str, Any], path: Path, broken: frozenset[Path]) -> None:
        self._raw, self._path, self._broken = raw, path, broken

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - a request's data
        if key not in self._raw:
            raise Unknown
        return _view(self._raw[key], (*self._path, key), self._broken)

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - as Mapping.get
        return self[key] if key in self._raw else default

    def __contains__(self, key: object) -> bool:
        return key in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)
