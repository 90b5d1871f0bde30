"""Fences of a lesson that hold YAML, and become a block of their own: plots, and tables of deciders."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from course.content.schema.build import build
from course.content.yaml.document import Complaints
from course.content.yaml.reader import read_yaml
from course.content.yaml.wording import shown
from course.syllabus import Plot

if TYPE_CHECKING:
    from quiz.deciders import Deciders

PLOT, DECIDERS = "plot", "deciders"
DRAWN = (PLOT, DECIDERS)
"""Their info strings."""


def read_plot(text: str, path: Path) -> Plot:
    """Return the plot of a fence's YAML; ContentError with lines counted from the fence's first one."""
    document = read_yaml(text, path)
    complaints = Complaints(document)
    plot = build(Plot, document.data, complaints)
    if plot is not None and not plot.series:
        complaints.at_key(("series",), "`series` holds no line; give at least one")
    for name, points in plot.series.items() if plot is not None else ():
        if len(points) < 2:
            complaints.at_value(("series", name), f"line {shown(name)} needs at least two points")
        if any(left[0] > right[0] for left, right in pairwise(points)):
            complaints.at_value(
                ("series", name), f"line {shown(name)} goes back; sort its points by their first number"
            )
    return complaints.settle(plot)


def read_deciders(text: str, path: Path) -> Deciders:
    """Return the table of a fence's YAML; ContentError with lines counted from the fence's first one."""
    from quiz.deciders import Deciders  # brings the engine along, and few lessons have such a table

    document = read_yaml(text, path)
    complaints = Complaints(document)
    return complaints.settle(build(Deciders, document.data, complaints))
