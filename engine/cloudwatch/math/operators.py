"""What the operators of metric math do with numbers, series and arrays (spec cloudwatch 7).

A point where every operand is missing stays missing; where one has a value, a missing one counts as 0. What
would divide by zero, or is no finite number, is dropped.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable

from engine.cloudwatch.math.syntax import MathError

Series = list[float | None]
"""One value per period, oldest first; None is missing."""
Value = float | Series | tuple[Series, ...] | str
"""A scalar (NaN when it could not be computed), a series, an array of series, or a word such as REPEAT."""
_OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
    "==": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "AND": lambda left, right: left != 0 and right != 0,
    "OR": lambda left, right: left != 0 or right != 0,
}


def combine(sign: str, left: Value, right: Value) -> Value:
    """Return `left sign right`; MathError for two arrays."""
    match left, right:
        case tuple(), tuple():
            raise MathError(f"{sign} cannot combine two arrays of time series")
        case tuple(), _:
            return tuple(series_of(combine(sign, each, right)) for each in left)
        case _, tuple():
            return tuple(series_of(combine(sign, left, each)) for each in right)
        case list(), list():
            return [_combined(sign, x, y) for x, y in zip(left, right, strict=True)]
        case list(), float():
            return [None if x is None else _combined(sign, x, right) for x in left]
        case float(), list():
            return [None if y is None else _combined(sign, left, y) for y in right]
        case float(), float():
            result = _combined(sign, left, right)
            return math.nan if result is None else result
    raise MathError(f"{sign} needs numbers or time series, not words")


def _combined(sign: str, left: float | None, right: float | None) -> float | None:
    if left is None and right is None:
        return None
    return finite(_OPERATORS[sign], left or 0.0, right or 0.0)


def finite(function: Callable[..., float], *numbers: float) -> float | None:
    """Return what the function makes of the numbers, or None where there is no finite real one."""
    if any(math.isnan(number) for number in numbers):
        return None
    try:
        value = function(*numbers)
    except (ZeroDivisionError, OverflowError, ValueError):
        return None
    return float(value) if not isinstance(value, complex) and math.isfinite(value) else None


def series_of(value: Value) -> Series:
    """Return the one series that `value` is; MathError for anything else."""
    if not isinstance(value, list):
        raise MathError("needs a time series here, not a number, an array or a word")
    return value
