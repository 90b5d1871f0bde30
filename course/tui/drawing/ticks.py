"""Round numbers for axes."""

from __future__ import annotations

import math

_ROUND = (1, 2, 2.5, 5, 10)


def ticks(low: float, high: float, at_most: int) -> tuple[float, ...]:
    """Return round, evenly spaced numbers between `low` and `high`, both included where they are round."""
    if high <= low or at_most < 2:
        return (low,)
    step = _step((high - low) / (at_most - 1))
    first = math.ceil(round(low / step, 9))
    last = math.floor(round(high / step, 9))
    return tuple(_tidy(number * step) for number in range(first, last + 1))


def spanning(low: float, high: float, at_most: int) -> tuple[float, ...]:
    """Return ticks that reach from below `low` to above `high`; a flat line gets some room."""
    if high <= low:
        high = low + (abs(low) or 1.0)
    step = _step((high - low) / (at_most - 1))
    first = math.floor(round(low / step, 9))
    last = math.ceil(round(high / step, 9))
    return tuple(_tidy(number * step) for number in range(first, last + 1))


def label(value: float) -> str:
    """Return a tick's number as people write it."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:g}"


def _step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in _ROUND if factor * power >= rough * (1 - 1e-9))


def _tidy(value: float) -> float:
    return round(value, 10) + 0.0
