"""The figures of the report, each with the words that stand for it where it cannot be seen.

Matplotlib is imported when a figure is drawn, and never through pyplot, so any thread may draw.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from course.learning.sections import DAYS_SHOWN, SectionId, day_named
from course.learning.standing import Standing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, BAR, QUIET = "#222222", "#3b6ea8", "#999999"
WIDTH_IN, ROW_IN, LEAST_IN = 7.5, 0.28, 2.4
MOST = 60
"""Objectives that are drawn; the table beside the figure has all."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture."""

    png: bytes
    alt: str
    """What it shows, in a sentence; the table below it has the numbers."""


def figures(standing: Standing) -> dict[SectionId, Figure]:
    """Return a figure for each section that one helps to understand; none of nothing."""
    drawn: dict[SectionId, Figure] = {}
    asked = [each for each in standing.objectives if each.of][:MOST]
    if asked:
        labels = [f"{each.exam.upper()} {each.objective}" for each in asked]
        weakest = min(asked, key=lambda each: each.estimate)
        alt = (
            f"Estimates with their intervals for {len(asked)} objectives; the lowest is"
            f" {weakest.exam.upper()} {weakest.objective} with {weakest.estimate:.0%}."
        )
        values = [(each.low, each.estimate, each.high) for each in asked]
        drawn["objectives"] = Figure(png(lambda axes: _intervals(axes, labels, values), ROW_IN * len(asked) + 1), alt)
    today = standing.at.date()
    if any(standing.due.days.values()):
        counts = {day_named(day, today): float(count) for day, count in standing.due.days.items()}
        total, now = sum(counts.values()), counts["today"]
        alt = f"{total:.0f} reviews become due within {len(counts)} days, {now:.0f} of them today."
        drawn["due"] = Figure(png(lambda axes: _columns(axes, counts, "reviews due")), alt)
    if standing.learned.total:
        days = [today - timedelta(days=back) for back in reversed(range(DAYS_SHOWN))]
        minutes = {day_named(day, today): standing.learned.minutes.get(day, 0.0) for day in days}
        alt = f"{sum(minutes.values()):.0f} minutes learned within the last {DAYS_SHOWN} days."
        drawn["time"] = Figure(png(lambda axes: _columns(axes, minutes, "minutes learned")), alt)
    if standing.scores.bins:
        alt = "What was predicted against what came true; on the line from corner to corner both are the same."
        drawn["calibration"] = Figure(png(lambda axes: _calibration(axes, standing), 3.4), alt)
    return drawn


def png(draw: Callable[[Axes], None], height_in: float = LEAST_IN) -> bytes:
    """Return what is drawn as a picture."""
    from matplotlib.figure import Figure as Canvas

    canvas = Canvas(figsize=(WIDTH_IN, max(height_in, LEAST_IN)), dpi=110, layout="constrained")
    axes = canvas.subplots()
    draw(axes)
    axes.tick_params(labelsize=8, colors=INK)
    axes.spines[["top", "right"]].set_visible(False)
    out = io.BytesIO()
    with warnings.catch_warnings():
        # A sign that the font lacks is drawn as a box, and the words beside the picture have it.
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        canvas.savefig(out, format="png")
    return out.getvalue()


def _intervals(axes: Axes, labels: list[str], values: list[tuple[float, float, float]]) -> None:
    for row, (low, middle, high) in enumerate(values):
        axes.plot([low * 100, high * 100], [row, row], "-", color=BAR, linewidth=2)
        axes.plot([middle * 100], [row], "D", color=INK, markersize=5)
    axes.set_yticks(range(len(labels)), [_words(label) for label in labels])
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.set_xlabel("% of new questions answered right: estimate (diamond) and interval (line)", fontsize=8)


def _columns(axes: Axes, heights: dict[str, float], what: str) -> None:
    bars = axes.bar(range(len(heights)), list(heights.values()), color=BAR)
    axes.bar_label(bars, [f"{height:.0f}" if height else "" for height in heights.values()], fontsize=8)
    axes.set_xticks(range(len(heights)), list(heights), rotation=45, ha="right")
    axes.set_ylabel(what, fontsize=8)
    axes.margins(y=0.15)


def _calibration(axes: Axes, standing: Standing) -> None:
    bins = standing.scores.bins
    axes.plot([0, 100], [0, 100], "--", color=QUIET, linewidth=1)
    for each in bins:
        came = 100 * each.right / each.count
        axes.plot([100 * each.predicted], [came], "o", color=BAR)
        axes.annotate(str(each.count), (100 * each.predicted, came), (5, -10), textcoords="offset points", fontsize=7)
    axes.set_xlim(0, 103)
    axes.set_ylim(-3, 103)
    axes.set_xlabel("predicted, % (the number is that of answers)", fontsize=8)
    axes.set_ylabel("came true, %", fontsize=8)


def _words(text: str) -> str:
    """Return a label within its room; matplotlib would read what stands between dollars as a formula."""
    return text[:28].replace("$", r"\$")
