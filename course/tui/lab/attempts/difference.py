"""How two plans differ, line by line, with a sign before each."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from textual.content import Content
from textual.visual import Visual

from course.tui.drawing.visuals import Hanging, Stack
from course.tui.drawing.words import plain

AROUND = 2
"""Lines shown before and after each difference, to find one's way."""
MOST_LINES = 2_000
"""Of a plan: comparing takes time that grows faster than its length."""
GAP = "⋯"
SAME = "It is the plan that stands there now."
TOO_LONG = f"One of the two has more than {MOST_LINES:,} lines, which is too long to compare here."
STYLES = {"-": "$error", "+": "$success", " ": "", GAP: "$quiet"}


def difference(now: str, then: str) -> Visual:
    """Return the lines that are in one of the two alone: `-` in the plan of now, `+` in that of then."""
    before, after = now.splitlines(), then.splitlines()
    if max(len(before), len(after)) > MOST_LINES:
        return plain(TOO_LONG, "$quiet")
    if before == after:
        return plain(SAME, "$quiet")
    return Stack(*(_line(sign, line) for sign, line in lines(before, after)))


def lines(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Yield a sign and a line each, as a unified diff has them; a gap stands for what is the same."""
    for number, group in enumerate(SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(AROUND)):
        if number:
            yield GAP, ""
        for kind, since, until, there, where in group:
            if kind == "equal":
                yield from ((" ", line) for line in before[since:until])
            else:
                yield from (("-", line) for line in before[since:until])
                yield from (("+", line) for line in after[there:where])


def _line(sign: str, line: str) -> Visual:
    return Hanging(Content.styled(f"{sign} ", f"bold {STYLES[sign]}"), plain(line, STYLES[sign]))
