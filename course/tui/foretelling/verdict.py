"""What of a prediction held, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.visual import Visual

from course.tui.drawing import signs
from course.tui.drawing.visuals import Hanging
from course.tui.drawing.words import plain
from labs.prediction import ASKED, Part, Values, in_words, judge


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


def in_one_line(asks: tuple[Part, ...], said: Values) -> str:
    """Return what was said."""
    return "You said: " + " · ".join(in_words(part, said[part]) for part in asks if part in said)
