"""The fields of a request that the simulator never reads, found by watching it read.

No list of them is kept, so that a field which AWS adds cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.aws.calls import Call
from engine.aws.finding import Path
from engine.aws.translation.reading import READERS

UNFELT = (
    "ActionsEnabled",
    "AlarmActions",
    "AlarmDescription",
    "InsufficientDataActions",
    "KmsKey",
    "KmsKeyId",
    "Label",
    "OKActions",
    "StateReasonData",
    "Tags",
)
"""Fields that move no request and no rollout on AWS either: notes, keys, and whom an alarm tells (spec sagemaker 3)."""


class _Watched(Mapping[str, Any]):
    """A mapping that remembers which of its keys it was asked for."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.inside = {key: _watched(value) for key, value in raw.items()}
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - a request's data
        self.asked.add(key)
        return self.inside[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.inside)

    def __len__(self) -> int:
        return len(self.inside)


def _watched(value: object) -> object:
    if isinstance(value, dict):
        return _Watched(value)
    return [_watched(each) for each in value] if isinstance(value, list) else value


def unread(call: Call) -> Iterator[Path]:
    """Yield the place of each field that does nothing here and something on AWS; the call must be acceptable."""
    request = _Watched(call.request)
    READERS[call.operation](request)
    return _passed_over(request, call.path)


def _passed_over(value: object, path: Path) -> Iterator[Path]:
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from _passed_over(each, (*path, index))
    elif isinstance(value, _Watched):
        for key, each in value.inside.items():
            if key in value.asked:
                yield from _passed_over(each, (*path, key))
            elif key not in UNFELT:
                yield (*path, key)
