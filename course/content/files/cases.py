"""A case: one scenario and several questions about it, each of which becomes a question of its own kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from course.content.files.exhibit import exhibit_problems
from course.content.schema.build import record_of
from course.content.schema.shapes import Job
from course.content.yaml.document import Trail
from quiz.exhibit import Exhibit
from quiz.questions import Case, Question

FEWEST, MOST = 2, 4
"""Parts of a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case as a file has it; each part is read by itself, so that one mistake hides no other."""

    kind: ClassVar[str] = "case"
    id: str
    """Taken among the ids of questions."""
    stem: str
    """The scenario."""
    exhibit: Exhibit | None = None
    """What there is to look at, for all parts."""
    parts: tuple[object, ...]
    """Two to four questions, each with an id of its own."""


def read_case(
    data: Mapping[str, Any], trail: Trail, job: Job, read: Callable[[Any, Trail, Job], Iterable[Question]]
) -> Iterator[Question]:
    """Yield the parts, each with the scenario; `read` reads one, or none after a complaint."""
    values = record_of(CaseFile, tagged=True).values(data, trail, job)
    given = values.get("parts", ())
    if "parts" in values and not FEWEST <= len(given) <= MOST:
        say = f"a case has {FEWEST} to {MOST} parts, and this one has {len(given)}; one question needs no case"
        job.complaints.at_key((*trail, "parts"), say)
    if exhibit := values.get("exhibit"):
        found = exhibit_problems(exhibit, job.complaints.document, (*trail, "exhibit"))
        job.complaints.problems.extend(found)
    for index, each in enumerate(given):
        case = Case(
            id=values.get("id", ""),
            stem=values.get("stem", ""),
            exhibit=exhibit,
            place=index + 1,
            of=len(given),
        )
        for question in read(each, (*trail, "parts", index), job):
            yield replace(question, case=case)
