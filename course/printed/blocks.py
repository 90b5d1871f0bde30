"""What stands on a page or in an exhibit: text, plots as pictures, and tables of deciders as they begin."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import assert_never

from course.printed.markdown import flow
from course.report import plots
from course.report.frame import html
from course.syllabus import Block, Plot, Prose
from engine.deciders.table import lines
from quiz.deciders import Deciders

POINTS = {True: "X", False: "0", None: "-"}


def blocks(shown: Iterable[Block]) -> Iterator[str]:
    """Yield them as HTML."""
    for block in shown:
        match block:
            case Prose():
                yield flow(block.markdown)
            case Plot():
                data = b64encode(plots.picture(block)).decode()
                yield f'<img alt="{html(plots.words(block))}" src="data:image/png;base64,{data}">'
            case Deciders():
                yield from _deciders(block)
            case _:
                assert_never(block)


def table(heads: Iterable[str], rows: Iterable[Iterable[str]], caption: str = "") -> Iterator[str]:
    """Yield a table; cells are HTML already, and the first of each row names it."""
    yield "<table>"
    if caption:
        yield f"<caption>{html(caption)}</caption>"
    yield "<thead><tr>" + "".join(f'<th scope="col">{head}</th>' for head in heads) + "</tr></thead>"
    yield "<tbody>"
    for first, *rest in rows:
        yield f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in rest) + "</tr>"
    yield "</tbody></table>"


def _deciders(block: Deciders) -> Iterator[str]:
    row = " ".join(POINTS[point] for point in block.points)
    caption = f"{block.title}. The row, oldest first: {row} (0 is good, X is bad, - did not come)."
    rows = [
        (html(line.name), _verdict(line.verdict.at), html(line.verdict.say))
        for line in lines(block.points, block.settings)
    ]
    yield from table(("Controller", "Sends it back", "Why"), rows, caption)


def _verdict(at: int | None) -> str:
    return "no" if at is None else f"at point {at + 1}"
