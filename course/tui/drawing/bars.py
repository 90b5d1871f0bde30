"""Columns of block characters: a number as a bar, in eighths of a cell."""

from __future__ import annotations

import math

EIGHTHS = " ▁▂▃▄▅▆▇█"
STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
"""Round numbers, as multiples of a power of ten."""
ZERO = "·"
"""A measured zero: not the same as nothing measured."""


def bar(value: float | None, top: float, rows: int) -> tuple[str, ...]:
    """Return `rows` cells from the top down for a value on a scale from 0 to `top`.

    Anything above zero shows at least an eighth, and nothing reaches beyond the top.
    """
    if value is None:
        return (" ",) * rows
    if value <= 0:
        return (" ",) * (rows - 1) + (ZERO,)
    eighths = max(1, min(rows * 8, round(value / top * rows * 8)))
    return tuple(EIGHTHS[max(0, min(8, eighths - 8 * (rows - 1 - row)))] for row in range(rows))


def row_of(value: float, top: float, rows: int) -> int:
    """Return the row, from the top down, in which a line at `value` is drawn."""
    return max(0, min(rows - 1, rows - math.ceil(min(value, top) / top * rows)))


def nice(value: float) -> float:
    """Return a round number that is not below `value`: 1 to 8 times a power of ten."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in STEPS if step * power >= value * (1 - 1e-12))
