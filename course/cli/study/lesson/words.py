"""The terms of a page in plain lines: which there are, and on request what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from markdown_it.tree import SyntaxTreeNode

from course.cli.study.lesson.prose import parsed
from course.syllabus import LessonStep, Prose, Reading, Term
from course.terms import Spotter

UNMARKED = ("link", "heading")
"""What is not searched, beside code: the screens mark nothing there either."""


def terms_on(step: LessonStep, terms: Iterable[Term]) -> tuple[Term, ...]:
    """Return the terms that stand on a page, in its order."""
    spotter = Spotter(terms)
    for block in step.blocks if isinstance(step, Reading) else ():
        for text in _texts(parsed(block.markdown)) if isinstance(block, Prose) else ():
            tuple(spotter.spots(text))
    return tuple(spotter.found)


def _texts(node: SyntaxTreeNode) -> Iterator[str]:
    """Yield the pieces of text in which terms may stand; the end of a line is a space."""
    if node.type in UNMARKED:
        return
    for running, children in groupby(node.children, lambda child: child.type in ("text", "softbreak")):
        if running:
            yield "".join(child.content if child.type == "text" else " " for child in children)
        else:
            for child in children:
                yield from _texts(child)


def explained(terms: Iterable[Term]) -> Iterator[str]:
    """Yield what the terms mean."""
    for term in terms:
        yield f"{term.term}: {term.definition}"
        if term.example:
            yield f"    Example: {term.example}"
        yield f"    Source: {term.source.url}, checked {term.source.checked}"
