"""What the grade of a lab and that of a shift have in common: how a verdict is worded, and where one begins to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.visual import Visual
from textual.widget import Widget
from textual.widgets import Static

from course.tui.commands import SCREENFUL_ON, bindings
from course.tui.drawing.signs import RIGHT, WRONG
from course.tui.drawing.visuals import Stack
from course.tui.drawing.words import count, plain
from course.tui.lab.grade.goal_card import GoalCard
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.same_in_focus import SameInFocus

if TYPE_CHECKING:
    from labs.exercise.goal import GoalResult


class GradePage(SameInFocus, VerticalScroll):
    """A page with a card for each goal."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(SCREENFUL_ON)

    def action_screenful_on(self) -> None:
        """Read on."""
        self.scroll_page_down(animate=False)

    @property
    def first_focus(self) -> Widget:
        """The first goal that was missed, or the whole if there is none."""
        return next((card for card in self.query(GoalCard) if card.can_focus), self)

    def on_mount(self) -> None:
        """Start there, if it is to be seen."""
        if all(parent.display for parent in self.ancestors_with_self if isinstance(parent, Widget)):
            keys_to(self.first_focus)


def verdict(goals: Sequence[GoalResult], *, passed: bool) -> Content:
    """Return the verdict in a few words, with its sign."""
    met, of = sum(goal.passed for goal in goals), count(len(goals), "goal")
    sign, words = (RIGHT, f"Passed: {of}") if passed else (WRONG, f"Not yet: {met} of {of}")
    return Content.styled(f"{sign.mark} {words}", f"bold {sign.style}")


def section(title: str, *lines: Visual) -> Iterable[Widget]:
    """Yield a heading, and lines under it."""
    yield Static(plain(title), classes="heading")
    yield Static(Stack(*(lines or (plain("Nothing.", "$hushed"),))))
