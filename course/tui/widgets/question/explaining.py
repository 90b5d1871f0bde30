"""What helps before an answer, and what is told after it: hints one by one, and why."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from course.tui.drawing.visuals import Hanging
from course.tui.drawing.words import inline, plain
from course.tui.widgets.prose import prose
from quiz.questions import Question


class Hints(Vertical):
    """The hints that were taken."""

    def __init__(self) -> None:
        super().__init__(classes="hints")

    def show(self, question: Question, number: int) -> None:
        """Show the hint of this number, from 0, below those before it."""
        lead = plain(f"Hint {number + 1} of {len(question.hints)}  ", "$accent")
        hint = Static(Hanging(lead, inline(question.hints[number])))
        self.mount(hint)
        self.call_after_refresh(hint.scroll_visible, animate=False)


class Explanation(Vertical):
    """Why the right answer is right."""

    def __init__(self, question: Question) -> None:
        super().__init__(classes="explain")
        self._question = question

    def compose(self) -> ComposeResult:
        """The word, and the reasons."""
        yield Static(plain("Why", "bold $accent"))
        yield self._why(self._question)

    async def show(self, question: Question) -> None:
        """Explain it with other figures."""
        await replaced(self.query_one(".why"), self._why(question))

    def _why(self, question: Question) -> Widget:
        return prose(question.explain, classes="paragraphs why")


async def replaced(old: Widget, new: Widget) -> None:
    """Let a widget take the place of another one."""
    await old.parent.mount(new, after=old)  # type: ignore[union-attr]  # what is shown has a parent
    await old.remove()
