"""Markdown as what can be drawn: a visual for each block of text, and code as it stands.

Imported only once a lesson is opened: the parser costs a fifth of the start-up time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from textual.content import Content
from textual.style import Style
from textual.visual import Visual

from course.markdown import parser
from course.tui.drawing.long_words import Wrapped
from course.tui.drawing.table import Table
from course.tui.drawing.visuals import Barred, Hanging, Stack
from course.tui.drawing.words import CODE, inert

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

    from course.terms import Spotter

BULLETS = ("• ", "– ", "· ")
"""By depth; a fourth level looks like the third."""
MARKS = {"em": "italic", "strong": "bold", "s": "strike"}
TERM = "italic underline"
"""A term of the glossary, told from a link by its slant and not by a colour."""
RUNNING = ("text", "softbreak")
"""What makes up a piece of text: a term may stand across the end of a line."""
UNMARKED = ("link", "heading")
"""What is marked already."""
HEADING = "bold $accent"
DEEPEST = 20
"""Levels of emphasis, as many as the parser takes of lists and quotes."""
BLANK = Content(" ")
"""A line of air."""


@dataclass(frozen=True, slots=True)
class Code:
    """Code or a diagram, which scrolls sideways rather than wraps."""

    text: str
    language: str


def blocks(markdown: str, terms: Spotter | None = None) -> Iterator[Visual | Code]:
    """Yield the blocks of a text from its top; there is no HTML in it, and nothing that a terminal would obey.

    Terms are marked where they first stand, but not in code, links and headings.
    """
    yield from _blocks(SyntaxTreeNode([_shallow(token) for token in _parser().parse(inert(markdown))]), 0, terms)


@cache
def _parser() -> MarkdownIt:
    return parser()


def _shallow(token: Token) -> Token:
    """Return the token, as plain text where marks lie in marks without end: no sentence needs that, and no stack holds
    it."""
    depths = accumulate(child.nesting for child in token.children or ())
    if max(depths, default=0) <= DEEPEST:
        return token
    return token.copy(children=[Token("text", "", 0, content=token.content)])


def _blocks(parent: SyntaxTreeNode, depth: int, terms: Spotter | None) -> Iterator[Visual | Code]:
    for node in parent.children:
        match node.type:
            case "fence" | "code_block":
                yield Code(node.content.rstrip("\n"), node.info.strip().partition(" ")[0])
            case "bullet_list" | "ordered_list":
                yield _list(node, depth, terms)
            case "blockquote":
                yield Barred(_stacked(node, depth, terms))
            case "table":
                head, *body = [[_inline(cell, terms) for cell in row.children] for row in _rows(node)]
                yield Table([cell.stylize_before(HEADING) for cell in head], body)
            case "heading":
                yield _inline(node, terms).stylize_before(HEADING)
            case "hr":
                yield Content.styled("─" * 8, "$line")
            case _:
                yield Wrapped(_inline(node, terms))


def _stacked(node: SyntaxTreeNode, depth: int, terms: Spotter | None, *, tight: bool = False) -> Stack:
    """Return all blocks in one, with air between them; code in a list or a quote is text there."""
    parts: list[Visual] = []
    for block in _blocks(node, depth, terms):
        gap = [] if tight or not parts else [BLANK]
        parts += [*gap, Content.styled(block.text, CODE) if isinstance(block, Code) else block]
    return Stack(*parts)


def _list(node: SyntaxTreeNode, depth: int, terms: Spotter | None) -> Stack:
    first = int(node.attrs.get("start", 1))
    leads = [f"{number}. " for number in range(first, first + len(node.children))]
    width = max(map(len, leads))
    parts: list[Visual] = []
    for item, lead in zip(node.children, leads, strict=True):
        tight = all(child.hidden for child in item.children if child.type == "paragraph")
        bullet = lead.rjust(width) if node.type == "ordered_list" else BULLETS[min(depth, len(BULLETS) - 1)]
        gap = [] if tight or not parts else [BLANK]
        parts += [*gap, Hanging(Content.styled(bullet, "$accent"), _stacked(item, depth + 1, terms, tight=tight))]
    return Stack(*parts)


def _rows(table: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    for part in table.children:
        yield from part.children


def _inline(node: SyntaxTreeNode, terms: Spotter | None) -> Content:
    """Return what stands within a line, with what is inside it."""
    match node.type:
        case "hardbreak":
            return Content("\n")
        case "code_inline":
            return Content.styled(node.content, CODE)
    inside = Content("").join(_inside(node, None if node.type in UNMARKED else terms))
    if node.type == "link":
        return inside.stylize("underline").stylize(Style.from_meta({"href": str(node.attrs["href"])}))
    return inside.stylize(MARKS.get(node.type, ""))


def _inside(node: SyntaxTreeNode, terms: Spotter | None) -> Iterator[Content]:
    for running, children in groupby(node.children, lambda child: child.type in RUNNING):
        if running:
            yield _marked("".join(_character(child) for child in children), terms)
        else:
            yield from (_inline(child, terms) for child in children)


def _character(node: SyntaxTreeNode) -> str:
    return inert(node.content) if node.type == "text" else " "  # an entity such as `&#x202e;` is a character only now


def _marked(text: str, terms: Spotter | None) -> Content:
    content = Content(text)
    for spot in terms.spots(text) if terms else ():
        content = content.stylize(TERM, spot.start, spot.end)
    return content
