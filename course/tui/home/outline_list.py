"""The list on the first screen."""

from __future__ import annotations

from typing import assert_never

from textual.content import Content
from textual.reactive import var
from textual.visual import Visual
from textual.widgets.option_list import Option

from course.tui.drawing import signs
from course.tui.drawing.visuals import Spread
from course.tui.drawing.words import plain
from course.tui.home.overview import Heading, Line, Offer, TopicLine
from course.tui.widgets.choices import Choices

BAR_WIDTH = 14
VERB_WIDTH = len("Continue  ")


class OutlineList(Choices):
    """What to do next, and the outline; headings cannot be chosen."""

    lines: var[tuple[Line, ...]] = var[tuple[Line, ...]]((), init=False)

    def __init__(self, lines: tuple[Line, ...]) -> None:
        super().__init__(*(option for line in lines for option in _options(line)))
        self.set_reactive(OutlineList.lines, lines)

    @property
    def line(self) -> Line | None:
        """The highlighted line."""
        option = self.highlighted_option
        return next((line for line in self.lines if option and line.id == option.id), None)

    def watch_lines(self, before: tuple[Line, ...], lines: tuple[Line, ...]) -> None:
        """Show the lines. The highlight stays where it was, or goes to the top if there is something new to do."""
        was = self.highlighted_option.id if self.highlighted_option else None
        self.set_options(option for line in lines for option in _options(line))
        ids = [option.id for option in self.options]
        if was and was in ids and _first(before) == _first(lines):
            self.highlighted = ids.index(was)
        else:
            self.action_first()


def _first(lines: tuple[Line, ...]) -> object:
    """Return what the first line offers; that of an exam stays the same while its time passes."""
    first = next(iter(lines), None)
    return (first.id, first.place) if isinstance(first, Offer) and first.id == "exam" else first


def _options(line: Line) -> tuple[Option, ...]:
    """The option of a line, with some air above a heading."""
    option = Option(_prompt(line), id=line.id, disabled=isinstance(line, Heading))
    if isinstance(line, Heading):
        return Option(Content(" "), disabled=True), option
    return (option,)


def _progress(part: Heading) -> Content:
    done = plain(f"  {part.done} of {part.of}".rjust(9), "$hushed")
    return Content.assemble(signs.bar(part.done, part.of, BAR_WIDTH), done)


def _prompt(line: Line) -> Visual:
    match line:
        case Offer(verb=verb, title=title, note=note):
            sign = signs.LAB if verb == "Lab" else signs.GO
            left = Content.assemble(
                sign.content, " ", plain(f"{verb:<{VERB_WIDTH}}", "bold $accent"), plain(title, "bold")
            )
            return Spread(left, plain(note, "$hushed"))
        case Heading(numeral=numeral, title=title):
            left = Content.assemble(plain(f"{numeral:<4}", "$hushed"), plain(title, "bold"))
            return Spread(left, _progress(line))
        case TopicLine(topic=topic, sign=sign, note=note):
            left = Content.assemble("    ", sign.content, " ", plain(topic.title))
            return Spread(left, plain(note, "$hushed"))
        case _:
            assert_never(line)
