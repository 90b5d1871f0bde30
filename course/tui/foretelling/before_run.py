"""Before a run of the learner's own plan: what do you think will happen?"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from course.tui.commands import BACK, bindings
from course.tui.drawing.words import plain
from course.tui.foretelling.commands import BEFORE_RUN, NEXT_PART, PART_BEFORE
from course.tui.foretelling.form import PredictionForm
from course.tui.screens.dialog import Dialog
from course.tui.widgets.key_bar import KeyBar
from labs.prediction import Part, Values


class ForetellRun(Dialog[Values | None]):
    """What is said; nothing of any part if it was skipped. None: there is to be no run."""

    CSS_PATH = ["../screens/dialog.tcss", "../screens/line.tcss", "../screens/page.tcss"]  # noqa: RUF012 - Textual's own type
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings(*BEFORE_RUN, NEXT_PART, PART_BEFORE, BACK)

    def __init__(self, name: str, asks: tuple[Part, ...]) -> None:
        super().__init__()
        self._name = name
        self._form = PredictionForm(asks, {})
        self._notice = Static(classes="about")

    def compose(self) -> ComposeResult:
        """The parts."""
        with Vertical(classes="dialog"):
            yield Static(plain(f"Before {self._name} meets your plan: what do you think?", "bold $accent"))
            yield self._form
            yield self._notice
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the first part."""
        self._notice.display = False
        self._form.ask()

    def action_run_now(self) -> None:
        """Run, if something was said of each part."""
        if say := self._form.lacking:
            self._notice.display = True
            self._notice.update(plain(f"{say} Or skip it with s.", "$warning"))
            self._form.ask()
        else:
            self.dismiss(self._form.said)

    def action_skip_prediction(self) -> None:
        """Run without."""
        self.dismiss({})

    def action_next_part(self) -> None:
        """Go to the next part."""
        self._form.move(1)

    def action_part_before(self) -> None:
        """Go to the part before."""
        self._form.move(-1)

    def action_back(self) -> None:
        """Run nothing."""
        self.dismiss(None)
