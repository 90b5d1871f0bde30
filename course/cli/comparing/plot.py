"""A comparison as a picture: cost per thousand answers against the slowest hundredth.

Matplotlib is imported when a picture is drawn, and never through pyplot, so nothing global is touched.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from course.cli.comparing.table import name_of, place_of
from engine.comparison.compare import Compared, Row

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, GOOD, OUT = "#222222", "#3d8b4f", "#b3402e"
MARKS = {"real-time": "o", "serverless": "D", "asynchronous": "^", "batch": "s"}
"""Kinds can be told apart without colours, too."""


def draw(compared: Compared, path: Path) -> None:
    """Draw the comparison into `path`; the ending chooses the format."""
    figure_of(compared).savefig(path)


def figure_of(compared: Compared) -> Figure:
    """Return the picture; what was not simulated, or has no known price, is named below it."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 6), dpi=120, layout="constrained")
    axes = figure.subplots()
    drawn = [row for row in compared.rows if row.latency_ms and row.usd_per_thousand]
    for number, row in enumerate(drawn, 1):
        point = _point(row)
        colour = OUT if row.ruled_out else GOOD
        label = f"{number} {_label(row)}"
        axes.plot(*point, MARKS.get(row.option, "o"), color=colour, markersize=8, label=label, linestyle="")
        axes.annotate(f"{number}", point, xytext=(6, 4), textcoords="offset points", fontsize=8, color=colour)
    if drawn:
        axes.set(xscale="log", yscale="log")
        figure.legend(loc="outside right upper", fontsize=8, frameon=False)
    axes.margins(x=0.2, y=0.2)
    axes.set_title("Green will do, red will not", loc="left", fontsize=10, color=INK)
    axes.set_ylabel("USD per thousand answers", fontsize=9)
    axes.set_xlabel(
        "\n".join(("p99 in seconds", *(f"not drawn: {_label(row)}" for row in compared.rows if row not in drawn))),
        fontsize=9,
    )
    axes.spines[["top", "right"]].set_visible(False)
    return figure


def _point(row: Row) -> tuple[float, float]:
    assert row.latency_ms is not None and row.usd_per_thousand is not None, "others are not drawn"
    return row.latency_ms[-1] / 1000, row.usd_per_thousand


def _label(row: Row) -> str:
    return f"{name_of(row)}, {place_of(row)}"
