"""Bringing items into order: take one, move it, put it down."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.reactive import var

from course.tui.commands import ITEM_DOWN, ITEM_UP, PUT, TAKE, bindings
from course.tui.drawing import signs
from course.tui.drawing.words import inline, plain
from course.tui.widgets.question.rows import Row, Rows
from quiz.presentation import right_order
from quiz.questions import Answer, Ordering


class OrderingBody(Rows):
    """Items in the order that the learner gives them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(TAKE, PUT, ITEM_UP, ITEM_DOWN)

    held: var[bool] = var(False)
    """Is the item under the cursor in the learner's hand?"""

    def __init__(self, question: Ordering, answer: Answer | None) -> None:
        super().__init__(len(question.items))
        self.question = question
        self.items = {item.id: item for item in question.items}
        self.missing = "Bring them into order first: space takes a row, the arrows move it."
        given = answer if isinstance(answer, tuple) and sorted(answer) == sorted(self.items) else None
        self.touched = given is not None
        self.order = list(given or self.items)
        self.set_reactive(OrderingBody.cursor, 0)

    @property
    def answer(self) -> Answer | None:
        """The order; nothing until something was moved, for it is never shown solved."""
        return tuple(self.order) if self.touched else None

    def move(self, start: int, end: int) -> None:
        """Move an item to another place; the cursor goes with it."""
        end = min(max(end, 0), len(self.order) - 1)
        self.order.insert(end, self.order.pop(start))
        self.touched = self.touched or start != end
        self.cursor = end
        self.show_rows()
        self.drafted()

    def pick(self, index: int) -> None:
        """Put the held item there, or take the one that is there."""
        if self.held and self.cursor is not None:
            self.move(self.cursor, index)
            self.held = False
        else:
            self.cursor = index
            self.held = True

    def watch_held(self) -> None:
        """A held item looks different."""
        self.show_rows()
        self.refresh_bindings()

    def action_pick(self, number: int) -> None:
        """Move the item under the cursor to this place, from 1."""
        if number <= len(self.rows) and self.cursor is not None:
            self.move(self.cursor, number - 1)
            self.held = False

    def action_take(self) -> None:
        """Take the item under the cursor."""
        self.held = True

    def action_put(self) -> None:
        """Put it down."""
        self.held = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One item at a time."""
        if action in ("take", "put"):
            return self.held == (action == "put")
        return True

    def action_item_up(self) -> None:
        """Move the item under the cursor up."""
        self.move(self.cursor or 0, (self.cursor or 0) - 1)

    def action_item_down(self) -> None:
        """Move the item under the cursor down."""
        self.move(self.cursor or 0, (self.cursor or 0) + 1)

    def action_row_up(self) -> None:
        """Move the cursor, or the item that is held."""
        self.action_item_up() if self.held else super().action_row_up()

    def action_row_down(self) -> None:
        """Move the cursor, or the item that is held."""
        self.action_item_down() if self.held else super().action_row_down()

    def show_row(self, row: Row) -> None:
        """Show the item at this place, with its reason once there is a verdict."""
        item = self.items[self.order[row.index]]
        place = plain(f"{row.index + 1} ", "$hushed")
        if self.verdict is None:
            here = row.index == self.cursor
            grip = "↕ " if here and self.held else "  "
            states = (*self.states(row.index), *(("-held",) if here and self.held else ()))
            row.show(Content.assemble(place, plain(grip, "$accent")), inline(item.text), *states)
            return
        due = right_order(self.question).index(item.id)
        right = due == row.index
        sign = signs.RIGHT if right else signs.WRONG
        note = "" if right else f"  belongs at {due + 1}"
        body = Content.assemble(inline(item.text), plain(note, "$hushed italic"))
        body = Content("\n").join([body, inline(item.why, "$hushed")]) if item.why else body
        row.show(Content.assemble(place, sign.content, " "), body, "-right" if right else "-wrong")
