"""What a question is about: the scenario of its case, and what there is to look at, as on the pages of lessons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, assert_never

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from course.tui.drawing.plot import PlotView
from course.tui.drawing.words import plain
from course.tui.widgets.deciders import DecidersView
from course.tui.widgets.prose import Prose, prose
from quiz import exhibit
from quiz.deciders import Deciders
from quiz.exhibit import Block, Exhibit, Plot
from quiz.questions import Question

if TYPE_CHECKING:
    from course.terms import Spotter


class Exhibited(Vertical):
    """An exhibit, or nothing."""

    def __init__(self, shown: Exhibit | None) -> None:
        super().__init__(classes="exhibit")
        self._exhibit = shown
        self.display = shown is not None

    def compose(self) -> ComposeResult:
        """Text and plots."""
        yield from _blocks(self._exhibit)

    async def show(self, other: Exhibit | None) -> None:
        """Show another one, such as one with other figures."""
        await self.remove_children()
        await self.mount_all(_blocks(other))


def about(question: Question) -> Iterator[Widget]:
    """Yield the scenario that a question shares with others, if it does."""
    if question.case is not None:
        place = f"A case, question {question.case.place} of {question.case.of}"
        yield Static(plain(place, "$hushed"), classes="task")
        yield prose(question.case.stem, classes="scenario")
        yield Exhibited(question.case.exhibit)


def _blocks(shown: Exhibit | None) -> Iterator[Widget]:
    return (block_view(each) for each in shown.blocks()) if shown else iter(())


def block_view(block: Block, terms: Spotter | None = None) -> Widget:
    """Return what shows a piece of text, its terms marked, a plot, or a table to play with."""
    match block:
        case exhibit.Prose():
            return Prose(block.markdown, terms=terms)
        case Plot():
            return PlotView(block)
        case Deciders():
            return DecidersView(block)
        case _:
            assert_never(block)
