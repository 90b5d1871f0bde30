"""The note about what is on screen, under the title, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from course.history import Event, EventKind
from course.tui.drawing.visuals import Hanging
from course.tui.drawing.words import plain
from course.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from course.learning.marks import Marks
    from course.ports import Study

SHOWN = 3
"""Lines of a note: all of it is in the dialog, one key away."""
LONGEST = 300
"""Characters of a note that are shown."""


class NoteLine(Static):
    """Follows the place, and shows the note about it; none without a place."""

    spot: var[str] = var("", init=False)
    """The name of the place, as `course.learning.marks` makes them."""

    def __init__(self, study: Study, title_bar: TitleBar) -> None:
        super().__init__(id="note")
        self.study, self.title_bar = study, title_bar
        self.display = False

    @property
    def marks(self) -> Marks:
        """What is marked and noted now; loaded when there is a place for the first time."""
        from course.learning.marks import MARKS

        return self.study.journal.folded(MARKS)

    def watch_spot(self) -> None:
        """Show what is known of another place."""
        self.look()

    def look(self) -> None:
        """Show the sign and the note as they are now."""
        marks = self.marks if self.spot else None
        note = marks.notes.get(self.spot, "") if marks else ""
        self.title_bar.sign = marks.sign(self.spot) if marks else ""
        self.display = bool(note)
        self.update(Hanging(Content.styled("note  ", "$accent"), plain(beginning(note), "$quiet")))

    def mark(self) -> None:
        """Put a bookmark here, or take it away."""
        self._record("marked", {"on": self.spot not in self.marks.on})

    def edit(self) -> None:
        """Open the note of this place, and keep what becomes of it."""
        from course.tui.marking.dialog import NoteDialog

        place = self.spot

        def keep(text: str) -> None:
            self.study.journal.record(Event(self.study.now(), "noted", place, {"text": text}))

        self.app.push_screen(NoteDialog(self.marks.notes.get(place, ""), keep), lambda _: self.look())

    def _record(self, kind: EventKind, data: dict[str, Any]) -> None:
        self.study.journal.record(Event(self.study.now(), kind, self.spot, data))
        self.look()


def beginning(note: str) -> str:
    """Return the first lines of a note."""
    lines = note.strip()[: LONGEST + 1].splitlines()
    text = "\n".join(lines[:SHOWN])
    return f"{text[:LONGEST]}…" if len(lines) > SHOWN or len(text) > LONGEST else text
