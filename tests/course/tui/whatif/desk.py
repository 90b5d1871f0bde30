"""A desk with two knobs and curves made by hand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.plan import Plan
from labs.lab import Lab
from labs.whatif.curve import Curve, Point
from labs.whatif.knobs import Knob
from tests.course.tui.lab.fakes import FakeDesk


def a_knob(id: str, title: str, current: float, values: tuple[float, ...], unit: str = "") -> Knob:
    """Return a knob that changes nothing."""
    return Knob(
        id=id, title=title, unit=unit, current=current, values=values, turned=lambda value: Plan(), path=(title,)
    )


WAIT = a_knob("wait", "WaitIntervalInSeconds", 300, (0, 60, 120, 180, 300, 600, 900), "s")
THRESHOLD = a_knob("v2-errors.threshold", "[b]v2-errors[/b]: Threshold", 5, (0.5, 1.25, 2.5, 5, 10, 20, 50))


def a_curve(knob: Knob, seeds: int = 20, harmed: float | None = 412) -> Curve:
    """Return a curve in which a larger value harms more and takes longer."""
    points = tuple(
        Point(
            value=value,
            harmed=None if harmed is None else harmed * (place + 1) / len(knob.values),
            missed=place / len(knob.values),
            false_rollback=0.9 / (place + 1),
            duration_s=600.0 + 90 * place,
        )
        for place, value in enumerate(knob.values)
    )
    return Curve(knob=knob.id, current=knob.current, seeds=seeds, points=points)


@dataclass
class WhatIfDesk(FakeDesk):
    """Yields seeds one by one; with a gate, the second waits for it."""

    turned: tuple[Knob, ...] = (WAIT, THRESHOLD)
    most: int = 20
    hold: threading.Event | None = None
    asked: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    """Knobs whose curves nobody wanted to the end."""

    def knobs(self, lab: Lab, plan: Plan) -> tuple[Knob, ...]:
        """Return two knobs."""
        return self.turned

    def curve(self, lab: Lab, knob: Knob) -> Iterator[Curve]:
        """Yield a better curve after each seed."""
        self.asked.append(knob.id)
        for seeds in range(1, self.most + 1):
            try:
                yield a_curve(knob, seeds)
            except GeneratorExit:
                self.closed.append(knob.id)
                raise
            if self.hold is not None:
                self.hold.wait(10)
