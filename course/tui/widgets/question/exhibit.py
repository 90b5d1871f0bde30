"""What a question is about: the scenario of its case, and what there is to look at, as on the pages of lessons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from course.tui.drawing.plot import PlotView
from course.tui.drawing.words import plain
from course.tui.widgets.prose import Prose, prose
from quiz.exhibit import Block, Exhibit, Plot
from quiz.questions import Question

if TYPE_CHECKING:
    from course.terms import Spotter


class Exhibited(Vertical):
    """An exhibit, or nothing."""

    def __init__(self, exhibit: Exhibit | None) -> None:
        super().__init__(classes="exhibit")
        self._exhibit = exhibit
        self.display = exhibit is not None

    def compose(self) -> ComposeResult:
        """Text and plots."""
        yield from _blocks(self._exhibit)

    async def show(self, exhibit: Exhibit | None) -> None:
        """Show another one, such as one with other figures."""
        await self.remove_children()
        await self.mount_all(_blocks(exhibit))


def about(question: Question) -> Iterator[Widget]:
    """Yield the scenario that a question shares with others, if it does."""
    if question.case is not None:
        place = f"A case, question {question.case.place} of {question.case.of}"
        yield Static(plain(place, "$hushed"), classes="task")
        yield prose(question.case.stem, classes="scenario")
        yield Exhibited(question.case.exhibit)


def _blocks(exhibit: Exhibit | None) -> Iterator[Widget]:
    return (block_view(each) for each in exhibit.blocks()) if exhibit else iter(())


def block_view(block: Block, terms: Spotter | None = None) -> Widget:
    """Return what shows a piece of text, its terms marked, or a plot."""
    return PlotView(block) if isinstance(block, Plot) else Prose(block.markdown, terms=terms)
