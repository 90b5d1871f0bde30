"""Markdown as plain lines: what is marked by its look alone is marked in words or left bare."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.tree import SyntaxTreeNode

from course.cli.drawings import in_ascii
from course.markdown import parser

DIAGRAM = "text"


def lines(markdown: str, *, plain: bool) -> Iterator[str]:
    """Yield a text line by line, with an empty line between its blocks.

    With `plain` no drawing is left: one that its author describes is told, any other is drawn in ASCII.
    """
    for number, node in enumerate(parsed(markdown).children):
        if number:
            yield ""
        yield from _block(node, plain=plain)


def parsed(markdown: str) -> SyntaxTreeNode:
    """Return a text as a tree."""
    return SyntaxTreeNode(parser().parse(markdown))


def _block(node: SyntaxTreeNode, *, plain: bool) -> Iterator[str]:
    match node.type:
        case "fence" | "code_block":
            yield from _fence(node, plain=plain)
        case "bullet_list" | "ordered_list":
            first = int(node.attrs.get("start", 1))
            for number, item in enumerate(node.children, first):
                lead = f"{number}. " if node.type == "ordered_list" else "- "
                inside = [line for child in item.children for line in _block(child, plain=plain)]
                for at, line in enumerate(inside):
                    yield f"{lead if at == 0 else '  '}{line}"
        case "blockquote":
            yield "Quote:"
            for child in node.children:
                yield from _block(child, plain=plain)
            yield "End of the quote."
        case "table":
            yield from _table(node)
        case "hr":
            return
        case _:
            yield from _inline(node).split("\n")


def _fence(node: SyntaxTreeNode, *, plain: bool) -> Iterator[str]:
    kind, _, description = node.info.strip().partition(" ")
    text = node.content.rstrip("\n").split("\n")
    if kind != DIAGRAM:
        name = {"yaml": "YAML", "": "Code"}.get(kind, kind)
        yield f"{name}, {_counted(len(text))}:"
        yield from text
        yield "End of it."
    elif len(text) == 1 and not description:
        yield text[0]
    else:
        yield f"A diagram: {description.strip()}" if description else f"A diagram, {_counted(len(text))}:"
        if not plain:
            yield from text
        elif not description:
            yield from in_ascii("\n".join(text)).split("\n")


def _table(node: SyntaxTreeNode) -> Iterator[str]:
    """Yield a sentence for each row, with the column before each value."""
    rows = [[_inline(cell) for cell in row.children] for part in node.children for row in part.children]
    head, *body = rows
    yield f"A table with {_counted(len(body), 'row')}."
    for row in body:
        named = (f"{name}: {value}" if name else value for name, value in zip(head, row, strict=True))
        yield f"- {'; '.join(named)}"


def _inline(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text" | "code_inline":
            return node.content
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
    inside = "".join(_inline(child) for child in node.children)
    if node.type == "link" and str(node.attrs["href"]) != inside:
        return f"{inside} ({node.attrs['href']})"
    return inside


def _counted(number: int, thing: str = "line") -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
