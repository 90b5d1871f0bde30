"""Questions over the live screen. The clock is held while one is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from course.tui.commands import BACK, bindings
from course.tui.drawing.words import inline, plain
from course.tui.incident.commands import END, KEEP, NEXT_CONFIG, SEND, STAY
from course.tui.incident.plain_yaml import as_yaml
from course.tui.incident.requests import in_a_line, written
from course.tui.screens.dialog import Dialog
from course.tui.widgets.choices import Choices
from course.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from engine.plan import Request

STYLES: list[str | PurePath] = ["../screens/page.tcss", "../screens/dialog.tcss", "incident.tcss"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What may be sent, and what there is to say of it."""

    question: str
    about: str
    requests: Sequence[Request]
    """At least one; of several, the learner chooses."""


class SendRequest(Dialog["Request | None"]):
    """Which request shall be sent? None if the learner thought better of it."""

    CSS_PATH = STYLES
    BINDINGS: ClassVar[list[BindingType]] = bindings(SEND, NEXT_CONFIG, KEEP)

    chosen: reactive[int] = reactive(0, init=False)

    def __init__(self, proposal: Proposal) -> None:
        super().__init__()
        self._proposal = proposal

    def compose(self) -> ComposeResult:
        """The question, the choice if there is one, and the request as it will be sent."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._proposal.question, "bold"))
            yield Static(inline(self._proposal.about, "$hushed"), classes="about")
            if len(self._proposal.requests) > 1:
                choices = Choices(*(Option(plain(in_a_line(request))) for request in self._proposal.requests))
                choices.can_focus = False  # the keys belong to the question: Enter sends
                yield choices
            yield Static(plain(self._request), id="request")
        yield KeyBar()

    def on_mount(self) -> None:
        """Start at the first one."""
        for choices in self.query(Choices):
            choices.highlighted = 0

    @property
    def _request(self) -> str:
        return as_yaml(written(self._proposal.requests[self.chosen]))

    def watch_chosen(self, chosen: int) -> None:
        """Show the request that is chosen."""
        self.query_one("#request", Static).update(plain(self._request))
        for choices in self.query(Choices):
            choices.highlighted = chosen

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.chosen = event.option_index

    def action_next_config(self) -> None:
        """Go round what can be chosen."""
        self.chosen = (self.chosen + 1) % len(self._proposal.requests)

    def action_send(self) -> None:
        """Send it."""
        self.dismiss(self._proposal.requests[self.chosen])

    def action_keep(self) -> None:
        """Send nothing."""
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One request is no choice."""
        return len(self._proposal.requests) > 1 if action == "next_config" else True


class EndShift(Dialog[bool]):
    """Shall the shift end as things stand?"""

    CSS_PATH = STYLES
    BINDINGS: ClassVar[list[BindingType]] = bindings(END, STAY)

    def compose(self) -> ComposeResult:
        """The question and what follows."""
        with Vertical(classes="dialog"):
            yield Static(plain("End your shift?", "bold"))
            about = "The update goes on as it would without you, nothing more is sent, and the shift is graded."
            yield Static(plain(about, "$hushed"), classes="about")
        yield KeyBar()

    def action_end(self) -> None:
        """End it."""
        self.dismiss(True)

    def action_stay(self) -> None:
        """Stay."""
        self.dismiss(False)


class ShowText(Dialog[None]):
    """What a service answered, or the brief, to read; Esc goes back."""

    CSS_PATH = STYLES
    BINDINGS: ClassVar[list[BindingType]] = bindings(BACK)

    def __init__(self, title: str, body: Widget) -> None:
        super().__init__()
        self._title, self._body = title, body

    def compose(self) -> ComposeResult:
        """A title over text that scrolls."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._title, "bold"))
            with VerticalScroll(classes="answer"):
                yield self._body
        yield KeyBar()

    def on_mount(self) -> None:
        """Let the keys scroll."""
        self.query_one(VerticalScroll).focus()

    def action_back(self) -> None:
        """Close it."""
        self.dismiss(None)
