"""A plot in sentences: what it shows, its axes, and the points of each line."""

from __future__ import annotations

from collections.abc import Iterator

from course.syllabus import Plot


def told(plot: Plot) -> Iterator[str]:
    """Yield the plot; lines that have points at the same places share a row for each place."""
    lines = {name: points for name, points in plot.series.items() if points}
    yield f"A plot: {plot.title}."
    yield f"Across: {plot.x}. Upwards: {plot.y}."
    if not lines:
        yield "It has no data."
        return
    if plot.steps:
        yield "Each value holds until the next point."
    places = {tuple(x for x, _ in points) for points in lines.values()}
    if len(lines) > 1 and len(places) == 1:
        yield f"Lines: {', '.join(lines)}."
        for row in zip(*lines.values(), strict=True):
            values = ", ".join(f"{name} {_number(y)}" for name, (_, y) in zip(lines, row, strict=True))
            yield f"- at {_number(row[0][0])}: {values}"
        return
    for name, points in lines.items():
        yield f"Line {name}: {', '.join(f'{_number(y)} at {_number(x)}' for x, y in points)}."


def _number(value: float) -> str:
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
