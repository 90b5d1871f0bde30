"""Do a lesson's references lead somewhere: needed lessons, glossary terms, sources?"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from course.content.files.course import LessonFile
from course.content.yaml.document import Complaints, Trail
from course.content.yaml.wording import nearest, shown

_URL = re.compile(r"https?://[^\s/]+\.[^\s/]+(/\S*)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Known:
    """What can be referred to: in the pack itself and in those that it is used with."""

    needs: Mapping[str, Collection[str]]
    """What each topic needs, by the topic's id."""
    terms: Collection[str]

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
    for index, source in enumerate(file.sources):
        if not _URL.fullmatch(source.url):
            complaints.at_value(("sources", index, "url"), f"{shown(source.url)} is no address; begin it with https://")
        if not _is_date(source.checked):
            say = f"{shown(source.checked)} is no date; write the day it was checked, such as 2026-11-22"
            complaints.at_value(("sources", index, "checked"), say)
    if not file.sources:
        complaints.at_key((), "`sources` is missing; say where the facts come from and when you checked")


def complain_of_terms(complaints: Complaints, known: Known) -> None:
    """Complain about each term whose lesson does not exist."""
    for index, term in enumerate(complaints.document.data["terms"]):
        if term.get("lesson"):
            _known(complaints, ("terms", index, "lesson"), "lesson", term["lesson"], known.needs)


def _known(complaints: Complaints, trail: Trail, kind: str, id: str, known: Collection[str]) -> None:
    if id not in known and not complaints.full:
        complaints.at_value(trail, f"there is no {kind} {shown(id)}; {nearest(id, known)}")


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False
