"""What is drawn over a knob's values: which figures of a point belong together, and how they are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.tui.drawing.clock import span
from course.tui.drawing.ticks import label

if TYPE_CHECKING:
    from labs.whatif.curve import Curve, Point
    from labs.whatif.knob import Of
    from labs.whatif.knobs import Knob
    from labs.whatif.load import Load


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

    of: Set[Of]
    """What the knob is about."""
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


def seconds(value: float | None) -> str:
    """Return a wait, in milliseconds where it is short."""
    if value is None:
        return "–"
    return f"{value * 1000:.0f} ms" if value < 0.9995 else f"{value:.1f} s" if value < 99.95 else f"{value:,.0f} s"


def dollars(value: float | None) -> str:
    """Return a sum of money; of cents a hundredth matters."""
    return "–" if value is None else f"{value:.4f}" if value < 0.1 else f"{value:,.2f}"


def _of_load(figure: Callable[[Load], float | None]) -> Callable[[Point], float | None]:
    """Return the figure of a point; None where it is about a guard."""
    return lambda point: None if point.load is None else figure(point.load)


HARM = Panel(
    of={"guard"},
    title="Requests harmed by bad releases, mean",
    lines=(Line(name="harmed", style="$error", figure=lambda point: point.harmed, say=number),),
    least_top=10,
)
VERDICTS = Panel(
    of={"guard"},
    title="Wrong endings",
    lines=(
        Line(name="good ones rolled back", style="$warning", figure=lambda point: point.false_rollback, say=share),
        Line(name="bad ones let through", style="$error", figure=lambda point: point.missed, say=share),
    ),
    least_top=1.0,
)
DURATION = Panel(
    of={"guard"},
    title="Length of a good update, min:s",
    lines=(Line(name="duration", style="$accent", figure=lambda point: point.duration_s, say=span),),
    least_top=60,
)
WAITS = Panel(
    of={"load"},
    title="99 of 100 callers wait at most, mean",
    lines=(Line(name="p99", style="$accent", figure=_of_load(lambda load: load.p99_s), say=seconds),),
    least_top=0.1,
)
FAILURES = Panel(
    of={"load"},
    title="Requests without an answer",
    lines=(
        Line(name="failed", style="$error", figure=_of_load(lambda load: load.failed), say=share),
        Line(name="throttled", style="$warning", figure=_of_load(lambda load: load.throttled), say=share),
    ),
    least_top=1.0,
)
JOBS = Panel(
    of={"job"},
    title="Jobs that are in time",
    lines=(Line(name="in time", style="$success", figure=_of_load(lambda load: load.in_time), say=share),),
    least_top=1.0,
)
JOB_TIME = Panel(
    of={"job"},
    title="From a job's request to its end, min:s",
    lines=(Line(name="duration", style="$accent", figure=_of_load(lambda load: load.job_s), say=span),),
    least_top=60,
)
COST = Panel(
    of={"load", "job"},
    title="Cost of the run in USD, mean",
    lines=(Line(name="cost", style="$warning", figure=_of_load(lambda load: load.cost_usd), say=dollars),),
    least_top=0.01,
)
PANELS: Sequence[Panel] = (HARM, VERDICTS, DURATION, WAITS, FAILURES, JOBS, JOB_TIME, COST)


def value_of(knob: Knob, value: float) -> str:
    """Return a value of the knob as it is written under the curves."""
    return label(value) + (" %" if knob.unit == "%" else "")
