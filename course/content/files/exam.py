"""Exam files: the fields of `quiz.exams.profile`, and what must hold between them.

Whether an exam's lessons and labs are there is asked by `course.content.lint`; an exam may be of use without them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from course.content.schema.build import build
from course.content.schema.ids import listed_ids, repeated
from course.content.schema.mentions import complain_of_unknown, names, places, texts
from course.content.yaml.document import Complaints, Document
from course.content.yaml.wording import shown
from quiz.exams.profile import LESSONS, Profile

_OBJECTIVE = re.compile(r"\d+(\.\d+)+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamFile(Profile):
    """A file that `exams` of `course.yaml` names."""

    format: Literal[1]


def read_exam(document: Document) -> Profile:
    """Return the exam of a file; ContentError with all that is wrong with it."""
    complaints = Complaints(document)
    file = build(ExamFile, document.data, complaints)
    _complain_of_name(complaints)
    _complain_of_objectives(complaints)
    complaints.problems.extend(repeated(listed_ids(document, "domains", "domain")))
    complain_of_unknown(complaints, ("tasks", ..., "domain"), names(document.data, ("domains",), "id"))
    read = complaints.settle(file)
    return Profile(**{each.name: getattr(read, each.name) for each in fields(Profile)})


def is_date(text: str) -> bool:
    """Is this a day as ISO 8601 writes it?"""
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _complain_of_name(complaints: Complaints) -> None:
    file = complaints.document.path
    for trail, id in texts(complaints.document.data, ("id",)):
        if id != file.stem:
            say = f"the exam stands in {shown(file.name)}; give it the id {file.stem}, or rename the file"
            complaints.at_value(trail, say)


def _complain_of_objectives(complaints: Complaints) -> None:
    """Complain about objectives that are no numbers, and about those that two domains ask for."""
    data = complaints.document.data
    lessons = isinstance(data, dict) and data.get("tags") == LESSONS
    seen: dict[str, int] = {}
    for trail, objectives in places(data, ("domains", ..., "objectives")):
        for id in objectives if isinstance(objectives, dict) else ():
            at = (*trail, id)
            if not lessons and not _OBJECTIVE.fullmatch(id):
                complaints.at_key(at, f'{shown(id)} is no number of an objective; write it in quotes, such as "3.3"')
            if seen.setdefault(id, int(trail[1])) != trail[1]:
                complaints.at_key(at, f"two domains ask for {shown(id)}; leave it to one of them")
