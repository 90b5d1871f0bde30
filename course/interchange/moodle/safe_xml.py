"""XML of somebody else as a tree: no document types and so no entities, nothing from elsewhere, and not too much of
it. The parser is expat, of the standard library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from course.interchange.reading import Unreadable

DEEPEST = 32
"""Elements in each other; questions have five."""
MOST_ELEMENTS = 200_000
"""A thousand questions have some thirty thousand."""


@dataclass(slots=True)
class Node:
    """An element."""

    name: str
    given: Mapping[str, str]
    """Attributes."""
    line: int
    column: int
    """Where it begins, from 1."""
    children: list[Node] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands in it, without what stands in other elements within it."""
        return "".join(self.pieces)

    def all(self, name: str) -> Iterator[Node]:
        """Yield each element of this name right within it."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> Node | None:
        """Return the first of them."""
        return next(self.all(name), None)

    def said(self, name: str, otherwise: str = "") -> str:
        """Return the text of the first of them, or of the `text` in it."""
        found = self.first(name)
        if found is None:
            return otherwise
        inside = found.first("text")
        return (found if inside is None else inside).text.strip()


def tree(text: str) -> Node:
    """Return the element that holds all others; Unreadable with the place of what is wrong."""
    building = _Building(expat.ParserCreate())
    try:
        building.parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        say = f"this is no XML that can be read ({expat.ErrorString(error.code)}); export the file again"
        raise Unreadable(error.lineno, error.offset + 1, say) from None
    [root] = building.roots
    return root


@dataclass(slots=True)
class _Building:
    """The tree while it is read."""

    parser: expat.XMLParserType
    roots: list[Node] = field(default_factory=list)
    open: list[Node] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._declared

    def _begin(self, name: str, given: Mapping[str, str]) -> None:
        self.count += 1
        if len(self.open) >= DEEPEST:
            self._refuse(f"more than {DEEPEST} elements lie in each other here; no question needs that")
        if self.count > MOST_ELEMENTS:
            self._refuse(f"the file has more than {MOST_ELEMENTS:,} elements; export fewer questions at a time")
        node = Node(name, given, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        (self.open[-1].children if self.open else self.roots).append(node)
        self.open.append(node)

    def _end(self, name: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        self.open[-1].pieces.append(text)

    def _declared(self, *given: object) -> None:
        self._refuse("the file declares a document type (<!DOCTYPE), which no export of Moodle does; take it out")

    def _refuse(self, say: str) -> None:
        raise Unreadable(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1, say)
