"""The run that was foretold, played as a lab plays it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from course.tui.commands import bindings
from course.tui.drawing.words import plain
from course.tui.foretelling.commands import TO_VERDICT
from course.tui.foretelling.verdict import in_one_line
from course.tui.lab.run.player import Player
from course.tui.screens.base import HEIGHTS, CourseScreen

if TYPE_CHECKING:
    from course.ports import Study
    from course.syllabus import Prediction
    from labs.film.film import Film
    from labs.prediction import Values


class PredictedRunScreen(CourseScreen):
    """A film, under what was said of it. Enter and Esc lead back to the step, which tells what held."""

    VERTICAL_BREAKPOINTS = HEIGHTS
    CSS_PATH = ["../screens/page.tcss", "../screens/line.tcss", "../lab/lab.tcss"]  # noqa: RUF012 - Textual's own type
    BINDINGS: ClassVar[list[BindingType]] = bindings(TO_VERDICT)

    def __init__(self, study: Study, prediction: Prediction, film: Film, said: Values, sent_s: float) -> None:
        super().__init__(study, prediction.title)
        self._prediction, self._film = prediction, film
        self._said = in_one_line(prediction.asks, said, sent_s)
        self.player = Player()

    def compose_body(self) -> ComposeResult:
        """What was said, and the player."""
        yield Static(plain(self._said, "bold"), id="said")
        yield self.player

    def on_mount(self) -> None:
        """Begin to play."""
        self.player.show(self._film, f"the plan · seed {self._prediction.seed}")
        self.player.focus()
        self.player.start()

    def action_to_verdict(self) -> None:
        """Go back."""
        self.dismiss()
