"""What the learner reads before the clock starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from course.own_tools import to_watch
from course.tui.commands import SCREENFUL_ON, bindings
from course.tui.drawing import signs
from course.tui.drawing.words import plain
from course.tui.incident.commands import BEGIN
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.prose import Prose
from course.tui.widgets.same_in_focus import SameInFocus

if TYPE_CHECKING:
    from labs.incidents.session import Incident


class BriefView(SameInFocus, VerticalScroll):
    """The brief of one incident; it can be begun."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(BEGIN, SCREENFUL_ON)

    class Begun(Message):
        """The learner takes over."""

    def __init__(self, incident: Incident, abandoned: int) -> None:
        super().__init__()
        self._incident, self._abandoned = incident, abandoned

    def compose(self) -> ComposeResult:
        """What became of shifts that were left early, the brief, and how the clock works."""
        if self._abandoned:
            yield Static(left_early(self._abandoned), classes="left-early")
        yield Prose(self._incident.brief)
        about = (
            f"The clock starts at {self._incident.speed} times real time; + and - change that, space holds it. What is "
            "graded is the clock's time, so reading costs nothing. It never runs backwards."
        )
        yield Static(plain(about, "$hushed"), id="about-clock")
        for what, line in to_watch(self._incident.id).items():
            yield Static(plain(f"With your own tools, to {what}: {line}", "$hushed"))

    def on_mount(self) -> None:
        """Take the keys."""
        keys_to(self)

    def action_screenful_on(self) -> None:
        """Read on."""
        self.scroll_page_down(animate=False)

    def action_begin(self) -> None:
        """Start."""
        self.post_message(self.Begun())


def left_early(shifts: int) -> Content:
    """Return what a learner must know who left without a grade."""
    one, many = "A shift was left before it was graded. It counts", f"{shifts} shifts were left ungraded. They count"
    return Content.assemble(
        signs.CAREFUL.content, plain(f" {one if shifts == 1 else many}; the next one brings another day.")
    )
