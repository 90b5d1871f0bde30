"""The functions of metric math (spec cloudwatch 7)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise

from engine.cloudwatch.math.operators import Series, Value, finite, series_of
from engine.cloudwatch.math.syntax import MathError

Starts = Sequence[float]
"""The start of each period, in seconds."""
Function = Callable[[list[Value], Starts], Value]


def _each(function: Callable[[float], float]) -> Function:
    """Make a function of numbers one of series, and of arrays."""

    def over(series: Series, _: Starts) -> Series:
        return [None if x is None else finite(function, x) for x in series]

    return _mapped(over)


def _mapped(function: Callable[[Series, Starts], Series]) -> Function:
    """Make a function of one series one of arrays too."""

    def mapped(arguments: list[Value], starts: Starts) -> Value:
        value = _only(arguments)
        if isinstance(value, tuple):
            return tuple(function(series, starts) for series in value)
        return function(series_of(value), starts)

    return mapped


def _only(arguments: list[Value]) -> Value:
    if len(arguments) != 1:
        raise MathError(f"takes one argument, got {len(arguments)}")
    return arguments[0]


def _reduced(function: Callable[[list[float]], float], *, zero_for_missing: bool = False) -> Function:
    """Make a series a scalar, and an array a series; a series without data makes 0."""

    def reduced(arguments: list[Value], _: Starts) -> Value:
        value = _only(arguments)
        if not isinstance(value, tuple):
            present = [x for x in series_of(value) if x is not None]
            result = finite(lambda: function(present)) if present else 0.0
            return math.nan if result is None else result
        return [across(column) for column in zip(*value, strict=True)]

    def across(column: tuple[float | None, ...]) -> float | None:
        present = [x for x in column if x is not None]
        missing = [0.0] * (len(column) - len(present)) if zero_for_missing else []
        return finite(lambda: function(present + missing)) if present else None

    return reduced


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)


def _deviation(numbers: list[float]) -> float:
    """Return the root mean square distance from the mean; whether AWS divides by n - 1 is not published."""
    mean = _mean(numbers)
    return math.sqrt(_mean([(x - mean) ** 2 for x in numbers]))


def _steps(function: Callable[[float, float], float]) -> Function:
    """Make a series of what `function` says of each point's rise, and seconds, since the point before."""

    def over(series: Series, starts: Starts) -> Series:
        result: Series = []
        before: tuple[float, float] | None = None
        for start, x in zip(starts, series, strict=True):
            step = None if x is None or before is None else finite(function, x - before[1], start - before[0])
            result.append(step)
            before = before if x is None else (start, x)
        return result

    return _mapped(over)


def _running_sum(series: Series, _: Starts) -> Series:
    totals = accumulate(x or 0.0 for x in series)
    return [None if x is None else total for x, total in zip(series, totals, strict=True)]


def _time_series(arguments: list[Value], starts: Starts) -> Value:
    value = _only(arguments)
    if not isinstance(value, float):
        raise MathError("takes a single number")
    return [None if math.isnan(value) else value] * len(starts)


def _member(place: int) -> Function:
    def member(arguments: list[Value], _: Starts) -> Value:
        value = _only(arguments)
        if not isinstance(value, tuple) or not value:
            raise MathError("takes an array of time series")
        return value[place]

    return member


def _metric_count(arguments: list[Value], _: Starts) -> Value:
    value = _only(arguments)
    return float(len(value)) if isinstance(value, tuple) else 1.0


def _if(arguments: list[Value], starts: Starts) -> Value:
    """Return IF(condition, true value, false value), as in the guide's tables.

    A missing condition drops the point; a missing true value counts as 0; a missing false value drops it.
    """
    if len(arguments) not in (2, 3):
        raise MathError(f"takes two or three arguments, got {len(arguments)}")
    if any(isinstance(argument, (tuple, str)) for argument in arguments):
        raise MathError("takes time series and numbers, not arrays or words")
    nothing: Series = [None] * len(starts)
    condition, when_true, when_false = (*arguments, nothing)[:3]
    if isinstance(condition, float):
        return nothing if math.isnan(condition) else when_true if condition else when_false
    columns = zip(*(_points(value, starts) for value in (condition, when_true, when_false)), strict=True)
    return [_picked(*column) for column in columns]


def _picked(condition: float | None, yes: float | None, no: float | None) -> float | None:
    if condition is None:
        return None
    return (yes or 0.0) if condition else no


def _points(value: Value, starts: Starts) -> Series:
    """Return a series, or a number once per period."""
    if isinstance(value, float):
        return [None if math.isnan(value) else value] * len(starts)
    return series_of(value)


def _fill(arguments: list[Value], starts: Starts) -> Value:
    """Return FILL(...): a number, another series, REPEAT or LINEAR; a gap without the end it needs stays."""
    if len(arguments) != 2:
        raise MathError(f"takes two arguments, got {len(arguments)}")
    value, filler = arguments
    if isinstance(value, tuple):
        return tuple(_filled(series, filler, starts) for series in value)
    return _filled(series_of(value), filler, starts)


def _filled(series: Series, filler: Value, starts: Starts) -> Series:
    if filler == "REPEAT":
        return _repeated(series)
    if filler == "LINEAR":
        return _interpolated(series)
    if isinstance(filler, (str, tuple)):
        raise MathError("fills with a number, a time series, REPEAT or LINEAR")
    return [y if x is None else x for x, y in zip(series, _points(filler, starts), strict=True)]


def _repeated(series: Series) -> Series:
    filled: Series = []
    for x in series:
        filled.append(x if x is not None or not filled else filled[-1])
    return filled


def _interpolated(series: Series) -> Series:
    known = [(place, x) for place, x in enumerate(series) if x is not None]
    filled = list(series)
    for (a, low), (b, high) in pairwise(known):
        for place in range(a + 1, b):
            filled[place] = low + (high - low) * (place - a) / (b - a)
    return filled


SCALAR_OF_SERIES = frozenset({"AVG", "SUM", "MIN", "MAX", "STDDEV", "DATAPOINT_COUNT"})
"""Of one series these are a single number over all points fetched, however many those are."""
FUNCTIONS: dict[str, Function] = {
    "IF": _if,
    "FILL": _fill,
    "ABS": _each(abs),
    "CEIL": _each(math.ceil),
    "FLOOR": _each(math.floor),
    "LOG": _each(math.log),
    "LOG10": _each(math.log10),
    "AVG": _reduced(_mean, zero_for_missing=True),
    "SUM": _reduced(sum),
    "MIN": _reduced(min),
    "MAX": _reduced(max),
    "STDDEV": _reduced(_deviation),
    "DATAPOINT_COUNT": _reduced(len),
    "DIFF": _steps(lambda rise, seconds: rise),
    "DIFF_TIME": _steps(lambda rise, seconds: seconds),
    "RATE": _steps(lambda rise, seconds: rise / seconds),
    "RUNNING_SUM": _mapped(_running_sum),
    "TIME_SERIES": _time_series,
    "METRIC_COUNT": _metric_count,
    "FIRST": _member(0),
    "LAST": _member(-1),
}
