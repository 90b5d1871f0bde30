"""Do references lead somewhere: needed lessons, glossary terms, objectives of exams, sources?"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from course.content.files.course import LessonFile
from course.content.files.exam import is_date
from course.content.yaml.document import Complaints, Trail
from course.content.yaml.wording import nearest, shown
from course.syllabus import Source
from quiz.exams.profile import LESSONS, Profile
from quiz.exams.profile import Source as ExamSource

_URL = re.compile(r"https?://[^\s/]+\.[^\s/]+(/\S*)?")


@dataclass(frozen=True, slots=True)
class Known:
    """What can be referred to: in the pack itself and in those that it is used with."""

    needs: Mapping[str, Collection[str]]
    """What each topic needs, by the topic's id."""
    terms: Collection[str]
    labs: Collection[str]
    exams: Mapping[str, Profile]
    """Those whose files can be read."""

    def needs_itself(self, id: str) -> bool:
        """Does the lesson need itself, directly or through others?"""
        ahead, seen = list(self.needs.get(id, ())), set[str]()
        while ahead:
            needed = ahead.pop()
            if needed not in seen:
                seen.add(needed)
                ahead += self.needs.get(needed, ())
        return id in seen


def complain_of_lesson(complaints: Complaints, file: LessonFile, known: Known) -> None:
    """Complain about each reference of a lesson that leads nowhere, or round in a circle."""
    for index, id in enumerate(file.needs):
        _known(complaints, ("needs", index), "lesson", id, known.needs)
    if known.needs_itself(file.id):
        complaints.at_key(("needs",), "the lesson needs itself, so nobody could begin it; break the circle")
    for index, id in enumerate(file.glossary):
        _known(complaints, ("glossary", index), "term", id, known.terms)
    complain_of_objectives(complaints, ("objectives",), file.objectives, known)
    complain_of_sources(complaints, file.sources)


def complain_of_sources(complaints: Complaints, sources: Sequence[Source | ExamSource]) -> None:
    """Complain about each source that cannot be looked up, and where there is none."""
    for index, source in enumerate(sources):
        _complain_of_source(complaints, ("sources", index), source.url, source.checked)
    if not sources:
        complaints.at_key((), "`sources` is missing; say where the facts come from and when you checked")


def _complain_of_source(complaints: Complaints, trail: Trail, url: str, checked: str) -> None:
    if not _URL.fullmatch(url):
        complaints.at_value((*trail, "url"), f"{shown(url)} is no address; begin it with https://")
    if not is_date(checked):
        say = f"{shown(checked)} is no date; write the day it was checked, such as 2026-11-22"
        complaints.at_value((*trail, "checked"), say)


def complain_of_exam(complaints: Complaints, exam: Profile, known: Known) -> None:
    """Complain about lessons and labs of an exam that do not exist, and about missing sources."""
    if exam.tags == LESSONS:
        for at, domain in enumerate(exam.domains):
            for id in domain.objectives:
                if id not in known.needs:
                    say = f"there is no lesson {shown(id)}; {nearest(id, known.needs)}"
                    complaints.at_key(("domains", at, "objectives", id), say)
    for at, task in enumerate(exam.tasks):
        _known(complaints, ("tasks", at, "lab"), "lab", task.lab, known.labs)
    complain_of_sources(complaints, exam.sources)


def complain_of_objectives(
    complaints: Complaints, trail: Trail, objectives: Mapping[str, tuple[str, ...]], known: Known
) -> None:
    """Complain about each objective that its exam does not ask for; about none of an exam that nobody has written."""
    for exam, named in objectives.items():
        profile = known.exams.get(exam)
        for at, id in enumerate(named if profile else ()):
            if profile and not profile.listed(id):
                asked = [each for domain in profile.domains for each in domain.objectives]
                say = f"the exam {exam} has no objective {shown(id)}; {nearest(id, asked)}"
                complaints.at_value((*trail, exam, at), say)


def complain_of_terms(complaints: Complaints, known: Known) -> None:
    """Complain about each term whose lesson does not exist, whose source cannot be looked up, or that is spelt like
    another one."""
    spelt: dict[str, str] = {}
    for index, term in enumerate(complaints.document.data["terms"]):
        trail: Trail = ("terms", index)
        if term.get("lesson"):
            _known(complaints, (*trail, "lesson"), "lesson", term["lesson"], known.needs)
        _complain_of_source(complaints, (*trail, "source"), term["source"]["url"], term["source"]["checked"])
        for spelling in (term["term"], *term.get("also", ())):
            first = spelt.setdefault(spelling.casefold(), term["id"])
            if first != term["id"]:
                complaints.at_key(
                    trail, f"{shown(spelling)} is how the term {first} is spelt too; take one of them out"
                )


def _known(complaints: Complaints, trail: Trail, kind: str, id: str, known: Collection[str]) -> None:
    if id not in known and not complaints.full:
        complaints.at_value(trail, f"there is no {kind} {shown(id)}; {nearest(id, known)}")
