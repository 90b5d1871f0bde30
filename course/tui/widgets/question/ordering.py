"""Putting items in order: take one, move it, put it down; what belongs to no place is set aside."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.reactive import var

from course.tui.commands import ITEM_DOWN, ITEM_UP, PUT, SET_ASIDE, TAKE, bindings
from course.tui.drawing import signs
from course.tui.drawing.words import inline, plain
from course.tui.widgets.question.rows import Row, Rows
from quiz.presentation import laid_out, right_order
from quiz.questions import Answer, Ordering
from quiz.verdict import Detail


class OrderingBody(Rows):
    """Items in the order that the learner gives them, and below them what was set aside."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(TAKE, PUT, ITEM_UP, ITEM_DOWN, SET_ASIDE)

    held: var[bool] = var(False)
    """Is the item under the cursor in the learner's hand?"""

    def __init__(self, question: Ordering, answer: Answer | None) -> None:
        self.texts = {each.id: each.text for each in laid_out(question)}
        super().__init__(len(self.texts))
        self.question = question
        self.missing = "Put them in order first: space takes a row, the arrows move it."
        given = answer if isinstance(answer, tuple) and self._is_whole(answer) else None
        self.touched = given is not None
        self.order = list(given or self.texts)
        self.set_reactive(OrderingBody.cursor, 0)

    def _is_whole(self, answer: tuple[str, ...]) -> bool:
        """Can this be shown: each item once, or where some are to be left out, none twice?"""
        if self.question.distractors:
            return bool(answer) and len(set(answer)) == len(answer) and set(answer) <= set(self.texts)
        return sorted(answer) == sorted(self.texts)

    @property
    def shown(self) -> tuple[str, ...]:
        """The ids of the rows from top to bottom."""
        return (*self.order, *(id for id in self.texts if id not in self.order))

    @property
    def answer(self) -> Answer | None:
        """The order; nothing until something was moved, for it is never shown solved."""
        return tuple(self.order) if self.touched and self.order else None

    def move(self, start: int, end: int) -> None:
        """Move an item to another place; the cursor goes with it. What was set aside is taken back by that."""
        id = self.shown[start]
        aside = id not in self.order
        if not aside:
            self.order.remove(id)
        end = min(max(end, 0), len(self.order))
        self.order.insert(end, id)
        self.touched = self.touched or aside or start != end
        self.cursor = end
        self.show_rows()
        self.drafted()

    def action_set_aside(self) -> None:
        """Set the item under the cursor aside, or take it back to the end of the order."""
        at = self.cursor or 0
        id = self.shown[at]
        if id not in self.order:
            self.move(at, len(self.order))
            return
        self.order.remove(id)
        self.touched = True
        self.show_rows()
        self.drafted()

    def pick(self, index: int) -> None:
        """Put the held item there, or take the one that is there."""
        if self.held and self.cursor is not None:
            self.move(self.cursor, index)
            self.held = False
        else:
            self.cursor = index
            self.held = self.shown[index] in self.order

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
        """One item at a time, of those that are in the order; only where some belong to no place are any set aside."""
        if action == "set_aside":
            return bool(self.question.distractors) and not self.held
        if action == "take":
            return not self.held and self.shown[self.cursor or 0] in self.order
        return self.held if action == "put" else True

    def watch_cursor(self) -> None:
        """What was set aside cannot be taken and moved."""
        super().watch_cursor()
        self.refresh_bindings()

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
        id = self.shown[row.index]
        if self.verdict is not None:
            self._show_judged(row, {detail.id: detail for detail in self.verdict.details}[id])
        elif id not in self.order:
            body = Content.assemble(inline(self.texts[id], "$hushed"), plain("  set aside", "$hushed italic"))
            row.show(Content.assemble("  ", signs.RULED_OUT.content, " "), body, *self.states(row.index))
        else:
            here = row.index == self.cursor and self.held
            lead = Content.assemble(self._number(row), plain("↕ " if here else "  ", "$accent"))
            states = (*self.states(row.index), *(("-held",) if here else ()))
            row.show(lead, inline(self.texts[id]), *states)

    def _show_judged(self, row: Row, detail: Detail) -> None:
        missed = detail.correct and detail.id not in self.order
        sign = signs.RIGHT if detail.right else signs.MISSED if missed else signs.WRONG
        body = Content.assemble(inline(detail.text), plain(self._note(detail), "$hushed italic"))
        body = Content("\n").join([body, inline(detail.why, "$hushed")]) if detail.why else body
        number = self._number(row) if detail.id in self.order else "  "
        row.show(Content.assemble(number, sign.content, " "), body, "-right" if detail.right else "-wrong")

    def _note(self, detail: Detail) -> str:
        """Return where it should be, unless it is there."""
        if not detail.correct:
            return "  belongs to no place" if detail.chosen else "  rightly left out" if detail.right else ""
        if detail.right:
            return ""
        place = right_order(self.question).index(detail.id) + 1
        return f"  belongs at {place}" if detail.id in self.order else f"  was left out, belongs at {place}"

    def _number(self, row: Row) -> Content:
        return plain(f"{row.index + 1} ", "$hushed")
