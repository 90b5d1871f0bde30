"""Ids at their places, so that one given twice can be pointed at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from course.content.schema.mentions import Pattern, places, texts
from course.content.yaml.document import Document, Trail
from course.content.yaml.errors import Problem
from course.content.yaml.wording import shown
from course.errors import one_line


@dataclass(frozen=True, slots=True)
class Given:
    """An id where it is given."""

    kind: str
    """Such as `question`; a term may share its id with a topic, so ids are unique within their kind."""
    id: str
    document: Document
    trail: Trail

    @property
    def place(self) -> str:
        """File, line and column."""
        line, column = self.document.where(self.trail)
        return f"{one_line(self.document.path.as_posix())}:{line}:{column}"


def repeated(given: Iterable[Given], before: Iterable[Given] = ()) -> Iterator[Problem]:
    """Yield a complaint about every id that was given already, here or in `before`."""
    first = {(each.kind, each.id): each for each in before}
    for each in given:
        earlier = first.setdefault((each.kind, each.id), each)
        if earlier is not each:
            say = f"the {each.kind} id {shown(each.id)} is taken in {earlier.place}; choose another"
            yield Problem(each.document.path, *each.document.where(each.trail), say)


def question_ids(document: Document, *, cases: bool = True) -> Iterator[Given]:
    """Yield the ids of the questions of a file, the parts of cases among them; `cases` have ids of the same kind."""
    for trail, entry in places(document.data, ("questions", ...)):
        is_case = isinstance(entry, Mapping) and entry.get("kind") == "case"
        patterns: tuple[Pattern, ...] = (("id",),) if cases or not is_case else ()
        for pattern in (*patterns, *([("parts", ..., "id")] if is_case else ())):
            yield from (Given("question", id, document, (*trail, *at)) for at, id in texts(entry, pattern))


def listed_ids(document: Document, key: str, kind: str) -> Iterator[Given]:
    """Yield the ids of the items that a file lists under `key`, whatever else is wrong with them."""
    for trail, id in texts(document.data, (key, ..., "id")):
        yield Given(kind, id, document, trail)
