"""What if one number of the plan were another? Curves that get better while the learner looks at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.message import Message
from textual.reactive import var
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from course.tui.commands import bindings
from course.tui.drawing.visuals import Spread
from course.tui.drawing.words import plain
from course.tui.screens.base import CourseScreen
from course.tui.whatif.chart import CurveChart, seeds_so_far
from course.tui.whatif.commands import KNOBS
from course.tui.whatif.panels import value_of
from course.tui.widgets.choices import Choices
from engine.errors import EngineError

if TYPE_CHECKING:
    from course.ports import Study
    from engine.plan import Plan
    from labs.lab import Lab
    from labs.whatif.curve import Curve
    from labs.whatif.knobs import Knob

NOTHING = "This plan has no number to turn: it needs an update with a traffic policy, or an alarm."


class Knobs(Choices):
    """A list in which to highlight is to choose; Enter has nothing to add."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter out of the footer."""
        return action != "open"


class WhatIfScreen(CourseScreen):
    """The knobs of a plan, and the curve of the one that is highlighted."""

    CSS_PATH = "whatif.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*KNOBS)

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

    def __init__(self, study: Study, lab: Lab, plan: Plan) -> None:
        super().__init__(study, f"{lab.title}: what if?")
        self._lab, self._plan = lab, plan
        self._curves: dict[str, Curve] = {}
        """The best curve of each knob so far, so that going back costs nothing."""

    def compose_body(self) -> ComposeResult:
        """The knobs, and the curves of one."""
        with Container(id="what-if"):
            yield Knobs(id="knobs")
            with Vertical(id="curves"):
                yield Static(id="about")
                yield CurveChart()

    def on_mount(self) -> None:
        """Look for knobs."""
        self._look()

    @work(thread=True, exclusive=True, group="knobs")
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
        choices.highlighted = 0 if self.knobs else None
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
            chart.knob, chart.curve = knob, self._curves.get(knob.id)
            self._say()
            self._improve(knob)

    @work(thread=True, exclusive=True, group="curve")
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

    @on(Refused)
    def _refused(self, event: Refused) -> None:
        self.query_one("#about", Static).update(plain(event.say, "$error"))

    def _say(self) -> None:
        knob = self.knob
        if knob is None:
            return
        curve = self._curves.get(knob.id)
        left = plain(f"{knob.title}, now {_current(knob)}", "bold $accent")
        right = plain(seeds_so_far(curve, self._lab.seeds) if curve else "", "$hushed")
        self.query_one("#about", Static).update(Spread(left, right))

    def action_next_knob(self) -> None:
        """Turn the next one."""
        self.query_one("#knobs", OptionList).action_cursor_down()

    def action_previous_knob(self) -> None:
        """Turn the one before."""
        self.query_one("#knobs", OptionList).action_cursor_up()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One knob alone has no next one."""
        return len(self.knobs) > 1 if action in ("next_knob", "previous_knob") else True


def _current(knob: Knob) -> str:
    value = value_of(knob, knob.current)
    return value if knob.unit in ("", "%") else f"{value} {knob.unit}"
