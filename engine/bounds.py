"""Bounds that stand beside the field they bind, checked when a value is built.

@dataclass(frozen=True, slots=True, kw_only=True)
class Slo(Bounded):
    latency_ms: float = bounded(above=0, high=60_000)
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from engine.errors import Wrong, WrongValues

Rule = Callable[[Any], str | None]
"""Returns what is wrong with a field's value, or None. One that has a `schema`, keywords of a JSON Schema, is told to
editors too."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A rule: so many entries, of a tuple or of a mapping."""

    low: int
    high: int | None = None
    say: str = ""
    """What is wrong where there are others; empty: it is said in numbers."""

    def __call__(self, value: Sized | None) -> str | None:
        """Return what is wrong with the value, or None."""
        if value is None or (len(value) >= self.low and (self.high is None or len(value) <= self.high)):
            return None
        least = f"{self.low} to {self.high}" if self.high is not None else f"at least {self.low}"
        return self.say or f"must be {least}, got {len(value)}"

    @property
    def schema(self) -> Mapping[str, Any]:
        """The same as keywords."""
        return {"minItems": self.low} | ({} if self.high is None else {"maxItems": self.high})


@dataclass(frozen=True, slots=True)
class Spelt:
    """A rule: the whole text, each text of a tuple, or each key of a mapping fits a pattern that all languages know."""

    pattern: str
    say: str
    """What must hold, in words."""

    def __call__(self, value: str | Iterable[str] | None) -> str | None:
        """Return what is wrong with the first one that does not fit, or None."""
        texts = (value,) if isinstance(value, str) else value or ()
        wrong = next((each for each in texts if not re.fullmatch(self.pattern, each)), None)
        return None if wrong is None else f"{self.say}, got {wrong[:60]!r}"

    @property
    def schema(self) -> Mapping[str, Any]:
        """The same as keywords; each is about one kind of value alone."""
        spelt = {"pattern": f"^(?:{self.pattern})$"}
        return {**spelt, "items": spelt, "propertyNames": spelt}


@dataclass(frozen=True, slots=True)
class Told:
    """A rule of its own, and as much of it as a schema can tell."""

    rule: Rule
    schema: Mapping[str, Any]

    def __call__(self, value: object) -> str | None:
        """Return what is wrong with the value, or None."""
        return self.rule(value)


@dataclass(frozen=True, slots=True)
class Among:
    """A rule: one of a few values, or none at all."""

    values: tuple[float, ...]

    def __call__(self, value: float | None) -> str | None:
        """Return what is wrong with the value, or None."""
        if value is None or value in self.values:
            return None
        return f"must be one of {', '.join(map(str, self.values))}, got {value}"

    @property
    def schema(self) -> Mapping[str, Any]:
        """The same as a keyword."""
        return {"enum": [*self.values, None]}


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
