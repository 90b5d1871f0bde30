"""A list that grows as the run is played: what has happened by now, the newest in sight."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.visual import Visual
from textual.widgets import Static

from course.tui.drawing.visuals import Stack
from labs.film.film import Film


class Happenings(Vertical):
    """A heading over entries; subclasses say which entries there are at `t`."""

    HEADING = ""

    film: reactive[Film | None] = reactive(None)
    t: reactive[float] = reactive(0.0, repaint=False)

    _shown: Hashable = None

    def compose(self) -> ComposeResult:
        """All entries in one piece of text, which scrolls."""
        yield Static(Content.styled(self.HEADING, "bold"), classes="heading")
        with VerticalScroll():
            yield Static(classes="entries")

    def entries(self, film: Film, t: float) -> Sequence[Visual]:
        """Return what has happened by `t`."""
        raise NotImplementedError

    def key(self, film: Film, t: float) -> Hashable:
        """Return something that changes when the entries do."""
        return len(film.events(t))

    def watch_film(self) -> None:
        """Begin again with another run."""
        self._shown = None
        self._show()

    def watch_t(self) -> None:
        """Add what has happened, take back what has not happened yet."""
        self._show()

    def _show(self) -> None:
        if self.film is None or not self.is_mounted:
            return
        key = self.key(self.film, self.t)
        if key == self._shown:
            return
        self._shown = key
        self.query_one(".entries", Static).update(Stack(*self.entries(self.film, self.t)))
        self._to_newest()

    def look(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def on_show(self) -> None:
        """While hidden there was nothing to scroll."""
        self._to_newest()

    def _to_newest(self) -> None:
        self.call_after_refresh(self.query_one(VerticalScroll).scroll_end, animate=False)
