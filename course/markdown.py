"""What counts as Markdown here: on screens, on paper, read out and in other programs the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def parser() -> MarkdownIt:
    """Return a new parser, for its caller to keep: making one takes longer than parsing a question.

    Markup of HTML in a text is text; tables and ~~what is struck out~~ are known beside what CommonMark has.
    """
    from markdown_it import MarkdownIt  # costs a fifth of the time that a start takes

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
