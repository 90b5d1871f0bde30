"""Something is worked out in the background: an invitation before, progress meanwhile, trouble, and the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive, var
from textual.widget import Widget
from textual.widgets import ProgressBar, Static
from textual.worker import Worker

from course.tui.drawing.words import plain

Part = Literal["invitation", "progress", "trouble", "result"]


class Busy(Vertical):
    """A sentence and a bar; without a known length the bar only shows that there is life."""

    say: reactive[str] = reactive("")
    done: reactive[int] = reactive(0)
    of: reactive[int] = reactive(0)

    def compose(self) -> ComposeResult:
        """The sentence over the bar."""
        yield Static(id="say")
        yield ProgressBar(show_eta=False, show_percentage=False)
        yield Static(plain("c or Esc stops it; nothing is lost", "$quiet"))

    def watch_say(self, say: str) -> None:
        """Say what goes on."""
        self.query_one("#say", Static).update(plain(say, "bold"))

    def watch_done(self) -> None:
        """Move the bar."""
        self._move()

    def watch_of(self) -> None:
        """Now its length is known."""
        self._move()

    def _move(self) -> None:
        self.query_one(ProgressBar).update(total=self.of or None, progress=self.done)

    def begin(self, say: str) -> None:
        """Start anew."""
        self.say, self.of, self.done = say, 0, 0


class JobView(Vertical):
    """Shows one part. Whoever composes it starts the worker and tells how it went."""

    shown: var[Part] = var[Part]("invitation")
    worker: var[Worker[None] | None] = var[Worker[None] | None](None)
    """What is going on; what any other worker still has to say is not heard."""

    has_result = False
    """Is there a result, be it an old one?"""

    @dataclass
    class Failed(Message):
        """The engine cannot do this. To be posted to this widget."""

        worker: Worker[None]
        say: str

    def __init__(self, invitation: str, result: Widget) -> None:
        super().__init__()
        self._busy, self._trouble = Busy(), Static(classes="note")
        self._parts: dict[Part, Widget] = {
            "invitation": Static(plain(invitation, "$quiet"), classes="note"),
            "progress": self._busy,
            "trouble": self._trouble,
            "result": result,
        }

    def compose(self) -> ComposeResult:
        """All parts; one is displayed."""
        yield from self._parts.values()

    def watch_shown(self, shown: Part) -> None:
        """Display one part."""
        for name, part in self._parts.items():
            part.display = name == shown

    @property
    def busy(self) -> bool:
        """Does the learner wait?"""
        return self.shown == "progress"

    def begin(self, say: str, worker: Worker[None]) -> None:
        """Show progress."""
        self.worker = worker
        self._busy.begin(say)
        self.shown = "progress"
        self.refresh_bindings()

    def progress(self, done: int, of: int) -> None:
        """Show how far it is."""
        self._busy.of, self._busy.done = of, done

    def recall(self) -> None:
        """Show a result of before."""
        self.has_result = True
        self.shown = "result"

    def finish(self, worker: Worker[None]) -> bool:
        """Show the result, unless it is one that nobody waits for any more."""
        if worker is not self.worker:
            return False
        self.worker, self.has_result = None, True
        self.shown = "result"
        self.refresh_bindings()
        return True

    def cancel(self) -> None:
        """Stop it, and show what was there before."""
        if self.worker is not None:
            self.worker.cancel()
        self.worker = None
        self.shown = "result" if self.has_result else "invitation"
        self.refresh_bindings()

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        event.stop()
        if event.worker is self.worker:
            self.worker = None
            self._trouble.update(plain(event.say, "$error"))
            self.shown = "trouble"
            self.refresh_bindings()
