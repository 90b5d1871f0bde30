"""What if one number of the plan were another? Curves that get better while the learner looks at them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.message import Message
from textual.reactive import var
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import Worker, get_current_worker

from course.tui.commands import bindings
from course.tui.drawing.visuals import Spread
from course.tui.drawing.words import plain
from course.tui.screens.base import CourseScreen
from course.tui.whatif.chart import CurveChart, seeds_so_far
from course.tui.whatif.commands import KNOBS
from course.tui.whatif.panels import value_of
from course.tui.whatif.writing import with_value
from course.tui.widgets.choices import Rows
from course.tui.widgets.goes_on import GoesOn
from engine.errors import EngineError

if TYPE_CHECKING:
    from course.ports import Study
    from engine.plan import Plan
    from labs.lab import Lab
    from labs.whatif.curve import Curve, Trend
    from labs.whatif.knobs import Knob

NOTHING = "This plan has no number to turn: it needs an update with a traffic policy, an alarm, a variant or a job."

WAYS: Mapping[Trend, str] = {"up": "goes up", "down": "goes down", "stays": "stays"}
QUESTION = "Predict first: as it grows, does {} go up (u), down (d) or stay (s)?"
"""It fits into the narrowest screen."""


class WhatIfScreen(GoesOn, CourseScreen):
    """The knobs of a plan, and the curve of the one that is highlighted."""

    CSS_PATH = "whatif.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*KNOBS)

    WORK: ClassVar[Mapping[str, str]] = {
        "knobs": "Looking for numbers to turn",
        "curve": "Working out this curve",
        "put": "Writing the value into the plan",
    }
    knobs: var[tuple[Knob, ...]] = var[tuple["Knob", ...]]((), init=False)
    knob: var[Knob | None] = var["Knob | None"](None, init=False)

    @dataclass
    class Found(Message):
        """The plan has been searched for knobs."""

        knobs: tuple[Knob, ...]

    @dataclass
    class Improved(Message):
        """One more seed went into a curve."""

        curve: Curve

    @dataclass
    class Refused(Message):
        """The engine cannot run one of the plans."""

        say: str

    @dataclass
    class Written(Message):
        """A value can stand in the plan; or it cannot, without a text."""

        knob: Knob
        value: float
        text: str | None

    def __init__(self, study: Study, lab: Lab, plan: Plan, text: str, write: Callable[[str], None]) -> None:
        super().__init__(study, f"{lab.title}: what if?")
        self._lab, self._plan, self._text, self._write = lab, plan, text, write
        self._predicted: dict[str, Trend] = {}
        """What the learner said of each knob, before its curve was shown."""
        self._asks = any(release.expect == "rolled-back" for release in lab.releases)
        """Is there harm to predict?"""
        self._curves: dict[str, Curve] = {}
        """The best curve of each knob so far, so that going back costs nothing."""

    def compose_body(self) -> ComposeResult:
        """The knobs, and the curves of one."""
        with Container(id="what-if"):
            yield Rows(id="knobs")
            with Vertical(id="curves"):
                yield Static(id="about")
                yield Static(id="predicted")
                yield CurveChart()

    def on_mount(self) -> None:
        """Look for knobs."""
        self._look()

    @work(thread=True, exclusive=True, group="knobs", exit_on_error=False)
    def _look(self) -> None:
        self.post_message(self.Found(self.study.desk.knobs(self._lab, self._plan)))

    @on(Found)
    def _found(self, event: Found) -> None:
        self.knobs = event.knobs
        choices = self.query_one("#knobs", OptionList)
        choices.set_options(
            Option(Spread(plain(knob.title), plain(_current(knob), "$quiet")), id=knob.id) for knob in self.knobs
        )
        choices.display = bool(self.knobs)
        kept = self.knob.id if self.knob else None
        place = next((at for at, knob in enumerate(self.knobs) if knob.id == kept), 0)
        choices.highlighted = place if self.knobs else None
        choices.focus()
        if not self.knobs:
            self.query_one("#about", Static).update(plain(NOTHING))

    @on(OptionList.OptionHighlighted, "#knobs")
    def _choose(self, event: OptionList.OptionHighlighted) -> None:
        self.knob = self.knobs[event.option_index]

    def watch_knob(self, knob: Knob | None) -> None:
        """Show what is known of this knob's curve, and find out more."""
        if knob is not None:
            chart = self.query_one(CurveChart)
            chart.knob, chart.curve, chart.marked = knob, self._curves.get(knob.id), knob.current
            self._say()
            self._improve(knob)

    @work(thread=True, exclusive=True, group="curve", exit_on_error=False)
    def _improve(self, knob: Knob) -> None:
        worker, known = get_current_worker(), self._curves.get(knob.id)
        if known is not None and known.seeds >= self._lab.seeds:
            return
        try:
            for curve in self.study.desk.curve(self._lab, knob):
                if worker.is_cancelled:
                    return
                self.post_message(self.Improved(curve))
        except EngineError as error:
            self.post_message(self.Refused(str(error)))

    @on(Improved)
    def _improved(self, event: Improved) -> None:
        curve = event.curve
        known = self._curves.get(curve.knob)
        if known is None or known.seeds < curve.seeds:
            self._curves[curve.knob] = curve
        if self.knob is not None and self.knob.id == curve.knob:
            self.query_one(CurveChart).curve = self._curves[curve.knob]
            self._say()

    def broke_off(self, worker: Worker[Any], say: str) -> None:
        """Say so in the place of the curve, where one was to be."""
        if worker.group == "put":
            super().broke_off(worker, say)
        else:
            self.post_message(self.Refused(say))

    @on(Refused)
    def _refused(self, event: Refused) -> None:
        self.query_one("#about", Static).update(plain(event.say, "$error"))

    def _say(self) -> None:
        knob = self.knob
        if knob is None:
            return
        curve = self._curves.get(knob.id)
        marked = self.query_one(CurveChart).marked
        there = "" if marked in (None, knob.current) else f", here {value_of(knob, marked)}"
        left = plain(f"{knob.title}, now {_current(knob)}{there}", "bold $accent")
        right = plain(seeds_so_far(curve, self._lab.seeds) if curve else "", "$hushed")
        self.query_one("#about", Static).update(Spread(left, right))
        self.query_one("#predicted", Static).update(plain(self._said(knob, curve)))
        self.query_one(CurveChart).display = self._open(knob)
        self.refresh_bindings()

    def _open(self, knob: Knob) -> bool:
        """May the curve be seen?"""
        return not (self._asks or knob.of != "guard") or knob.id in self._predicted

    def _said(self, knob: Knob, curve: Curve | None) -> str:
        from labs.whatif.curve import trend

        if not self._open(knob):
            return QUESTION.format(_asked_about(knob))
        said = self._predicted.get(knob.id)
        if said is None or curve is None:
            return ""
        found = trend(curve)
        verdict = "you were right" if said == found else f"you said that it {WAYS[said]}"
        return f"As the value grows, {_asked_about(knob)} {WAYS[found]}: {verdict}."

    def _predict(self, way: Trend) -> None:
        if self.knob is not None:
            self._predicted[self.knob.id] = way
            self._say()

    def action_predict_up(self) -> None:
        """Say that more harms more."""
        self._predict("up")

    def action_predict_down(self) -> None:
        """Say that more harms less."""
        self._predict("down")

    def action_predict_stays(self) -> None:
        """Say that it makes no difference."""
        self._predict("stays")

    def action_turn_up(self) -> None:
        """Mark the next value."""
        self._turn(1)

    def action_turn_down(self) -> None:
        """Mark the value before."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        chart, knob = self.query_one(CurveChart), self.knob
        if knob is not None and chart.marked is not None:
            at = max(0, min(len(knob.values) - 1, knob.values.index(chart.marked) + by))
            chart.marked = knob.values[at]
            self._say()

    def action_write_value(self) -> None:
        """Write what is marked into the plan."""
        marked = self.query_one(CurveChart).marked
        if self.knob is not None and marked is not None:
            self._put(self.knob, marked)

    @work(thread=True, exclusive=True, group="put", exit_on_error=False)
    def _put(self, knob: Knob, value: float) -> None:
        text = with_value(self.study.desk, self._lab, self._text, knob, value)
        self.post_message(self.Written(knob, value, text))

    @on(Written)
    def _written(self, event: Written) -> None:
        if event.text is None:
            self.notify("This value cannot be written into the text of the plan.", severity="warning")
            return
        self._text, self._plan = event.text, event.knob.turned(event.value)
        self._write(event.text)
        self._curves.clear()
        self.notify(f"The plan says {value_of(event.knob, event.value)} for {event.knob.title} now.")
        self._look()

    def action_next_knob(self) -> None:
        """Turn the next one."""
        self.query_one("#knobs", OptionList).action_cursor_down()

    def action_previous_knob(self) -> None:
        """Turn the one before."""
        self.query_one("#knobs", OptionList).action_cursor_up()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One knob alone has no next one; what is predicted is not seen yet, and what is seen can be turned."""
        if action in ("next_knob", "previous_knob"):
            return len(self.knobs) > 1
        if action.startswith("predict_"):
            return self.knob is not None and not self._open(self.knob)
        if action in ("turn_up", "turn_down"):
            return self.knob is not None and self._open(self.knob)
        if action == "write_value":
            marked = self.query_one(CurveChart).marked if self.is_mounted else None
            return self.knob is not None and self._open(self.knob) and marked not in (None, self.knob.current)
        return True


def _current(knob: Knob) -> str:
    value = value_of(knob, knob.current)
    return value if knob.unit in ("", "%") else f"{value} {knob.unit}"


def _asked_about(knob: Knob) -> str:
    """Return the figure that the learner predicts."""
    return "harm" if knob.of == "guard" else "cost"
