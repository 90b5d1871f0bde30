"""The glossary: terms, sorted as a learner looks them up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from course.content.schema.build import build
from course.content.schema.ids import listed_ids, repeated
from course.content.schema.mentions import names, texts
from course.content.yaml.document import Complaints, Document
from course.content.yaml.wording import nearest, shown
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
    complaints.problems.extend(repeated(listed_ids(document, "terms", "term")))
    known = names(document.data, ("terms",), "id")
    for trail, id in texts(document.data, ("terms", ..., "see", ...)):
        if known is not None and id not in known:
            complaints.at_value(trail, f"there is no term {shown(id)}; {nearest(id, sorted(known))}")
    return tuple(sorted(complaints.settle(file).terms, key=lambda term: term.term.casefold()))
