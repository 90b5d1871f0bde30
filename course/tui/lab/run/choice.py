"""Which release shall meet the plan, and with which seed?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.validation import Integer
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from course.tui.commands import BACK, bindings
from course.tui.drawing.words import plain
from course.tui.lab.run.commands import SEED, START_RUN
from course.tui.screens.dialog import Dialog
from course.tui.widgets.choices import Choices
from course.tui.widgets.key_bar import KeyBar
from course.tui.widgets.line import Line, NumberLine

MOST = 999_999
"""Seeds are any numbers; these fit the field."""
ABOUT = "A seed is a day of traffic: the same seed brings the very same requests."


@dataclass(frozen=True, slots=True)
class RunChoice:
    """A release by its id, and a seed."""

    release: str
    seed: int = 0


class ChooseRun(Dialog[RunChoice | None]):
    """Enter runs what is highlighted; Esc changes nothing."""

    CSS_PATH = ["../../screens/dialog.tcss", "../../screens/line.tcss", "../lab.tcss"]  # noqa: RUF012 - Textual's own type
    BINDINGS: ClassVar[list[BindingType]] = bindings(START_RUN, SEED, BACK)

    def __init__(self, releases: Sequence[tuple[str, str]], last: RunChoice) -> None:
        super().__init__()
        self._releases, self._last = tuple(releases), last

    def compose(self) -> ComposeResult:
        """The releases under their letters, and the seed."""
        with Vertical(classes="dialog"):
            yield Static(plain("Which release should meet your plan?", "bold"))
            yield Choices(*(Option(plain(name)) for _, name in self._releases))
            with Horizontal(classes="seed"):
                yield Static("Seed ")
                yield NumberLine(str(self._last.seed), type="integer", validators=[Integer(0, MOST)])
            yield Static(plain(ABOUT, "$quiet"), id="about-seed")
        yield KeyBar()

    def on_mount(self) -> None:
        """Start at the release of the last run."""
        choices = self.query_one(Choices)
        ids = [id for id, _ in self._releases]
        choices.highlighted = ids.index(self._last.release) if self._last.release in ids else 0
        choices.focus()

    @on(OptionList.OptionSelected)
    def action_start_run(self) -> None:
        """Run what is highlighted, if the seed is a number that fits."""
        seed = self.query_one(Line)
        if not (seed.value and seed.is_valid):
            self.query_one("#about-seed", Static).update(plain(f"A seed is a number from 0 to {MOST}.", "$error"))
            seed.focus()
            return
        index = self.query_one(Choices).highlighted or 0
        self.dismiss(RunChoice(self._releases[index][0], int(seed.value)))

    def action_seed(self) -> None:
        """Go to the seed, or back."""
        self.focus_next()

    def action_back(self) -> None:
        """Change nothing."""
        self.dismiss(None)
