"""Markdown as HTML, and never more of it than was meant: markup in a text is text, and links lead to pages or people.

Headings of a text stand below those of the page, and diagrams are told to whoever does not see them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from course.characters import inert
from course.markdown import parser
from course.report.frame import html

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LINKS = ("http://", "https://", "mailto:")
DIAGRAM = "text"
TOP = 4
"""The level of the largest heading in a text: the page has those above."""


def flow(markdown: str) -> str:
    """Return a text with its paragraphs, lists, tables and code."""
    return str(_reader().render(inert(markdown)))


def phrase(markdown: str) -> str:
    """Return a text that stands in a line."""
    return str(_reader().renderInline(inert(markdown)))


def code(text: str) -> str:
    """Return lines as they stand."""
    return f"<pre>{html(text.rstrip())}</pre>"


def is_link(url: str) -> bool:
    """May a page lead there? Nowhere but to pages and people."""
    return url.strip().lower().startswith(LINKS)


@cache
def _reader() -> MarkdownIt:
    reader = parser().disable("image")
    reader.validateLink = is_link  # type: ignore[method-assign]  # the library's own way to say which links there are
    reader.add_render_rule("fence", _fence)
    for which in ("heading_open", "heading_close"):
        reader.add_render_rule(which, _heading)
    return reader


def _fence(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:  # noqa: ANN401
    token = tokens[at]
    kind, _, description = token.info.strip().partition(" ")
    if kind == DIAGRAM and description.strip():
        return f'<div role="img" aria-label="{html(description.strip())}">{code(token.content)}</div>\n'
    return f"{code(token.content)}\n"


def _heading(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:  # noqa: ANN401
    level = min(6, int(tokens[at].tag[1:]) + TOP - 1)
    return f"<{'/' if tokens[at].nesting < 0 else ''}h{level}>"
