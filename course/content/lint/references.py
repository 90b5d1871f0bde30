"""Do references lead somewhere: needed lessons, glossary terms, objectives of exams, sources?"""

from __future__ import annotations

import re
from collections.abc import Mapping

from course.content.files.course import LessonEntry
from course.content.files.exam import is_date
from course.content.lint.known import Known
from course.content.schema.mentions import Pattern, places, texts
from course.content.yaml.document import Complaints, Trail
from course.content.yaml.wording import nearest, shown
from quiz.exams.profile import LESSONS, Profile

_URL = re.compile(r"https?://[^\s/]+\.[^\s/]+(/\S*)?")


def complain_of_lesson(complaints: Complaints, entry: LessonEntry, known: Known) -> None:
    """Complain about each reference of a lesson that leads nowhere, or round in a circle."""
    file = entry.file
    for index, id in enumerate(file.needs):
        known.complain(complaints, ("needs", index), "lesson", id)
    if known.needs_itself(file.id):
        complaints.at_key(("needs",), "the lesson needs itself, so nobody could begin it; break the circle")
    for index, id in enumerate(file.glossary):
        known.complain(complaints, ("glossary", index), "term", id)
    complain_of_objectives(complaints, ("objectives",), file.objectives, known)
    complain_of_sources(complaints, ("sources", ...))


def complain_of_sources(complaints: Complaints, pattern: Pattern) -> None:
    """Complain about each source that cannot be looked up, and where there is none."""
    data = complaints.document.data
    for trail, url in texts(data, (*pattern, "url")):
        if not _URL.fullmatch(url):
            complaints.at_value(trail, f"{shown(url)} is no address; begin it with https://")
    for trail, checked in texts(data, (*pattern, "checked")):
        if not is_date(checked):
            say = f"{shown(checked)} is no date; write the day it was checked, such as 2026-11-22"
            complaints.at_value(trail, say)
    if isinstance(data, Mapping) and pattern[0] == "sources" and data.get("sources", []) == []:
        complaints.at_key((), "`sources` is missing; say where the facts come from and when you checked")


def complain_of_exam(complaints: Complaints, exam: Profile, known: Known) -> None:
    """Complain about lessons and labs of an exam that do not exist, and about missing sources."""
    if exam.tags == LESSONS:
        for at, domain in enumerate(exam.domains):
            for id in domain.objectives:
                known.complain(complaints, ("domains", at, "objectives", id), "lesson", id, key=True)
    for at, task in enumerate(exam.tasks):
        known.complain(complaints, ("tasks", at, "lab"), "lab", task.lab)
    complain_of_sources(complaints, ("sources", ...))


def complain_of_objectives(
    complaints: Complaints, trail: Trail, objectives: Mapping[str, tuple[str, ...]], known: Known
) -> None:
    """Complain about each exam that nobody has written, and each objective that its exam does not ask for; about none
    where there is no exam at all.

    A misspelt exam is no matter of taste: whatever is tagged so is drawn for no exam, and counts for no readiness.
    """
    for exam, named in objectives.items():
        if known.named and not ({exam} & {*known.named, *known.exams}) and "exam" not in known.unseen:
            complaints.at_key((*trail, exam), f"there is no exam {shown(exam)}; {nearest(exam, sorted(known.named))}")
        profile = known.asking(exam)
        for at, id in enumerate(named if profile else ()):
            if profile and not profile.listed(id):
                asked = [each for domain in profile.domains for each in domain.objectives]
                say = f"the exam {exam} has no objective {shown(id)}; {nearest(id, asked)}"
                complaints.at_value((*trail, exam, at), say)


def complain_of_terms(complaints: Complaints, known: Known) -> None:
    """Complain about each term whose lesson does not exist, whose source cannot be looked up, or that is spelt like
    another one."""
    data = complaints.document.data
    for key, kind in ((("lesson",), "lesson"), (("see", ...), "term")):
        for trail, id in texts(data, ("terms", ..., *key)):
            known.complain(complaints, trail, kind, id)
    complain_of_sources(complaints, ("terms", ..., "source"))
    spelt: dict[str, str] = {}
    for trail, term in places(data, ("terms", ...)):
        for _, id in texts(term, ("id",)):
            for spelling in (each for key in (("term",), ("also", ...)) for _, each in texts(term, key)):
                first = spelt.setdefault(spelling.casefold(), id)
                if first != id:
                    say = f"{shown(spelling)} is how the term {first} is spelt too; take one of them out"
                    complaints.at_key(trail, say)
