"""The glossary: terms, sorted as a learner looks them up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from course.content.document import Complaints, Document
from course.content.ids import listed_ids, repeated
from course.content.shape import build
from course.content.wording import nearest, shown
from course.syllabus import Term


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """A glossary file."""

    format: Literal[1]
    terms: tuple[Term, ...]


def read_glossary(document: Document) -> tuple[Term, ...]:
    """Return the terms by alphabet; ContentError with all that is wrong with them."""
    complaints = Complaints(document)
    file = build(GlossaryFile, document.data, complaints)
    if file is not None:
        _check(file.terms, complaints)
        return complaints.settle(tuple(sorted(file.terms, key=lambda term: term.term.casefold())))
    return complaints.settle(None)


def _check(terms: tuple[Term, ...], complaints: Complaints) -> None:
    complaints.problems.extend(repeated(listed_ids(complaints.document, "terms", "term")))
    known = sorted({term.id for term in terms})
    for index, term in enumerate(terms):
        for at, id in enumerate(term.see):
            if id not in known:
                say = f"there is no term {shown(id)}; {nearest(id, known)}"
                complaints.at_value(("terms", index, "see", at), say)
