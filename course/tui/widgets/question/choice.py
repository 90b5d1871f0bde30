"""Choosing one option or several."""

from __future__ import annotations

from collections.abc import Container
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from course.tui.commands import TICK, bindings
from course.tui.drawing import signs
from course.tui.drawing.signs import RULED_OUT
from course.tui.drawing.words import inline, plain
from course.tui.widgets.question.rows import Row, Rows
from quiz.questions import Answer, Multiple, Option, Single
from quiz.verdict import Detail

MISSED = "missed"
ONE = ("○", "◉")
SEVERAL = ("□", "■")
"""Not chosen, chosen."""


class ChoiceBody(Rows):
    """Options with the reasons for each, once one was chosen. For one answer the cursor is the choice."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(TICK)

    def __init__(self, question: Single | Multiple, answer: Answer | None) -> None:
        super().__init__(len(question.options))
        self.options = question.options
        self.several = isinstance(question, Multiple)
        self.missing = "Tick what applies first." if self.several else "Choose one first."
        given = (answer,) if isinstance(answer, str) else tuple(answer or ())
        self.ticked = {index for index, option in enumerate(self.options) if option.id in given}
        self.struck: set[int] = set()
        """Options that the learner has ruled out; none of them is chosen."""
        if not self.several:
            self.set_reactive(ChoiceBody.cursor, min(self.ticked, default=None))

    @property
    def chosen(self) -> set[int]:
        """The options that are chosen now."""
        if self.several:
            return self.ticked
        return set() if self.cursor is None else {self.cursor} - self.struck

    @property
    def answer(self) -> Answer | None:
        """The ids of the chosen options."""
        ids = tuple(self.options[index].id for index in sorted(self.chosen))
        if not ids:
            return None
        return ids if self.several else ids[0]

    def pick(self, index: int) -> None:
        """Choose the option; a second time, of several, takes it back."""
        self.cursor = index
        if self.several:
            self.action_tick()

    def action_tick(self) -> None:
        """Tick the option under the cursor, or take the tick back."""
        if self.cursor is not None and self.cursor not in self.struck:
            self.ticked ^= {self.cursor}
            self.show_rows()
            self.drafted()

    def rule_out(self, ids: Container[str]) -> None:
        """Show these options as ruled out, but for what is chosen."""
        self.struck = {index for index, option in enumerate(self.options) if option.id in ids} - self.chosen
        self.show_rows()

    def strike(self) -> tuple[str, ...]:
        """Rule out the option under the cursor, or take it in again; return the ids of all that are ruled out."""
        if self.cursor is not None:
            before = self.answer
            self.struck ^= {self.cursor}
            self.ticked -= self.struck
            self.show_rows()
            if self.answer != before:
                self.drafted()
        return tuple(self.options[index].id for index in sorted(self.struck))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """With one answer there is nothing to tick."""
        return self.several if action == "tick" else True

    def watch_cursor(self) -> None:
        """For one answer, moving is choosing."""
        super().watch_cursor()
        if not self.several and self.is_mounted:
            self.drafted()

    def show_row(self, row: Row) -> None:
        """Show an option, with its reason once there is a verdict."""
        option = self.options[row.index]
        number = f"{row.index + 1} "
        if self.verdict is None and row.index in self.struck:
            lead = Content.assemble(plain(number, "$hushed"), RULED_OUT.content, " ")
            body = Content.assemble(inline(option.text, "$hushed strike"), plain("  ruled out", "$hushed italic"))
            row.show(lead, body, *self.states(row.index))
        elif self.verdict is None:
            mark = (SEVERAL if self.several else ONE)[row.index in self.chosen]
            lead = Content.assemble(plain(number, "$hushed"), plain(f"{mark} ", "$accent"))
            row.show(lead, inline(option.text), *self.states(row.index))
        else:
            detail = {detail.id: detail for detail in self.verdict.details}[option.id]
            row.show(*_judged(option, detail, number, MISSED if self.several else "right answer"))


def _judged(option: Option, detail: Detail, number: str, left_out: str) -> tuple[Content, Content, str]:
    """A right option has a sign whether it was chosen or not, not the same one; a wrong one only if it was chosen."""
    right = signs.RIGHT if detail.chosen or left_out != MISSED else signs.MISSED
    sign = right if detail.correct else signs.WRONG if detail.chosen else None
    note = "your answer" if detail.chosen else left_out if detail.correct else ""
    body = Content.assemble(
        inline(option.text, "" if sign else "$hushed"), plain(f"  {note}" if note else "", "$hushed italic")
    )
    if detail.why:
        body = Content("\n").join([body, inline(detail.why, "$hushed")])
    lead = Content.assemble(plain(number, "$hushed"), sign.content if sign else " ", " ")
    return lead, body, "-right" if detail.correct else "-wrong" if detail.chosen else "-other"
