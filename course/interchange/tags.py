"""HTML as its tags and texts, however broken or hostile: each sign is looked at a few times, and nothing nests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

LONGEST_TAG = 2_000
"""Characters; what goes on for longer without an end is no tag."""
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*+)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_ATTRIBUTE = re.compile(r"([A-Za-z-]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"']++))")
_ASIDE = {"<!--": "-->", "<![": "]>", "<!": ">", "<?": ">"}
"""Comments and the like, which nobody sees, by how they begin."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is to be seen."""

    text: str


@dataclass(frozen=True, slots=True)
class Tag:
    """The begin or the end of an element."""

    name: str
    """In lower case."""
    closes: bool = False
    given: Mapping[str, str] = field(default_factory=dict)
    """Attributes."""


def tokens(html: str) -> Iterator[Text | Tag]:
    """Yield them in order; what is no tag is text."""
    seen, at = list[str](), 0
    for found, end in _marks(html):
        seen.append(html[at : found.start() if isinstance(found, re.Match) else found])
        at = end
        if isinstance(found, re.Match):
            if text := "".join(seen):
                yield Text(unescape(text))
            seen = []
            yield Tag(found[2].lower(), found[1] == "/", _attributes(found[3]))
    if text := "".join((*seen, html[at:])):
        yield Text(unescape(text))


def _marks(html: str) -> Iterator[tuple[re.Match[str] | int, int]]:
    """Yield each tag with its end, and the begin and the end of what nobody sees."""
    at, open_ended = html.find("<"), set[str]()
    while at >= 0:
        end = at + 1
        if found := _TAG.match(html, at, at + LONGEST_TAG):
            end = found.end()
            yield found, end
        else:
            begin = next((each for each in _ASIDE if each not in open_ended and html.startswith(each, at)), None)
            close = html.find(_ASIDE[begin], at + len(begin)) if begin else -1
            if begin and close >= 0:
                end = close + len(_ASIDE[begin])
                yield at, end
            elif begin:
                open_ended.add(begin)
        at = html.find("<", end)


def _attributes(text: str) -> Mapping[str, str]:
    return {found[1].lower(): unescape(found[2] or found[3] or found[4] or "") for found in _ATTRIBUTE.finditer(text)}
