"""A goal of a lab that was missed: to be met again, or for the first time."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from course.tui.commands import DO_LAB, bindings
from course.tui.drawing.words import plain
from course.tui.places import LabPlace, PlaceChosen
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.same_in_focus import SameInFocus


class GoalView(SameInFocus, Vertical, can_focus=True):
    """Leads to the lab."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(DO_LAB)
    pending = True

    def __init__(self, lab: str, title: str, goal: str) -> None:
        super().__init__()
        self.lab, self.lab_title, self.goal = lab, title, goal

    def compose(self) -> ComposeResult:
        """What was asked, and where."""
        yield Static(plain("A goal to meet", "$hushed"), classes="task")
        yield Static(plain(self.goal, "bold $accent"), classes="heading")
        yield Static(plain(f"In the lab: {self.lab_title}"))
        say = "It is due. Open the lab and have a plan graded that meets it; or skip it, and it stays due."
        yield Static(plain(say), classes="paragraph")

    def ask(self) -> None:
        """Take the focus."""
        keys_to(self)

    def action_do_lab(self) -> None:
        """Open the lab."""
        self.post_message(PlaceChosen(LabPlace(self.lab)))
