"""What can be referred to, in a pack and in those that it is used with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from course.content.files.outline import read_course_as_far_as_it_goes
from course.content.pack import Pack
from course.content.pack_ids import inner_ids
from course.content.yaml.document import Complaints, Trail
from course.content.yaml.errors import ContentError, Problem
from course.content.yaml.wording import nearest, shown
from quiz.exams.profile import LESSONS, Profile


class Draft(Pack):
    """A pack that somebody is writing: what is wrong with its outline keeps nobody from looking at the rest of it."""

    def __init__(self, pack: Pack) -> None:
        """Read the outline as far as it goes; ContentError if it is no YAML."""
        super().__init__(pack.root)
        self.folder = pack.folder
        self.course, problems = read_course_as_far_as_it_goes(pack.folder)
        self.problems: tuple[Problem, ...] = ContentError(problems).problems
        """In order."""


@dataclass(frozen=True, slots=True)
class Known:
    """What can be referred to: in the pack itself and in those that it is used with."""

    needs: Mapping[str, Collection[str]]
    """What each lesson needs, by the lesson's id."""
    terms: Collection[str]
    labs: Collection[str]
    exams: Mapping[str, Profile]
    """Those whose files can be read."""
    named: Collection[str]
    """Names of exams under which questions and lessons may list objectives; empty where nobody has written an exam."""
    unseen: Collection[str] = field(default=frozenset())
    """Kinds of things of which there may be more, in files that cannot be read: nothing is said to be missing."""

    def needs_itself(self, id: str) -> bool:
        """Does the lesson need itself, directly or through others?"""
        ahead, seen = list(self.needs.get(id, ())), set[str]()
        while ahead:
            needed = ahead.pop()
            if needed not in seen:
                seen.add(needed)
                ahead += self.needs.get(needed, ())
        return id in seen

    def asking(self, exam: str) -> Profile | None:
        """Return the exam that says which objectives may be listed under a name, if one does."""
        by_tag = (each for each in self.exams.values() if each.tags == exam)
        return self.exams.get(exam) or next(by_tag, None)

    def complain(self, complaints: Complaints, trail: Trail, kind: str, id: str, *, key: bool = False) -> None:
        """Complain if a lesson, term or lab is not there."""
        known = {"lesson": self.needs, "term": self.terms, "lab": self.labs}[kind]
        if id not in known and kind not in self.unseen and not complaints.full:
            tell = complaints.at_key if key else complaints.at_value
            tell(trail, f"there is no {kind} {shown(id)}; {nearest(id, known)}")


def known_in(packs: Collection[Pack]) -> Known:
    """Return what can be referred to in these packs."""
    needs = {topic.id: topic.needs for pack in packs for topic in pack.outline.topics}
    terms = {given.id: None for pack in packs for given in inner_ids(pack) if given.kind == "term"}
    labs = tuple(lab for pack in packs for lab in pack.lab_ids())
    exams = {exam.id: exam for pack in packs for exam in readable_exams(pack)}
    unread = {id for pack in packs for id in pack.exam_ids()} - set(exams)
    named = unread | {exam.tags or exam.id for exam in exams.values()}
    unseen = {kind for pack in packs for kind in (*pack.course.unseen, *_unseen_terms(pack))}
    return Known(needs, terms, labs, exams, named - {LESSONS}, unseen)


def readable_exams(pack: Pack) -> Iterator[Profile]:
    """Yield those exams of a pack whose files are right."""
    for id in pack.exam_ids():
        with suppress(ContentError):  # said of the exam itself
            yield pack.exam(id)


def _unseen_terms(pack: Pack) -> Iterator[str]:
    """Yield `term` if the glossary is no YAML."""
    if pack.course.glossary is not None:
        try:
            pack.folder.document(pack.course.glossary)
        except ContentError:
            yield "term"
