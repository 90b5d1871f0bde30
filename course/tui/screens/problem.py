"""Something of the course cannot be shown; here is why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from course.tui.drawing import signs
from course.tui.drawing.words import plain
from course.tui.screens.base import CourseScreen

if TYPE_CHECKING:
    from course.ports import Study


class ProblemScreen(CourseScreen):
    """The problem in its own words; the rest of the course is not touched by it."""

    CSS_PATH = "problem.tcss"

    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, study: Study, what: str, problem: str) -> None:
        super().__init__(study, what)
        self.problem = problem

    def compose_body(self) -> ComposeResult:
        """A sentence, then the text of the problem."""
        with VerticalScroll(id="problem"):
            yield Static(
                Content.assemble(signs.WRONG.content, " ", plain("This part of the course cannot be shown.", "bold"))
            )
            yield Static(plain(self.problem), classes="text")
            yield Static(plain("Everything else still works: Esc goes back.", "$hushed"))
