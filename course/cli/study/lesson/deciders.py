"""A table of deciders in sentences: the row, and what each of them makes of it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.deciders.table import lines
from engine.deciders.verdict import Row
from quiz.deciders import Deciders

WORDS = {True: "bad", False: "good", None: "none"}


def told(deciders: Deciders) -> Iterator[str]:
    """Yield the row, point by point, and a line for each decider."""
    yield f"A table: {deciders.title}."
    yield f"The row, oldest first: {_row(deciders.points)}."
    for line in lines(deciders.points, deciders.settings):
        at = line.verdict.at
        verdict = "does not send it back" if at is None else f"sends it back at point {at + 1}"
        yield f"- {line.name} {verdict}. {line.verdict.say}"
    yield "On the screen the points can be changed, and the verdicts change with them."


def _row(points: Row) -> str:
    return ", ".join(f"{place} {WORDS[point]}" for place, point in enumerate(points, 1))
