"""Giving each prompt its answer."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.visual import Visual

from course.tui.commands import NEXT_PARTNER, PREVIOUS_PARTNER, TAKE_PARTNER, bindings, by_number
from course.tui.drawing import signs
from course.tui.drawing.signs import Sign
from course.tui.drawing.visuals import Hanging, Stack
from course.tui.drawing.words import inline, plain
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.question.rows import Row, Rows
from quiz.presentation import choices
from quiz.questions import Answer, Matching


class MatchingBody(Rows):
    """Prompts with a cursor, and the answers with their numbers beside or below them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *by_number(TAKE_PARTNER),
        *bindings(NEXT_PARTNER, PREVIOUS_PARTNER),
    ]
    missing = "Give every prompt an answer first."

    def __init__(self, question: Matching, answer: Answer | None) -> None:
        super().__init__(len(question.pairs))
        self.pairs = question.pairs
        self.choices = choices(question)
        self.decoys = question.decoys
        self.offers = [Row(index) for index in range(len(self.choices))]
        given = answer if isinstance(answer, dict) else {}
        places = {choice.id: place for place, choice in enumerate(self.choices)}
        texts = {pair.id: pair.answer for pair in self.pairs}
        by_text = {choice.text: place for place, choice in enumerate(self.choices)}
        self.partners = {prompt: places.get(id, by_text.get(texts.get(id, ""), 0)) for prompt, id in given.items()}
        self.set_reactive(MatchingBody.cursor, 0)

    def compose(self) -> ComposeResult:
        """Prompts, then answers."""
        with Vertical(classes="prompts"):
            yield from self.rows
        with Vertical(classes="answers"):
            yield from self.offers

    @property
    def answer(self) -> Answer | None:
        """The id of each prompt's answer; nothing until each prompt has one."""
        if len(self.partners) < len(self.pairs):
            return None
        return {prompt: self.choices[place].id for prompt, place in self.partners.items()}

    @property
    def draft(self) -> Answer | None:
        """The pairs so far: whoever goes on and comes back finds them."""
        return {prompt: self.choices[place].id for prompt, place in self.partners.items()} or None

    def pick(self, index: int) -> None:
        """Go to this prompt."""
        self.cursor = index

    def take(self, place: int) -> None:
        """Give the prompt under the cursor this answer."""
        if self.cursor is not None:
            self.partners[self.pairs[self.cursor].id] = place
            self.show_rows()
            self.drafted()

    def action_take_partner(self, number: int) -> None:
        """Give an answer by its number, from 1, and go on to the next prompt without one."""
        if number <= len(self.choices):
            self.take(number - 1)
            self._go_on()

    def _go_on(self) -> None:
        count, start = len(self.pairs), self.cursor or 0
        following = [(start + step) % count for step in range(1, count)]
        free = (index for index in following if self.pairs[index].id not in self.partners)
        self.cursor = next(free, start)

    def action_next_partner(self) -> None:
        """Go through the answers."""
        self._turn(1)

    def action_previous_partner(self) -> None:
        """Go through the answers backwards."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        now = self.partners.get(self.pairs[self.cursor or 0].id)
        start = (-1 if step > 0 else 0) if now is None else now
        self.take((start + step) % len(self.choices))

    @on(Row.Clicked)
    def _on_offer(self, event: Row.Clicked) -> None:
        """Give the prompt under the cursor the answer that was clicked."""
        if self.verdict is None and event.row in self.offers:
            keys_to(self)
            self.action_take_partner(event.row.index + 1)

    def show_rows(self) -> None:
        """Show prompts and answers."""
        super().show_rows()
        for offer in self.offers:
            self._show_offer(offer)

    def _show_offer(self, offer: Row) -> None:
        choice = self.choices[offer.index]
        used = offer.index in self.partners.values()
        style = "$hushed" if used or self.verdict else ""
        why = next((decoy.why for decoy in self.decoys if decoy.id == choice.id), "")
        body = inline(choice.text, style)
        if self.verdict and why:
            body = Content("\n").join([body, inline(f"belongs to none. {why}", "$hushed")])
        offer.show(plain(f"{offer.index + 1} ", "$hushed" if used else "bold $accent"), body)
        offer.display = self.verdict is None or bool(why)

    def show_row(self, row: Row) -> None:
        """Show a prompt and what it was given."""
        pair = self.pairs[row.index]
        place = self.partners.get(pair.id)
        prompt = inline(pair.prompt, "bold")
        if self.verdict is None:
            row.show(Content("  "), Stack(prompt, self._partner(place)), *self.states(row.index))
            return
        right = {detail.id: detail.right for detail in self.verdict.details}[pair.id]
        given = plain("…", "$hushed") if place is None else inline(self.choices[place].text)
        lines = [Hanging(_lead(signs.RIGHT if right else signs.WRONG), given)]
        if not right:
            lines.append(Hanging(_lead(signs.RIGHT), inline(pair.answer)))
        if pair.why:
            lines.append(Hanging(Content("  "), inline(pair.why, "$hushed")))
        row.show(Content(" "), Stack(prompt, *lines), "-right" if right else "-wrong")

    def _partner(self, place: int | None) -> Visual:
        if place is None:
            return plain("→ …", "$hushed")
        return Hanging(plain(f"→ {place + 1} ", "$accent"), inline(self.choices[place].text))


def _lead(sign: Sign) -> Content:
    return Content.assemble(sign.content, " ")
