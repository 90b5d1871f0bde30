"""Bounds that stand beside the field they bind, checked when a value is built.

@dataclass(frozen=True, slots=True, kw_only=True)
class Slo(Bounded):
    latency_ms: float = bounded(above=0, high=60_000)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from engine.errors import Wrong, WrongValues

Rule = Callable[[Any], str | None]
"""Returns what is wrong with a field's value, or None."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The numbers that a field may hold."""

    low: float | None = None
    high: float | None = None
    above: float | None = None
    """An exclusive lower bound."""

    def complaint(self, value: float) -> str | None:
        """Return what is wrong with `value`, or None."""
        inside = (
            math.isfinite(value)
            and (self.low is None or value >= self.low)
            and (self.high is None or value <= self.high)
            and (self.above is None or value > self.above)
        )
        return None if inside else f"must be {self}, got {value!r}"

    def __str__(self) -> str:
        least = f"above {self.above:g}" if self.above is not None else None
        least = f"at least {self.low:g}" if self.low is not None else least
        most = f"at most {self.high:g}" if self.high is not None else None
        return " and ".join(part for part in (least, most) if part) or "a finite number"


def bounded(
    default: Any = MISSING,  # noqa: ANN401 - a dataclass default may be of any type
    *,
    low: float | None = None,
    high: float | None = None,
    above: float | None = None,
    rule: Rule | None = None,
) -> Any:  # noqa: ANN401 - dataclasses.field() has this type too
    """Return a dataclass field whose numbers must lie within these bounds, and which must keep the rule."""
    return field(default=default, metadata={"bounds": Bounds(low, high, above), "rule": rule})


class Bounded:
    """A dataclass whose numbers are finite and within the bounds of their fields, and whose fields keep their rules.

    A subclass adds rules between fields by overriding `wrongs`.
    """

    __slots__ = ()

    def __post_init__(self) -> None:
        wrongs = tuple(self.wrongs())
        if wrongs:
            raise WrongValues(type(self).__name__, wrongs)

    def wrongs(self) -> Iterator[Wrong]:
        """Yield every field that is out of bounds, or against its rule."""
        for each in fields(self):  # type: ignore[arg-type]  # subclasses are dataclasses
            value = getattr(self, each.name)
            bounds = each.metadata.get("bounds", Bounds())
            for of, number in _numbers(value):
                if say := bounds.complaint(number):
                    yield Wrong(each.name, f"{of}{say}")
            rule = each.metadata.get("rule")
            if rule and (say := rule(value)):
                yield Wrong(each.name, say)


def _numbers(value: object) -> Iterator[tuple[str, float]]:
    """Yield the numbers that a field holds, by itself, in a row or by name, each with words for whose it is."""
    named: list[tuple[str, object]] = [("", value)]
    if isinstance(value, tuple):
        named = [("", each) for each in value]
    elif isinstance(value, Mapping):
        named = [(f"of {name!r} ", each) for name, each in value.items()]
    for of, each in named:
        if isinstance(each, int | float) and not isinstance(each, bool):
            yield of, each
