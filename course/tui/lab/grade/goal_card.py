"""One goal of the grade: met or missed, what was measured, what was needed, and help on request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.visual import Visual
from textual.widget import Widget

from course.tui.commands import bindings
from course.tui.drawing.signs import RIGHT, WRONG
from course.tui.drawing.visuals import Either, Hanging, Stack
from course.tui.drawing.words import inline, plain
from course.tui.lab.grade.commands import NEXT_HINT

if TYPE_CHECKING:
    from labs.exercise.goal import GoalResult

INDENT = Content("  ")


class GoalCard(Widget):
    """A missed goal can be given the focus, and then gives its hints one at a time."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(NEXT_HINT)

    hints_shown: reactive[int] = reactive(0, layout=True)

    @dataclass
    class Hinted(Message):
        """One more hint is shown."""

        goal: str
        """Its id."""
        shown: int

    def __init__(self, goal: GoalResult, hints_shown: int = 0) -> None:
        super().__init__(classes="-met" if goal.passed else "-missed")
        self.set_reactive(GoalCard.hints_shown, hints_shown)
        self._goal = goal
        self.can_focus = not goal.passed

    def render(self) -> Visual:
        """Sign and title, the figures, and for a missed goal what a teacher says."""
        goal = self._goal
        sign = RIGHT if goal.passed else WRONG
        lines = [
            Hanging(Content.assemble(sign.content, " "), inline(goal.title, "bold")),
            self._figures(),
        ]
        if not goal.passed and goal.say:
            lines.append(Hanging(INDENT, inline(goal.say)))
        lines += [self._hint(index) for index in range(self.hints_shown)]
        if self.more:
            lines.append(Hanging(INDENT, self._offer()))
        return Stack(*lines)

    def _figures(self) -> Visual:
        measured, needed = plain(self._goal.measured_say), plain(self._goal.needed)
        label = Content.styled("needed: ", "$quiet")
        line = Content.assemble(INDENT, measured, "   ", label, needed)
        lines = Stack(Hanging(INDENT, measured), Hanging(INDENT, Content.assemble(label, needed)))
        return Either(line, lines)

    def _hint(self, index: int) -> Hanging:
        lead = Content.styled(f"  hint {index + 1} of {len(self._goal.hints)}: ", "$accent")
        return Hanging(lead, inline(self._goal.hints[index]))

    def _offer(self) -> Content:
        words = "another hint" if self.hints_shown else "a hint"
        return Content.assemble(Content.styled("h ", "bold $accent"), Content.styled(words, "$quiet"))

    @property
    def more(self) -> bool:
        """Is there a hint that has not been shown?"""
        return not self._goal.passed and self.hints_shown < len(self._goal.hints)

    def action_next_hint(self) -> None:
        """Show one more."""
        self.hints_shown += self.more
        self.post_message(self.Hinted(self._goal.id, self.hints_shown))
        self.refresh_bindings()
        self.call_after_refresh(self._look)

    def _look(self) -> None:
        """Bring the last hint into sight, which stands at the end of what may be a long card."""
        page = next(each for each in self.ancestors if isinstance(each, VerticalScroll))
        width = self.content_size.width
        lines = self.more + (self._hint(self.hints_shown - 1).get_height({}, width) if self.hints_shown else 0)
        here = self.region.translate(page.scroll_offset - page.content_region.offset)
        page.scroll_to_region(Region(here.x, here.bottom - lines, here.width, lines), animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """As long as there are hints."""
        return self.more if action == "next_hint" else True

    def on_click(self, event: events.Click) -> None:
        """A click on the offer, which stands last, shows a hint."""
        if self.more and event.y == self.content_size.height - 1:
            self.action_next_hint()
