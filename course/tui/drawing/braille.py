"""Lines in braille characters: each cell of the terminal has two by four dots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

ACROSS, DOWN = 2, 4
"""Dots in one cell."""

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BLANK = 0x2800

Point = tuple[float, float]
Dot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """A character, and the index of the line that was drawn there last."""

    character: str
    ink: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What part of the plane is drawn on how many cells."""

    left: float
    right: float
    bottom: float
    top: float
    width: int
    """Cells."""
    height: int

    def dot(self, point: Point) -> Dot:
        """Return the dot that stands for a point, counted from the top left.

        `top` and `bottom` lie in the middle of the first and the last row, so that a line at a tick of the axis
        stands beside its number.
        """
        across, down = self.width * ACROSS - 1, (self.height - 1) * DOWN
        x = (point[0] - self.left) / (self.right - self.left) * across
        y = (self.top - point[1]) / (self.top - self.bottom) * down
        return min(max(round(x), 0), across), min(max(round(y), 0), down) + 1


def draw(lines: Sequence[Sequence[Point]], frame: Frame, *, steps: bool) -> dict[tuple[int, int], Cell]:
    """Return the cells that are not blank, by row and column; every line after the first is dashed, so that
    they can be told apart without colours."""
    bits: dict[tuple[int, int], int] = {}
    inks: dict[tuple[int, int], int] = {}
    for ink, points in enumerate(lines):
        for x, y in _dots(points, frame, steps=steps):
            if ink == 0 or _is_dash(x):
                place = (y // DOWN, x // ACROSS)
                bits[place] = bits.get(place, 0) | _DOTS[y % DOWN][x % ACROSS]
                inks[place] = ink
    return {place: Cell(chr(_BLANK + bits[place]), inks[place]) for place in bits}


def _is_dash(x: int) -> bool:
    """Three cells are drawn and one is left out, where a line underneath shows through."""
    return x // ACROSS % 4 != 3


def _dots(points: Sequence[Point], frame: Frame, *, steps: bool) -> Iterator[Dot]:
    corners = [frame.dot(point) for point in (_stairs(points) if steps else points)]
    yield from corners[:1]
    for start, end in pairwise(corners):
        yield from _straight(start, end)


def _stairs(points: Sequence[Point]) -> Iterator[Point]:
    """Hold each value until the next point."""
    for number, (x, y) in enumerate(points):
        if number:
            yield x, points[number - 1][1]
        yield x, y


def _straight(start: Dot, end: Dot) -> Iterator[Dot]:
    """All dots after the start up to the end."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = max(abs(across), abs(down))
    for number in range(1, length + 1):
        yield start[0] + round(across * number / length), start[1] + round(down * number / length)
