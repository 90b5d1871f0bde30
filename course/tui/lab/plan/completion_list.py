"""What could be written at the cursor of the editor, in a list under it. The keys stay with the editor."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.visual import Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from course.plan_text import Completion, Completions
from course.tui.drawing.visuals import Hanging
from course.tui.drawing.words import plain
from course.tui.widgets.choices import Choices


class CompletionList(Choices, can_focus=False):
    """Seen while there is something to choose from."""

    found: reactive[Completions | None] = reactive(None)

    @dataclass
    class Taken(Message):
        """The learner wants to have something written."""

        found: Completions
        option: Completion

    def watch_found(self, found: Completions | None) -> None:
        """List the options; the one that stands in the text is highlighted, else the first."""
        self.clear_options()
        options = found.options if found else ()
        widest = max((len(option.word) for option in options), default=0)
        self.add_options([Option(_entry(option, widest)) for option in options])
        self.display = bool(options)
        if found and options:
            self.highlighted = found.standing

    @property
    def is_open(self) -> bool:
        """Is there something to choose from?"""
        return self.found is not None

    def take(self) -> None:
        """Choose what is highlighted."""
        self.action_select()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.found and event.option_index < len(self.found.options):  # the list may have changed since
            self.post_message(self.Taken(self.found, self.found.options[event.option_index]))


def _entry(option: Completion, widest: int) -> Visual:
    word = plain(option.word, "bold")
    return Hanging(Content.assemble(" ", word.pad_right(widest + 2 - len(option.word))), plain(option.about, "$quiet"))
