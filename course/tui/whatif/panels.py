"""What is drawn over a knob's values: which figures of a point belong together, and how they are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.tui.drawing.clock import span
from course.tui.drawing.ticks import label

if TYPE_CHECKING:
    from labs.whatif.curve import Curve, Point
    from labs.whatif.knobs import Knob


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure over the knob's values."""

    name: str
    style: str
    figure: Callable[[Point], float | None]
    say: Callable[[float | None], str]

    def values(self, curve: Curve) -> tuple[float | None, ...]:
        """Return the figure at each value of the knob."""
        return tuple(self.figure(point) for point in curve.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Lines on one scale."""

    title: str
    lines: tuple[Line, ...]
    least_top: float
    """The scale reaches at least so far, so that next to nothing looks like next to nothing."""

    def known(self, curve: Curve) -> tuple[Line, ...]:
        """Return the lines for which the lab has releases."""
        return tuple(line for line in self.lines if any(value is not None for value in line.values(curve)))

    def top(self, curve: Curve) -> float:
        """Return the upper end of the scale."""
        values = [value for line in self.lines for value in line.values(curve) if value is not None]
        return max([self.least_top, *values])


def share(value: float | None) -> str:
    """Return a share in percent."""
    return "–" if value is None else f"{value * 100:.0f} %"


def number(value: float | None) -> str:
    """Return a mean count; below ten a tenth matters."""
    if value is None:
        return "–"
    return f"{value:.1f}" if 0 < value < 9.95 else f"{value:,.0f}"


HARM = Panel(
    title="Requests harmed by bad releases, mean",
    lines=(Line(name="harmed", style="$error", figure=lambda point: point.harmed, say=number),),
    least_top=10,
)
VERDICTS = Panel(
    title="Wrong endings",
    lines=(
        Line(name="good ones rolled back", style="$warning", figure=lambda point: point.false_rollback, say=share),
        Line(name="bad ones let through", style="$error", figure=lambda point: point.missed, say=share),
    ),
    least_top=1.0,
)
DURATION = Panel(
    title="Length of a good update, min:s",
    lines=(Line(name="duration", style="$accent", figure=lambda point: point.duration_s, say=span),),
    least_top=60,
)
PANELS: Sequence[Panel] = (HARM, VERDICTS, DURATION)


def value_of(knob: Knob, value: float) -> str:
    """Return a value of the knob as it is written under the curves."""
    return label(value) + (" %" if knob.unit == "%" else "")
