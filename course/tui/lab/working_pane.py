"""A pane that has something worked out in the background: before, meanwhile, in trouble, and the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker

from course.tui.drawing.words import plain
from course.tui.lab.busy import Busy
from course.tui.widgets.same_in_focus import SameInFocus


class WorkingPane(SameInFocus, Vertical, can_focus=True):
    """Shows one of `invitation`, `progress`, `trouble` and `result`. Subclasses do the work."""

    INVITATION: ClassVar[str]

    shown: var[str] = var("invitation")
    job: var[Worker[None] | None] = var(None)
    """What is going on; what any other worker still has to say is not heard."""

    @dataclass
    class Failed(Message):
        """The engine cannot do this."""

        job: Worker[None]
        say: str

    def compose(self) -> ComposeResult:
        """All four; one is displayed."""
        yield Static(plain(self.INVITATION, "$quiet"), id="invitation", classes="note")
        yield Busy(id="progress")
        yield Static(id="trouble", classes="note")
        yield self.result_widget()

    def result_widget(self) -> Widget:
        """Return what shows the result, with the id `result`."""
        raise NotImplementedError

    @property
    def has_result(self) -> bool:
        """Is there a result, be it an old one?"""
        raise NotImplementedError

    @property
    def first_focus(self) -> Widget:
        """Return what takes the keys when the pane is opened."""
        return self

    def watch_shown(self, shown: str) -> None:
        """Display one part."""
        for child in self.children:
            child.display = child.id == shown

    @property
    def busy(self) -> bool:
        """Does the learner wait?"""
        return self.shown == "progress"

    def begin(self, say: str, job: Worker[None]) -> None:
        """Show progress."""
        self.job = job
        self.query_one(Busy).begin(say)
        self.shown = "progress"
        self.refresh_bindings()

    def finish(self, job: Worker[None]) -> bool:
        """Show the result, unless it is one that nobody waits for any more."""
        if job is not self.job:
            return False
        self.job = None
        self.shown = "result"
        self.refresh_bindings()
        return True

    def cancel(self) -> None:
        """Stop it, and show what was there before."""
        if self.job is not None:
            self.job.cancel()
        self.job = None
        self.shown = "result" if self.has_result else "invitation"
        self.refresh_bindings()

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        event.stop()
        if self.finish(event.job):
            self.query_one("#trouble", Static).update(plain(event.say, "$error"))
            self.shown = "trouble"
