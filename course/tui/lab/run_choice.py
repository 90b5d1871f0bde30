"""Which release shall meet the plan, and with which seed?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.validation import Integer
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from course.tui.commands import BACK, bindings
from course.tui.words import plain

MOST = 999_999
"""Seeds are any numbers; these fit the field."""


@dataclass(frozen=True, slots=True)
class RunChoice:
    """A release by its id, and a seed."""

    release: str
    seed: int = 0


class ChooseRun(ModalScreen[RunChoice | None]):
    """Enter on a release runs it; Esc changes nothing."""

    CSS_PATH = "lab.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(BACK)

    def __init__(self, releases: Sequence[tuple[str, str]], last: RunChoice) -> None:
        super().__init__()
        self._releases, self._last = tuple(releases), last

    def compose(self) -> ComposeResult:
        """The releases under their letters, and the seed."""
        with Vertical(classes="dialog"):
            yield Static(plain("Run the plan against …", "bold"))
            yield OptionList(*(Option(plain(name)) for _, name in self._releases))
            with Horizontal(classes="seed"):
                yield Static("Seed ")
                yield Input(str(self._last.seed), type="integer", validators=[Integer(0, MOST)], compact=True)
            yield Static(
                plain("One seed is one day of traffic: the same seed brings the very same requests.", "$quiet")
            )
            yield Static(plain("⏎ run   tab seed   esc back", "$quiet"))

    def on_mount(self) -> None:
        """Start at the release of the last run."""
        options = self.query_one(OptionList)
        ids = [id for id, _ in self._releases]
        options.highlighted = ids.index(self._last.release) if self._last.release in ids else 0
        options.focus()

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def choose(self) -> None:
        """Run what is highlighted, if the seed is a number."""
        seed = self.query_one(Input)
        if not seed.is_valid:
            seed.focus()
            return
        index = self.query_one(OptionList).highlighted or 0
        self.dismiss(RunChoice(self._releases[index][0], int(seed.value)))

    def action_back(self) -> None:
        """Change nothing."""
        self.dismiss(None)
