"""The editor of a plan: YAML in colours, findings marked in the gutter, and nothing that was typed is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events, on, work
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import TextAreaTheme

from course.tui.commands import bindings
from course.tui.drawing.signs import Sign
from course.tui.lab.plan.commands import COMPLETIONS, DONE_TYPING, EDITOR, TAKE_COMPLETION
from course.tui.lab.plan.completion_list import CompletionList
from course.tui.widgets.area import Area
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.same_in_focus import SameInFocus

if TYPE_CHECKING:
    from course.plan_text import Completion, Completions

INDENT = 2
SYNTAX = ("field", "string", "number", "boolean", "comment", "punctuation")
"""What is coloured; each is a component class of the editor."""
TOKENS = {
    "yaml.field": "field",
    "string": "string",
    "number": "number",
    "boolean": "boolean",
    "constant.builtin": "boolean",
    "comment": "comment",
    "punctuation.delimiter": "punctuation",
    "punctuation.bracket": "punctuation",
    "punctuation.special": "punctuation",
}
"""Names of tree-sitter's YAML query, and our classes for them."""


class PlanEditor(SameInFocus, Area):
    """A text area for YAML. It keeps what is typed after a pause, and whatever way the learner leaves."""

    SAVE_PAUSE_S: ClassVar[float] = 0.8
    """The draft is saved when nothing has been typed for so long."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"plan-editor--{kind}" for kind in SYNTAX),
        "plan-editor--error",
        "plan-editor--warning",
    }

    BINDINGS: ClassVar[list[BindingType]] = bindings(DONE_TYPING, *COMPLETIONS, *EDITOR)

    marks: reactive[Mapping[int, Sign]] = reactive(dict, init=False)
    """A sign for each line, counted from 1, about which there is something to say."""

    kept: reactive[bool] = reactive(True)
    """Has the journal what stands here?"""

    class Done(Message):
        """The learner leaves the editor."""

    def __init__(self, text: str, keep: Callable[[str], None]) -> None:
        super().__init__(
            text,
            language="yaml",
            soft_wrap=False,
            show_line_numbers=True,
            tab_behavior="indent",
            compact=True,
        )
        self.indent_width = INDENT
        self._keep, self._saved = keep, text
        self.completions = CompletionList()
        """Shown by whoever shows the editor; while it is open, some keys are meant for it."""

    def on_mount(self) -> None:
        """Follow the theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._colour())
        self._colour()

    def _colour(self) -> None:
        styles = {
            token: self.get_component_rich_style(f"plan-editor--{kind}", partial=True) for token, kind in TOKENS.items()
        }
        self.register_theme(TextAreaTheme(name="plan", syntax_styles=styles))
        self.theme = "plan"

    def watch_marks(self) -> None:
        """Draw the gutter again."""
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Indent a new line. Esc is left to the binding."""
        if event.key == "escape" or (event.key in TAKE_COMPLETION.keys and self.completions.is_open):
            event.prevent_default()
        elif event.key == "enter" and not self.read_only:
            event.prevent_default()
            event.stop()
            row, column = min(self.selection)
            before = self.document.get_line(row)[:column]
            self.replace(f"\n{indented_after(before)}", *self.selection)

    def render_line(self, y: int) -> Strip:
        """Put the sign of the line between its number and its text."""
        strip = super().render_line(y)
        sign = self.marks.get(y + self.scroll_offset.y + 1)
        if sign is None:
            return strip
        place = self.gutter_width - 2
        kind = "error" if sign.style == "$error" else "warning"
        mark = Segment(sign.mark, self.get_component_rich_style(f"plan-editor--{kind}"))
        return Strip.join([strip.crop(0, place), Strip([mark], 1), strip.crop(place + 1)])

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Leave tab to an open list, and say so in the footer; a new line is nobody else's key."""
        if self.completions.is_open and key in TAKE_COMPLETION.keys:
            return False
        return (key == "enter" and not self.read_only) or super().check_consume_key(key, character)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the list is open, its keys come before those of the text."""
        if action in (each.action for each in COMPLETIONS):
            return self.completions.is_open
        return (
            not self.completions.is_open if action == DONE_TYPING.action else super().check_action(action, parameters)
        )

    def action_take_completion(self) -> None:
        """Write what is highlighted."""
        self.completions.take()

    def action_close_completions(self) -> None:
        """Write nothing."""
        self.completions.found = None

    def action_cursor_down(self, select: bool = False) -> None:
        """Go down, in the list while it is open."""
        if self.completions.is_open:
            self.completions.action_cursor_down()
        else:
            super().action_cursor_down(select)

    def action_cursor_up(self, select: bool = False) -> None:
        """Go up, in the list while it is open."""
        if self.completions.is_open:
            self.completions.action_cursor_up()
        else:
            super().action_cursor_up(select)

    def complete(self, found: Completions, option: Completion) -> None:
        """Put an option in the place of the word that it completes."""
        row = found.line - 1
        written = self.replace(option.insert, (row, found.start - 1), (row, found.end - 1))
        self.move_cursor(written.end_location)
        self.completions.found = None

    def action_done_typing(self) -> None:
        """Tell that the typing is over for now."""
        self.post_message(self.Done())

    def jump(self, line: int, column: int) -> None:
        """Put the cursor at a place counted from 1, and the focus into the text."""
        self.move_cursor(self.clamp_visitable((line - 1, column - 1)), center=True)  # the text may be shorter by now
        keys_to(self)

    def swap(self, text: str) -> None:
        """Replace the whole text in a way that can be undone."""
        self.replace(text, (0, 0), self.document.end)
        self.move_cursor((0, 0))

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.kept = self.text == self._saved
        self._save_soon()

    @work(exclusive=True, group="save")
    async def _save_soon(self) -> None:
        await asyncio.sleep(self.SAVE_PAUSE_S)
        self.save()

    def save(self) -> None:
        """Write the draft down, if it is another one."""
        if self.text != self._saved:
            self._keep(self.text)
            self._saved = self.text
        self.kept = True

    def on_unmount(self) -> None:
        """Leave nothing behind."""
        self.save()


def indented_after(before: str) -> str:
    """Return the spaces of a new line: as many as the line before, up to the cursor, has, and more after a colon."""
    spaces = len(before) - len(before.lstrip(" "))
    return " " * (spaces + (INDENT if before.rstrip().endswith(":") else 0))
