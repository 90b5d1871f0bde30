"""HTML of somebody else as the Markdown of our files: what can be said in it is kept, and every word that was to be
seen is still to be seen."""

from __future__ import annotations

import re
from collections.abc import Mapping

from course.characters import without
from course.interchange import hypertext
from course.interchange.tags import Text, tokens

BLOCKS = {"p", "div", "section", "article", "center", "dl", "dt", "dd", "table", "tr", "form", "fieldset"}
UNSEEN = {"script", "style", "head", "title", "template", "object", "iframe"}
MARKS = {"em": "*", "i": "*", "cite": "*", "strong": "**", "b": "**"}
CODE = {"code", "tt", "kbd", "samp"}
_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!<>|~&=])")
_MARKUP = re.compile(r"([\\`*\[\]<&~]|(?<!\w)_|_(?!\w))")
"""What may begin or end markup within a line."""
_STARTS = re.compile(r"(?m)^(\s*\d*)([^\w\s])")
_BREAK = "\\\n"


def flow(html: str) -> str:
    """Return a text of several paragraphs, such as a stem."""
    reader = _Reader(whole=True)
    told = reader.read(html)
    if seen(hypertext.flow(told)) == reader.seen:
        return told
    return _SIGNS.sub(r"\\\1", reader.seen)


def phrase(html: str) -> str:
    """Return a text that stands in a line, such as an option."""
    reader = _Reader(whole=False)
    told = " ".join(reader.read(html).split())
    return told if seen(hypertext.phrase(told)) == reader.seen else in_backticks(reader.seen)


def literal(text: str, *, whole: bool) -> str:
    """Return a text without any markup so that none is read into it."""
    return (flow if whole else phrase)(hypertext.literal(text))


def seen(html: str) -> str:
    """Return the words that are to be seen, with single blanks between them."""
    reader = _Reader(whole=True)
    reader.read(html)
    return reader.seen


def in_backticks(text: str) -> str:
    """Return the text as code."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{'`' * (longest + 1)}{pad}{text}{pad}{'`' * (longest + 1)}" if text else ""


class _Reader:
    """Follows the tags; what they nest is never followed by calls, however deep."""

    def __init__(self, *, whole: bool) -> None:
        self.whole = whole
        self.blocks: list[str] = []
        self.line: list[str] = []
        self.opened: list[tuple[str, int]] = []
        """Marks that are open, and where in the line their text begins."""
        self.code: list[str] | None = None
        self.pre: list[str] | None = None
        self.lists: list[int | None] = []
        """The number of the next item for each list that is open; None of one without numbers."""
        self.lead = ""
        self.unseen = 0
        self.address = ""
        self.words: list[str] = []

    @property
    def seen(self) -> str:
        """What was to be seen."""
        return " ".join("".join(self.words).split())

    def read(self, html: str) -> str:
        """Return all of it."""
        for token in tokens(without(html)):
            if isinstance(token, Text):
                self._data(without(token.text))
            elif token.closes:
                self._end(token.name)
            else:
                self._begin(token.name, token.given)
        self._end_block()
        return "\n\n".join(self.blocks).strip() if self.whole else " ".join(self.blocks)

    def _begin(self, tag: str, given: Mapping[str, str]) -> None:
        if tag in UNSEEN:
            self.unseen += 1
        elif tag in MARKS and self.code is None and self.pre is None:
            self.opened.append((MARKS[tag], len(self.line)))
        elif tag in CODE and self.pre is None and self.code is None:
            self.code = []
        elif tag == "br":
            self._break()
        elif tag == "img":
            self._picture(given.get("alt", ""))
        elif tag == "a":
            self.address = given.get("href", "")
        elif tag == "pre":
            self._end_block()
            self.pre = []
        elif tag in ("ul", "ol"):
            self._end_block()
            self.lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            self._end_block()
            self.lead = self._item()
        elif tag in ("td", "th"):
            self._say(" | " if any(part.strip() for part in self.line) else "")
        elif tag in BLOCKS or re.fullmatch("h[1-6]|hr|blockquote", tag):
            self._paragraph()

    def _end(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in MARKS:
            self._end_mark(MARKS[tag])
        elif tag in CODE:
            self._end_code()
        elif tag == "a" and self.address.startswith(hypertext.WEB):
            address, self.address = self.address, ""
            if address not in "".join(self.line):
                self._say(f" ({address})" if self.whole else "")
        elif tag == "pre" and self.pre is not None:
            self._end_pre()
        elif tag in ("ul", "ol") and self.lists:
            self._end_block()
            self.lists.pop()
        elif tag == "li" or tag in BLOCKS or re.fullmatch("h[1-6]|blockquote", tag):
            self._paragraph()

    def _data(self, data: str) -> None:
        if self.unseen:
            return
        self.words.append(data)
        if self.pre is not None:
            self.pre.append(data)
        elif self.code is not None:
            self.code.append(data)
        else:
            self._text(re.sub(r"\s+", " ", data))

    def _text(self, text: str) -> None:
        words = " ".join(text.split())
        if not _SIGNS.search(words):
            self.line.append(text)
            return
        render = hypertext.flow if self.whole else hypertext.phrase
        if "".join(_bare(render(words)).split()) != "".join(hypertext.literal(words).split()):
            lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
            text = f"{lead}{_MARKUP.sub(_escaped, words) if self.whole else in_backticks(words)}{trail}"
        self.line.append(text)

    def _say(self, text: str) -> None:
        """Add words of our own."""
        self.line.append(text)
        self.words.append(text)

    def _break(self) -> None:
        self.words.append(" ")
        if self.pre is not None:
            self.pre.append("\n")
        else:
            self.line.append(_BREAK if self.whole and not self.lists and any(self.line) else " ")

    def _picture(self, alt: str) -> None:
        told = " ".join(alt.split())
        self._say(f" (picture: {told}) " if told else " (picture) ")

    def _paragraph(self) -> None:
        """End a block; within an item of a list a paragraph is a part of its sentence."""
        self.words.append(" ")
        if self.pre is not None:
            self.pre.append("\n")
        elif self.lists:
            self.line.append(" ")
        else:
            self._end_block()

    def _item(self) -> str:
        self.words.append(" ")
        if not self.lists:
            return ""
        number = self.lists[-1]
        indent = " " * 4 * min(len(self.lists) - 1, 4)
        if number is None:
            return f"{indent}- "
        self.lists[-1] = number + 1
        return f"{indent}{number}. "

    def _end_mark(self, mark: str) -> None:
        if not any(opened == mark for opened, _ in self.opened):
            return
        while self.opened:
            opened, at = self.opened.pop()
            inside = "".join(self.line[at:])
            told = inside.strip()
            if told and opened == mark and _BREAK not in inside:
                lead, trail = inside[: len(inside) - len(inside.lstrip())], inside[len(inside.rstrip()) :]
                self.line[at:] = [f"{lead}{mark}{told}{mark}{trail}"]
            if opened == mark:
                return

    def _end_code(self) -> None:
        if self.code is not None:
            text, self.code = " ".join("".join(self.code).split()), None
            self.line.append(in_backticks(text))

    def _end_pre(self) -> None:
        text, self.pre = "".join(self.pre or ()).strip("\n"), None
        if not self.whole:
            self.line.append(in_backticks(" ".join(text.split())))
        elif text.strip():
            fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)
            self.blocks.append(f"{fence}\n{text}\n{fence}")

    def _end_block(self) -> None:
        self.words.append(" ")
        if self.pre is not None:
            self._end_pre()
        while self.opened:
            self.opened.pop()
        self._end_code()
        lines = (" ".join(line.split()) for line in "".join(self.line).split(_BREAK))
        text = _BREAK.join(line for line in lines if line)
        self.line = []
        if not text:
            return
        if self.whole and _STARTS.search(text) and not _is_paragraph(hypertext.flow(text)):
            text = _STARTS.sub(r"\1\\\2", text)
        lead, self.lead = self.lead, ""
        before = self.blocks[-1] if self.blocks else ""
        if lead and re.match(r"\s*(- |\d+\. )", before) and self.whole:
            self.blocks[-1] = f"{before}\n{lead}{text}"
        else:
            self.blocks.append(f"{lead if self.whole else ''}{text}")


def _is_paragraph(html: str) -> bool:
    return html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1


def _bare(html: str) -> str:
    """Return a single paragraph without its tags; anything else as it is, which no text equals."""
    return html.removeprefix("<p>").removesuffix("</p>")


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[1]}"
