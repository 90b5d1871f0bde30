"""A row of points to change, and what several controllers make of it, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.visual import Visual
from textual.widget import Widget

from course.tui.commands import Command, bindings
from course.tui.drawing.visuals import Stack
from course.tui.drawing.words import plain
from quiz.deciders import Deciders

if TYPE_CHECKING:
    from engine.deciders.table import Line
    from engine.deciders.verdict import Row

NEXT_POINT = Command(
    id="next-point", title="Point", help="Choose the next point", key="right", in_footer=True, show_key="←→"
)
POINT_BEFORE = Command(id="point-before", title="Point before", help="Choose the point before", key="left")
TURN_POINT = Command(
    id="turn-point",
    title="Turn",
    help="Make the point good, bad, or one that did not come",
    key="space",
    in_footer=True,
)

POINTS = {True: ("X", "$error"), False: ("0", "$success"), None: ("-", "$quiet")}
TURNS = {False: True, True: None, None: False}
"""What a point becomes: good, bad, none, and round again."""
NAMES, CELL = 23, 4
"""Columns of the names, and of a point."""
BACK, OVER = "▼", "·"
"""The point that decides, and what comes after it."""
LEGEND = "0 good  X bad  - none │ ▼ back; numbers so far; ok, AL, ? of alarms"


class DecidersView(Widget, can_focus=True):
    """One line for each decider, one cell for each point; the line below says what falls at the chosen point."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings(NEXT_POINT, POINT_BEFORE, TURN_POINT)

    row: reactive[Row] = reactive((), layout=True)
    at: reactive[int] = reactive(0, layout=True)
    """The chosen point, from 0."""

    def __init__(self, deciders: Deciders) -> None:
        super().__init__()
        self._deciders = deciders
        self.set_reactive(DecidersView.row, deciders.points)

    def render(self) -> Visual:
        """The row, the deciders, and what they say."""
        found = self.lines
        numbers = "".join(f"{place:>3} " for place in range(1, len(self.row) + 1))
        yielded = [
            plain(self._deciders.title, "bold"),
            plain(f"{'point':<{NAMES}}{numbers}", "$hushed"),
            self._points(),
            *(_line(line, len(self.row)) for line in found),
            plain(LEGEND, "$hushed"),
            *(plain(say) for say in self._said(found)),
        ]
        return Stack(*yielded)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What each decider makes of the row as it stands."""
        from engine.deciders.table import lines

        return tuple(lines(self.row, self._deciders.settings))

    def _points(self) -> Content:
        parts = [plain(f"{'':<{NAMES}}")]
        for place, bad in enumerate(self.row):
            mark, style = POINTS[bad]
            left, right = "[]" if place == self.at else "  "
            chosen = "bold reverse " if place == self.at and self.has_focus else "bold "
            parts += [plain(f" {left}"), plain(mark, f"{chosen}{style}"), plain(right)]
        return Content.assemble(*parts)

    def _said(self, found: tuple[Line, ...]) -> Iterator[str]:
        here = [line for line in found if line.verdict.at == self.at]
        if not here:
            yield f"Point {self.at + 1}: nobody sends it back here."
        for line in here:
            yield f"{line.name}. {line.verdict.say}"

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show that the keys are here."""
        super().watch_has_focus(has_focus)
        self.refresh()

    def action_next_point(self) -> None:
        """Go one to the right, and from the last to the first."""
        self.at = (self.at + 1) % len(self.row)

    def action_point_before(self) -> None:
        """Go one to the left."""
        self.at = (self.at - 1) % len(self.row)

    def action_turn_point(self) -> None:
        """Good, bad, none."""
        self.row = (*self.row[: self.at], TURNS[self.row[self.at]], *self.row[self.at + 1 :])

    def on_click(self, event: events.Click) -> None:
        """A click on a point chooses it, and on the chosen one turns it."""
        place = (event.x - NAMES) // CELL
        if not 0 <= place < len(self.row):
            return
        if place == self.at:
            self.action_turn_point()
        self.at = place


def _line(line: Line, points: int) -> Content:
    """Return the name, a cell for each point, and the verdict in words."""
    verdict = line.verdict
    parts = [plain(f"{line.name:<{NAMES}}")]
    for place in range(points):
        if verdict.at is not None and place > verdict.at:
            parts.append(plain(f"{OVER:>3} ", "$quiet"))
        elif place == verdict.at:
            parts.append(plain(f"{BACK + verdict.cells[place]:>3} ", "bold reverse $error"))
        else:
            parts.append(plain(f"{verdict.cells[place]:>3} "))
    end = verdict.so_far if verdict.at is None else f"back at {verdict.at + 1}"
    return Content.assemble(*parts, plain(end, "$hushed" if verdict.at is None else "bold $error"))
