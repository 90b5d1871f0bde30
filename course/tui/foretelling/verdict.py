"""What of a prediction held, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.visual import Visual

from course.tui.drawing import signs
from course.tui.drawing.clock import clock
from course.tui.drawing.visuals import Hanging
from course.tui.drawing.words import plain
from labs.prediction import ASKED, Part, Value, Values, in_words, judge


def verdict(asks: tuple[Part, ...], said: Values, happened: Values) -> Iterator[Visual]:
    """Yield a line for each part: what happened, beside what was said."""
    for part, held in judge(asks, said, happened).items():
        sign = signs.RIGHT if held else signs.WRONG
        told = f"{ASKED[part].name}: {in_words(part, happened[part])}"
        words = in_words(part, said[part]) if part in said else "nothing"
        yield Hanging(
            Content.assemble(sign.content, " "),
            Content.assemble(plain(told, "bold"), plain(f"  you said {words}", "$hushed")),
        )


def in_brief(asks: tuple[Part, ...], said: Values, happened: Values) -> Content:
    """Return in a line what was said, and where it did not hold what happened."""
    parts = [
        Content.assemble(
            (signs.RIGHT if held else signs.WRONG).content,
            plain(f" {in_words(part, said[part])}"),
            plain("" if held else f", and it was {in_words(part, happened[part])}", "$quiet"),
        )
        for part, held in judge(asks, said, happened).items()
    ]
    return Content.assemble(plain("You said  ", "$quiet"), Content("   ").join(parts))


def in_one_line(asks: tuple[Part, ...], said: Values, sent_s: float) -> str:
    """Return what was said, a minute also as the clock of a run shows it whose plan is sent at `sent_s`."""
    return "You said: " + " · ".join(_on_clock(part, said[part], sent_s) for part in asks if part in said)


def _on_clock(part: Part, value: Value, sent_s: float) -> str:
    words = in_words(part, value)
    if part == "minute" and isinstance(value, int | float):
        return f"{words}, here {clock(sent_s + 60 * value)}"
    return words
