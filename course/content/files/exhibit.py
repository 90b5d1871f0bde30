"""The exhibit of a question: Markdown as on a lesson's page, plots among it, taken apart only when it is shown.

By then a computed question has its figures, and they may stand in a plot, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from course.content.files.drawn import PLOT, read_plot
from course.content.files.markdown import Fence, markdown_problems
from course.content.schema.shapes import WRONG, Job, Text, Wrong
from course.content.yaml.document import Complaints, Document, Trail
from course.content.yaml.errors import ContentError, Problem
from quiz.exhibit import Block, Exhibit, Prose

HERE = Path("exhibit")
"""For messages whose place in the file is put in afterwards."""


@dataclass(frozen=True, slots=True)
class MarkdownExhibit(Exhibit):
    """An exhibit as a file has it."""

    def blocks(self) -> tuple[Block, ...]:
        """Return text and plots; a plot that cannot be drawn is shown as it is written."""
        return tuple(_blocks(self.text, []))


def read_exhibit(data: Any, trail: Trail, complaints: Complaints) -> Exhibit | Wrong:  # noqa: ANN401 - whatever is there
    """Return the exhibit that a key holds; what is wrong inside of it is told by `exhibit_problems`."""
    text = Text(filled=True).read(data, trail, Job(complaints))
    return MarkdownExhibit(text) if isinstance(text, str) else WRONG


def exhibit_problems(exhibit: Exhibit, document: Document, trail: Trail, *, plots: bool = True) -> Iterator[Problem]:
    """Yield what is wrong in an exhibit, at its place in the file; `plots` that wait for figures are left alone."""
    problems = list(markdown_problems(HERE, exhibit.text))
    if plots:
        list(_blocks(exhibit.text, problems))
    for problem in problems:
        line, column = _placed(document, trail, problem)
        yield replace(problem, path=document.path, line=line, column=column)


def _placed(document: Document, trail: Trail, problem: Problem) -> tuple[int, int]:
    """Return where it is in the file; of a text that is not written as a block, where that begins."""
    begin = document.literals.get(trail)
    if begin is None:
        return document.where(trail)
    return begin[0] + problem.line - 1, begin[1] + problem.column - 1


def _blocks(text: str, problems: list[Problem]) -> Iterator[Block]:
    """Yield text and plots in turns, and note what is wrong with the plots."""
    fence, lines = Fence(), list[str]()
    for number, line in enumerate(text.split("\n"), 1):
        before = fence.info
        if not fence.turns(line) or PLOT not in (before, fence.info):
            lines.append(line)
        elif before == PLOT:
            yield _plot(lines, number - len(lines) - 1, problems)
            lines = []
        else:
            yield from _prose(lines)
            lines = []
    yield from _prose(lines)


def _prose(lines: list[str]) -> Iterator[Block]:
    markdown = "\n".join(lines).strip("\n")
    if markdown.strip():
        yield Prose(markdown=markdown)


def _plot(lines: list[str], fence: int, problems: list[Problem]) -> Block:
    """Return the plot; the lines themselves, and complaints, if it cannot be drawn."""
    try:
        return read_plot("\n".join(lines), HERE)
    except ContentError as error:
        problems += [replace(problem, line=problem.line + fence) for problem in error.problems]
        return Prose(markdown="\n".join(("```", *lines, "```")))
