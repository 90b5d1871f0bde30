"""What one mode makes of the row: the state, the points that decided it, the sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.visual import Visual
from textual.widget import Widget

from course.tui.drawing.visuals import Either, Stack
from course.tui.drawing.words import plain
from course.tui.lab.run.charts.alarms import STATES
from course.tui.playground.trial import Outcome
from engine.requests.cloudwatch import TreatMissingData

POINTS = {True: ("X", "$error"), False: ("0", "$success"), None: ("-", "$quiet")}
BESIDE = 35
"""Where the points begin beside mode and state, so that those of all cards stand under each other."""
NARROW = 50
"""Below it a card is a column of its own, with room between its lines."""
RANGE = "│"
"""Between the points that an alarm no longer looks at and its evaluation range."""
DECIDED = "bold reverse"
"""Readable in sixteen colours too."""


class ModeCard(Widget):
    """The card of the chosen mode has the class `-chosen`."""

    outcome: reactive[Outcome | None] = reactive(None, layout=True)

    @dataclass
    class Chosen(Message):
        """The learner clicked on a card."""

        mode: TreatMissingData

    def __init__(self, mode: TreatMissingData) -> None:
        super().__init__()
        self.mode = mode

    def render(self) -> Visual:
        """Mode and state, points, sentence."""
        if self.outcome is None:
            return plain(self.mode, "bold")
        return Stack(*_lines(self.outcome, airy=self.size.width < NARROW))

    def on_click(self) -> None:
        """Choose this mode."""
        self.post_message(self.Chosen(self.mode))


def _lines(outcome: Outcome, *, airy: bool) -> Iterator[Visual]:
    sign, _ = STATES[outcome.decision.state]
    state = Content.styled(f"{sign.mark} {outcome.decision.state}", f"bold {sign.style}")
    head = Content.assemble(plain(f"{outcome.mode:<13}", "bold"), state)
    points = Content.assemble(row(outcome), plain(_filled(outcome), "$quiet"))
    gap = Content("\n") if airy else Content("")
    beside = Content.assemble(head, " " * max(1, BESIDE - head.cell_length), points)
    yield Either(beside, Content("\n").join([head, Content(""), points] if airy else [head, points]))
    yield Content.assemble(gap, plain(outcome.say))


def row(outcome: Outcome) -> Content:
    """Return the points, with a bar where the evaluation range begins; those that decided are reversed, the others are
    quiet."""
    marks = []
    for place, breaches in enumerate(outcome.points):
        if place == outcome.passed_over > 0:
            marks.append(Content.styled(RANGE, "$quiet"))
        mark, style = POINTS[breaches]
        decided = place in outcome.decision.decided_by
        marks.append(Content.styled(f" {mark} ", f"{DECIDED} {style}" if decided else "$quiet"))
    return Content("").join(marks)


def _filled(outcome: Outcome) -> str:
    if outcome.decision.rule != "filled" or not outcome.decision.filled:
        return ""
    return f"  +{outcome.decision.filled} filled"
