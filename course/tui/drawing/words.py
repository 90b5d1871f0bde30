"""Text of others as what the terminal shows: never markup, never escape codes.

Whatever a pack, a plan, a file's name or a history says reaches the screen through `plain`, `inline` or the `Prose`
widget, and through `inert` where Textual wants a bare text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from textual.content import Content

from course.characters import inert as inert

LEFT_OUT = "Characters that no terminal shows, such as the beginning of an escape code, were left out."
"""What the learner is told of a text that was pasted or loaded."""
LONGEST = 10_000
"""Characters of a text that are shown: five screens full. Nobody reads the end of a longer one, and all wait for it."""
CODE = "$code"
"""The style of `code` inside a sentence."""

_SENTENCE_END = re.compile(r"(?<=[.?!:]) ")
_MARK = re.compile(r"`+|\*")
Kind = Literal["code", "strong", "em"]
_STARS: tuple[tuple[Kind, int, re.Pattern[str]], ...] = (
    ("strong", 2, re.compile(r"\*\*(?=\S)")),
    ("em", 1, re.compile(r"(?<![\w*])\*(?=\S)")),
)
"""What opens a span with how many stars; who comes first is tried first."""
_ENDS: Mapping[Kind, re.Pattern[str]] = {
    "strong": re.compile(r"(?<=\S)(?=\*\*)"),
    "em": re.compile(r"(?<=\S)(?=\*(?![\w*]))"),
}
_STYLES = {"code": CODE, "strong": "bold", "em": "italic"}


def plain(text: str, style: str = "") -> Content:
    """Return the text exactly as it stands; square brackets are square brackets."""
    return Content.styled(_shown(text), style)


def inline(text: str, style: str = "") -> Content:
    """Return a sentence in which `code`, **strong** and *emphasis* are styled as in Markdown."""
    text = _shown(text)
    parts: list[Content] = []
    done = 0
    for span in _spans(text):
        parts += (Content(text[done : span.start]), Content.styled(text[span.inside], _STYLES[span.kind]))
        done = span.end
    content = Content.assemble(*parts, Content(text[done:]))
    return content.stylize_before(style) if style else content


def _shown(text: str) -> str:
    return inert(text) if len(text) <= LONGEST else f"{inert(text[:LONGEST])}…"


@dataclass(frozen=True, slots=True)
class _Span:
    """A styled piece of a text, with its marks."""

    kind: Kind
    start: int
    end: int
    width: int
    """Of the mark at either end."""

    @property
    def inside(self) -> slice:
        """What stands between the marks."""
        return slice(self.start + self.width, self.end - self.width)


def _spans(text: str) -> Iterator[_Span]:
    """Yield the spans from left to right; none is in another. Every mark is looked at a few times, however hostile."""
    ticks: dict[int, list[int]] = {}
    for run in re.finditer("`+", text):
        ticks.setdefault(run.end() - run.start(), []).append(run.start())
    ends = {kind: [found.start() for found in end.finditer(text)] for kind, end in _ENDS.items()}
    at = 0
    while found := _MARK.search(text, at):
        start, at = found.span()
        if text[start] == "`":
            span = _closed("code", start, at - start, ticks[at - start])
        else:
            opened = (
                _closed(kind, start, width, ends[kind]) for kind, width, mark in _STARS if mark.match(text, start)
            )
            span = next(filter(None, opened), None)
        if span:
            yield span
            at = span.end


def _closed(kind: Kind, start: int, width: int, ends: list[int]) -> _Span | None:
    """Return the span that begins here, up to the first end that leaves something between the marks."""
    index = bisect_left(ends, start + width + 1)
    return _Span(kind, start, ends[index] + width, width) if index < len(ends) else None


def named(id: str) -> str:
    """Return an id as words, for what its file gives no title, such as a release: `out-of-memory`, Out of memory."""
    return id.replace("-", " ").capitalize()


def count(number: int, thing: str, things: str = "") -> str:
    """Return `1 question`, `2 questions`."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"


def gist(stem: str) -> str:
    """Return the sentence of a stem that asks, or else the first one."""
    sentences = _SENTENCE_END.split(" ".join(stem.split()))
    return next((sentence for sentence in reversed(sentences) if sentence.endswith("?")), sentences[0])
