"""The texts of questions as XHTML, of the few elements that Anki, Moodle and QTI all take, and never more of it than
was meant: whatever looks like markup in a text is text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from course.characters import inert
from course.markdown import parser
from course.report.plots import picture, told, words
from course.syllabus import Plot, Prose
from quiz.exhibit import Exhibit
from quiz.questions import Fix, Numeric, Question

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Pictures = dict[str, bytes]
"""PNGs by the name of the file."""
WEB = ("https://", "http://")
TAGS = {
    "paragraph": "p",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "blockquote": "blockquote",
    "table": "table",
    "thead": "thead",
    "tbody": "tbody",
    "tr": "tr",
    "th": "th",
    "td": "td",
    "em": "em",
    "strong": "strong",
}


def flow(markdown: str) -> str:
    """Return a text of several paragraphs, such as a stem."""
    return "".join(_tagged(_whole().parse(inert(markdown)), whole=True))


def phrase(text: str) -> str:
    """Return a text that stands in a line, such as an option: it knows `code`, **strong** and *emphasis*."""
    return "".join(_tagged(_in_line().parseInline(inert(text)), whole=False))


def literal(text: str) -> str:
    """Return a text of which every sign is meant."""
    return escape(inert(text), quote=False)


def quoted(text: str) -> str:
    """Return the same as the value of an attribute, with its quotes."""
    return f'"{escape(" ".join(inert(text).split()))}"'


def code(text: str) -> str:
    """Return lines as they stand."""
    return f"<pre>{literal(text.rstrip())}</pre>"


def listed(rows: Iterable[tuple[str, str]]) -> str:
    """Return what has a reason each as a list; nothing where no reason is given."""
    items = [f"<li><strong>{phrase(text)}</strong>: {phrase(why)}</li>" for text, why in rows if why.strip()]
    return f"<ul>{''.join(items)}</ul>" if items else ""


def asked(question: Question, name: str, address: Callable[[str], str] | None = None) -> tuple[str, Pictures]:
    """Return what stands above the answer, with the pictures in it.

    Pictures are called after `name`, and `address` says where one is looked for; where a format has none, plots are
    told in words.
    """
    pictures: Pictures = {}

    def plotted(plot: Plot) -> str:
        if address is None:
            return "".join(f"<p>{literal(line)}</p>" for line in told(plot))
        file = f"{name}-{len(pictures) + 1}.png"
        pictures[file] = picture(plot)
        return f"<p><img src={quoted(address(file))} alt={quoted(words(plot))}/></p>"

    parts = []
    if case := question.case:
        parts.append(f"<p><em>A case, question {case.place} of {case.of}.</em></p>{flow(case.stem)}")
        parts.append(_shown(case.exhibit, plotted))
    parts += [flow(question.stem), _shown(question.exhibit, plotted)]
    if isinstance(question, Fix):
        parts.append(f"<p>The request:</p>{code(question.request)}")
    return "".join(parts), pictures


def in_unit(question: Numeric) -> str:
    """Return in which unit a number is asked for; nothing where there is none."""
    return f"<p>Give a number in {literal(question.unit)}.</p>" if question.unit else ""


def _shown(exhibit: Exhibit | None, plotted: Callable[[Plot], str]) -> str:
    if exhibit is None:
        return ""
    parts = []
    for block in exhibit.blocks():
        if isinstance(block, Prose):
            parts.append(flow(block.markdown))
        elif isinstance(block, Plot):
            parts.append(plotted(block))
        else:
            parts.append(f"<p>{literal(block.title)}</p>{code(block.row)}")
    return "".join(parts)


@cache
def _whole() -> MarkdownIt:
    return parser()


@cache
def _in_line() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("zero").enable(["backticks", "emphasis"])


def _tagged(tokens: Iterable[Token], *, whole: bool) -> Iterator[str]:
    """Yield the pieces; where it is not the `whole` of Markdown, underscores emphasise nothing."""
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        closing = token.type.endswith("_close")
        match token.type:
            case "inline":
                yield from _tagged(token.children or (), whole=whole)
            case "text" | "html_inline" | "html_block" | "image":
                yield literal(token.content)
            case "softbreak":
                yield "\n"
            case "hardbreak":
                yield "<br/>"
            case "hr":
                yield "<hr/>"
            case "code_inline":
                yield f"<code>{literal(token.content)}</code>"
            case "fence" | "code_block":
                yield from _fence(token)
            case "link_open":
                address = str(token.attrs.get("href", ""))
                yield f"<a href={quoted(address if address.startswith(WEB) else '#')}>"
            case "link_close":
                yield "</a>"
            case "s_open":
                yield '<span class="struck">'
            case "s_close":
                yield "</span>"
            case "heading_open" | "heading_close":
                yield f"</{token.tag}>" if closing else f"<{token.tag}>"
            case _ if token.hidden:
                pass
            case _ if not whole and token.markup.startswith("_"):
                yield token.markup
            case _ if name in TAGS:
                yield f"</{TAGS[name]}>" if closing else f"<{TAGS[name]}>"
            case _:
                raise AssertionError(f"Markdown has {token.type}, and nobody says what it is in XHTML")


def _fence(token: Token) -> Iterator[str]:
    """Yield code as it stands, and what its author says of a diagram for whoever does not see it."""
    yield f"<pre>{literal(token.content.rstrip())}</pre>"
    _, _, description = token.info.strip().partition(" ")
    if description:
        yield f"<p>{literal(description)}</p>"
