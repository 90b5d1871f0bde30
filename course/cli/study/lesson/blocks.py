"""Text, plots and tables of deciders, as lessons and exhibits have them, in plain lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from course.cli.study.lesson import deciders, prose
from course.report import plots
from course.syllabus import Block, Plot, Prose
from quiz.deciders import Deciders


def lines(blocks: Iterable[Block], *, plain: bool) -> Iterator[str]:
    """Yield block after block, with an empty line between them."""
    for number, block in enumerate(blocks):
        if number:
            yield ""
        yield from _lines(block, plain=plain)


def _lines(block: Block, *, plain: bool) -> Iterator[str]:
    match block:
        case Prose():
            yield from prose.lines(block.markdown, plain=plain)
        case Plot():
            yield from plots.told(block)
        case Deciders():
            yield from deciders.told(block)
        case _:
            assert_never(block)
