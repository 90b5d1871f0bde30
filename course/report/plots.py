"""A plot of a page or an exhibit: in sentences, and as a picture for where a terminal's drawing has no place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from course.characters import inert
from course.syllabus import Plot

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = {"blue": "#3b6ea8", "green": "#2e7d4f"}
"""Lines that are called so have these colours, as in the terminal; all others take turns."""
DASHES = ("-", "--", ":", "-.")
"""Lines are told apart without their colours, too."""


def picture(plot: Plot) -> bytes:
    """Return the plot as a PNG, the same bytes for the same plot."""
    from course.report.figures import png

    return png(lambda axes: _draw(axes, plot), 3.2)


def words(plot: Plot) -> str:
    """Return all sentences in one line, for whoever does not see the picture."""
    return " ".join(line.removeprefix("- ") for line in told(plot))


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


def _draw(axes: Axes, plot: Plot) -> None:
    for at, (name, points) in enumerate(plot.series.items()):
        across, upwards = [x for x, _ in points], [y for _, y in points]
        style = "steps-post" if plot.steps else "default"
        dash = DASHES[at % len(DASHES)]
        axes.plot(across, upwards, dash, drawstyle=style, color=COLOURS.get(name), label=escaped(name))
    axes.set_title(escaped(plot.title), fontsize=9)
    axes.set_xlabel(escaped(plot.x), fontsize=8)
    axes.set_ylabel(escaped(plot.y), fontsize=8)
    if plot.series:
        axes.legend(fontsize=8, frameon=False)


def escaped(text: str) -> str:
    """Return a text as matplotlib shows it: what stands between dollars would be a formula, what begins with a line
    would have no entry in a legend."""
    shown = inert(text).replace("$", r"\$")
    return f" {shown}" if shown.startswith("_") else shown
