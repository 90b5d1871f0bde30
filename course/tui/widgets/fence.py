"""Code or a diagram between the text."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.highlight import ANSIDarkHighlightTheme, HighlightTheme, highlight
from textual.widgets import Static

from course.tui.drawing.markdown import Code

DIAGRAMS = ("", "text")
"""Languages of fences that are shown as they stand."""


class Fence(Container, can_focus=False):
    """It scrolls sideways rather than wraps; without a language nothing is guessed and nothing coloured."""

    def __init__(self, code: Code) -> None:
        super().__init__(classes="" if code.language in DIAGRAMS else "-code")
        self._code = code

    def compose(self) -> ComposeResult:
        """The code in colours."""
        yield Static(self._coloured(), id="code")

    def on_mount(self) -> None:
        """Follow the theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._follow())

    def _follow(self) -> None:
        self.query_one("#code", Static).update(self._coloured())

    def _coloured(self) -> Content:
        if self._code.language in DIAGRAMS:
            return Content(self._code.text)
        theme = ANSIDarkHighlightTheme if self.app.native_ansi_color else HighlightTheme
        return highlight(self._code.text, language=self._code.language, theme=theme)

    @property
    def allow_horizontal_scroll(self) -> bool:
        """Its scrollbar takes no room, so Textual would think that there is nothing to scroll."""
        return True

    def on_resize(self) -> None:
        """Whether there is something to scroll to has changed, and with it what the footer offers."""
        self.call_after_refresh(self.screen.refresh_bindings)
