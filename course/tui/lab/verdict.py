"""The grade: the headline, the goals, the comparison, the moments, and after passing the debrief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from course.tui.lab.comparison import comparison
from course.tui.lab.goal_card import GoalCard
from course.tui.lab.stack import Stack
from course.tui.lab.work import Work
from course.tui.signs import RIGHT, WRONG
from course.tui.visuals import Hanging, Spread
from course.tui.widgets.prose import Prose
from course.tui.words import count, inline

if TYPE_CHECKING:
    from course.history import LabProgress
    from labs.grade import Grade


class Verdict(VerticalScroll):
    """Everything that a grade has to say."""

    def __init__(self, work: Work, grade: Grade) -> None:
        super().__init__()
        self._work, self._grade = work, grade

    def compose(self) -> ComposeResult:
        """The headline, then two columns where there is room for them."""
        yield Static(headline(self._grade, self._work.progress()), id="headline")
        with Vertical(id="columns"):
            with Vertical(id="left"):
                yield from (GoalCard(goal) for goal in self._grade.goals)
                if self._grade.moments:
                    yield Static("What decided it", classes="heading")
                    yield Static(Stack([Hanging(Content("• "), inline(say)) for say in self._grade.moments]))
                if self._grade.passed:
                    yield Prose(self._work.lab.debrief, classes="debrief")
            with Vertical(id="right"):
                yield Static("The same requests, three plans", classes="heading")
                yield Static(comparison(self._work, self._grade))

    @property
    def first_focus(self) -> Widget:
        """The first goal that was missed, or the whole if there is none."""
        return next((card for card in self.query(GoalCard) if card.can_focus), self)

    def on_mount(self) -> None:
        """Start there."""
        self.first_focus.focus(scroll_visible=False)


def headline(grade: Grade, so_far: LabProgress) -> Spread:
    """Return the verdict in a few words."""
    met = sum(goal.passed for goal in grade.goals)
    of = count(len(grade.goals), "goal")
    sign, words = (RIGHT, f"Passed: {of}") if grade.passed else (WRONG, f"Not yet: {met} of {of}")
    score = f"score {grade.score:.0f} of 100"
    history = f"   attempt {so_far.attempts}"
    return Spread(
        Content.styled(f"{sign.mark} {words}", f"bold {sign.style}"),
        Content.assemble(Content.styled(score, "bold"), Content.styled(history, "$quiet")),
    )
