"""Something is being worked out: how far it is, and that it can be stopped."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widgets import ProgressBar, Static

from course.tui.drawing.words import plain


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
