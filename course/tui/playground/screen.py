"""The alarm playground: fields above, what the four modes make of them below, at every key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.reactive import var
from textual.widgets import Input, Static

from course.tui.commands import bindings
from course.tui.drawing.words import plain
from course.tui.places import PLAYGROUND
from course.tui.playground.commands import KEYS
from course.tui.playground.mode_card import ModeCard
from course.tui.playground.trial import EXAMPLES, MODES, STATES, Trial, outcomes
from course.tui.screens.base import CourseScreen
from course.tui.widgets.line import Line, NumberLine, WholeLine
from course.tui.widgets.value_picker import ValuePicker

if TYPE_CHECKING:
    from course.ports import Study

ABOUT = "0 good · X breaching · - missing · oldest first"
ABOUT_THRESHOLD = "with one, write values: 2 - 7.5 (≥ is breaching)"


class RowLine(NumberLine):
    """Takes the signs of datapoints, and values; every other key is a command, as it is in lines for numbers."""

    MARKS = frozenset("0123456789.oOxX- ")


class PlaygroundScreen(CourseScreen):
    """Nothing that is tried out here is recorded; only that the learner is here."""

    CSS_PATH = ["playground.tcss", "../screens/line.tcss"]  # noqa: RUF012 - Textual's own type
    AUTO_FOCUS = "#row"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*KEYS)
    without = frozenset({"playground", "glossary"})

    trial: var[Trial] = var(Trial(), init=False)

    def __init__(self, study: Study) -> None:
        super().__init__(study, "Alarm playground")

    def compose_body(self) -> ComposeResult:
        """The fields, then a card for each mode."""
        with Vertical(id="playground"):
            with Horizontal(classes="fields"):
                yield Static("Datapoints", classes="label")
                yield RowLine(self.trial.row, id="row")
                yield Static(plain(ABOUT, "$hushed"), classes="about")
            with Horizontal(classes="fields"):
                yield Static("Threshold ", classes="label")
                yield NumberLine(self.trial.threshold, placeholder="none", id="threshold")
                yield Static(plain(ABOUT_THRESHOLD, "$hushed"), classes="about")
            with Horizontal(classes="fields"):
                yield Static("EvaluationPeriods (N)", classes="label")
                yield WholeLine(self.trial.n, id="n")
                yield Static("DatapointsToAlarm (M)", classes="label")
                yield WholeLine(self.trial.m, placeholder="as N", id="m")
            with Horizontal(classes="fields"):
                yield Static("TreatMissingData", classes="label")
                yield ValuePicker(MODES, self.trial.mode, id="mode")
                yield Static("StateValue before", classes="label")
                yield ValuePicker(STATES, self.trial.before, id="before")
            yield Static(id="wrong")
            yield Static(id="range")
            with Container(id="cards"):
                yield from (ModeCard(mode) for mode in MODES)

    def on_mount(self) -> None:
        """Show what comes of the fields as they are."""
        self.watch_trial(self.trial)
        self.record("visited", PLAYGROUND)

    def action_back(self) -> None:
        """Leave, so that this is not where to go on next time."""
        self.record("visited", PLAYGROUND, {"left": True})
        super().action_back()

    def watch_trial(self, trial: Trial) -> None:
        """Decide again, in all modes."""
        found = outcomes(trial)
        wrong, cards = self.query_one("#wrong", Static), self.query_one("#cards")
        wrong.display, cards.display = isinstance(found, str), not isinstance(found, str)
        newest = "" if isinstance(found, str) else found[0].range_say
        self.query_one("#range", Static).display = bool(newest)
        self.query_one("#range", Static).update(plain(newest, "$hushed"))
        if isinstance(found, str):
            wrong.update(plain(found, "$warning"))
            return
        for card, outcome in zip(self.query(ModeCard), found, strict=True):
            card.outcome = outcome
            card.set_class(card.mode == trial.mode, "-chosen")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        match event.input.id:
            case "row":
                self.trial = replace(self.trial, row=event.value)
            case "threshold":
                self.trial = replace(self.trial, threshold=event.value)
            case "n":
                self.trial = replace(self.trial, n=event.value)
            case "m":
                self.trial = replace(self.trial, m=event.value)

    @on(ValuePicker.Picked)
    @on(ModeCard.Chosen)
    def _turned(self, event: ValuePicker.Picked | ModeCard.Chosen) -> None:
        mode, before = self.query_one("#mode", ValuePicker), self.query_one("#before", ValuePicker)
        if isinstance(event, ModeCard.Chosen):
            mode.value = event.mode
        self.trial = replace(
            self.trial,
            mode=next(each for each in MODES if each == mode.value),
            before=next(each for each in STATES if each == before.value),
        )

    def action_next_field(self) -> None:
        """Go to the next field."""
        self.focus_next()

    def action_example(self) -> None:
        """Put the next example in; the mode stays the learner's."""
        at = next((place for place, each in enumerate(EXAMPLES) if each.row == self.trial.row), -1)
        trial = replace(EXAMPLES[(at + 1) % len(EXAMPLES)], mode=self.trial.mode)
        with self.prevent(Input.Changed):
            for id in ("row", "threshold", "n", "m"):
                self.query_one(f"#{id}", Line).value = getattr(trial, id)
        self.query_one("#before", ValuePicker).value = trial.before
        self.trial = trial
