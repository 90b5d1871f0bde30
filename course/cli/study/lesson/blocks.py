"""Text and plots, as lessons and exhibits have them, in plain lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from course.cli.study.lesson import plots, prose
from course.syllabus import Block, Plot


def lines(blocks: Iterable[Block], *, plain: bool) -> Iterator[str]:
    """Yield block after block, with an empty line between them."""
    for number, block in enumerate(blocks):
        if number:
            yield ""
        yield from plots.told(block) if isinstance(block, Plot) else prose.lines(block.markdown, plain=plain)
