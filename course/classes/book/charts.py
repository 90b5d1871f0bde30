"""The figures of the gradebook as SVG: equal on every machine, sharp at every size, and in the colours of the page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from course.report.frame import html

BINS = 10
WIDTH, HEIGHT, FOOT = 320, 110, 18
LINE_WIDTH, LINE_HEIGHT, DOT = 420, 46, 4
AXIS = LINE_HEIGHT - FOOT
ROOM_FOR_WORDS = 40
COLUMNS = 60
"""Places for dots along a line; those of one place are stacked."""
MOST_STACKED = 4
NEVER = "never"


def histogram(scores: Sequence[float], what: str) -> str:
    """Return bars of how many scores there are in each ten."""
    counts = Counter(min(int(score // (100 / BINS)), BINS - 1) for score in scores)
    most = max(counts.values(), default=1)
    wide = WIDTH / BINS
    bars = []
    for number in range(BINS):
        count = counts[number]
        high = (HEIGHT - FOOT - 16) * count / most
        x, y = number * wide, HEIGHT - FOOT - high
        if count:
            bars.append(f'<rect class="bar" x="{x + 1.5:.1f}" y="{y:.1f}" width="{wide - 3:.1f}" height="{high:.1f}"/>')
            bars.append(f'<text class="count" x="{x + wide / 2:.1f}" y="{y - 4:.1f}">{count}</text>')
    ticks = [
        f'<text class="tick" x="{each / 100 * WIDTH:.0f}" y="{HEIGHT - 4}" text-anchor="{anchor}">{each}</text>'
        for each, anchor in ((0, "start"), (50, "middle"), (100, "end"))
    ]
    base = f'<line class="axis" x1="0" x2="{WIDTH}" y1="{HEIGHT - FOOT}" y2="{HEIGHT - FOOT}"/>'
    spread = ", ".join(f"{number * 10} to {number * 10 + 10}: {counts[number]}" for number in sorted(counts))
    return _svg(WIDTH, HEIGHT, f"{what}: {spread or 'none'}", [*bars, base, *ticks])


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a figure stands on a line."""

    low: float
    high: float
    room: int
    """Its width."""
    share: bool
    """Is it a share, which is written in percent?"""

    @classmethod
    def of(cls, known: Sequence[float], bounds: Sequence[float], room: int, *, share: bool) -> Scale:
        """Return the scale on which all of them have room, and zero."""
        high = max([1.0, *known, *bounds] if share else [0.0, *known, *(bound * 1.25 for bound in bounds)])
        return cls(0.0 if share else min([0.0, *known, *bounds]), high or 1.0, room, share)

    def x(self, value: float) -> float:
        """Return the place of a value."""
        return 8 + (self.room - 16) * (value - self.low) / (self.high - self.low)

    def words(self, value: float) -> str:
        """Return a value as it stands below the line."""
        if self.share:
            return f"{100 * value:.3g} %"
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def line(figures: Sequence[float | None], at_most: float | None, at_least: float | None, unit: str, what: str) -> str:
    """Return a dot for each figure along a line, with the bounds drawn in; None is never, and stands at the end."""
    known = sorted(figure for figure in figures if figure is not None)
    bounds = [bound for bound in (at_most, at_least) if bound is not None]
    never = len(figures) - len(known)
    scale = Scale.of(known, bounds, LINE_WIDTH - (64 if never else 10), share=unit.startswith("share"))
    left = scale.x(scale.low if at_least is None else at_least)
    right = scale.x(scale.high if at_most is None else at_most)
    good = f'<rect class="good" x="{left:.1f}" y="2" width="{max(right - left, 1.5):.1f}" height="{AXIS - 2}"/>'
    axis = f'<line class="axis" x1="8" x2="{scale.room - 8}" y1="{AXIS}" y2="{AXIS}"/>'

    def holds(figure: float) -> bool:
        return (at_most is None or figure <= at_most) and (at_least is None or figure >= at_least)

    parts = [good, axis, *_dots(known, scale, holds), *_bounds(bounds, scale), *(_never(never) if never else ())]
    said = ", ".join([*map(scale.words, known), *([NEVER] * never)])
    return _svg(LINE_WIDTH, LINE_HEIGHT, f"{what}: {said}", parts)


def _dots(known: Sequence[float], scale: Scale, holds: Callable[[float], bool]) -> Iterator[str]:
    """Yield a dot for each figure, those of one place stacked; how many there are where that does not show."""
    stacked: dict[int, list[float]] = defaultdict(list)
    for figure in known:
        stacked[round((figure - scale.low) / (scale.high - scale.low) * COLUMNS)].append(figure)
    for place, figures in stacked.items():
        x = scale.x(scale.low + place * (scale.high - scale.low) / COLUMNS)
        for above, figure in enumerate(figures[:MOST_STACKED]):
            y = AXIS - DOT - 1 - above * (DOT + 1.5)
            yield f'<circle class="{"met" if holds(figure) else "missed"}" cx="{x:.1f}" cy="{y:.1f}" r="{DOT}"/>'
        if len(figures) > MOST_STACKED:
            yield f'<text class="count" x="{x + 12:.1f}" y="12">{len(figures)}</text>'


def _bounds(bounds: Sequence[float], scale: Scale) -> Iterator[str]:
    """Yield the bounds with their values, and the ends of the line where there is room for theirs."""
    for bound in bounds:
        x = f"{scale.x(bound):.1f}"
        yield f'<line class="bound" x1="{x}" x2="{x}" y1="2" y2="{AXIS + 3}"/>'
        yield f'<text class="tick" x="{x}" y="{LINE_HEIGHT - 3}">{scale.words(bound)}</text>'
    for value, anchor, aside in ((scale.low, "start", -4), (scale.high, "end", 4)):
        if all(abs(scale.x(value) - scale.x(bound)) > ROOM_FOR_WORDS for bound in bounds):
            place = f'x="{scale.x(value) + aside:.1f}" y="{LINE_HEIGHT - 3}" text-anchor="{anchor}"'
            yield f'<text class="tick" {place}>{scale.words(value)}</text>'


def _never(count: int) -> Iterator[str]:
    x = LINE_WIDTH - 34
    yield f'<circle class="missed" cx="{x}" cy="{AXIS - DOT - 1}" r="{DOT}"/>'
    if count > 1:
        yield f'<text class="count" x="{x}" y="{AXIS - 14}">{count}</text>'
    yield f'<text class="tick" x="{x}" y="{LINE_HEIGHT - 3}">{NEVER}</text>'


def _svg(width: int, height: int, said: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{html(said)}">'
        f"{''.join(parts)}</svg>"
    )
