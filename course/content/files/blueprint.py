"""A blueprint: how many questions of which kind each lesson is to have, and how many serve what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from course.content.schema.build import build
from course.content.yaml.document import Complaints, Document, Trail
from course.content.yaml.wording import nearest, shown
from quiz.exams.profile import Profile
from quiz.questions import Level

KINDS = ("single", "multiple", "matching", "ordering", "numeric", "short-text", "case", "fix")
"""In the order of the table; a case counts as one, whatever its parts are."""
COMPUTED = "computed"
"""Counts questions of whatever kind that come with other numbers each time."""
LEVELS: tuple[str, ...] = get_args(Level)

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """What a course is to have."""

    lessons: Mapping[str, Counts] = field(default_factory=dict)
    """By lesson: how many of each kind, and how many of them are computed."""
    levels: Counts = field(default_factory=dict)
    """How many questions ask for what."""
    objectives: Mapping[str, Counts] = field(default_factory=dict)
    """By exam and objective: how many questions serve it at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlueprintFile(Blueprint):
    """The file that `blueprint` of `course.yaml` names."""

    format: Literal[1]


def read_blueprint(document: Document, exams: Mapping[str, Profile]) -> Blueprint:
    """Return the blueprint of a file; ContentError with all that is wrong with it, also by what `exams` ask for."""
    complaints = Complaints(document)
    file = build(BlueprintFile, document.data, complaints)
    if file is not None:
        for trail, say in _mistakes(file, exams):
            complaints.at_key(trail, say)
    read = complaints.settle(file)
    return Blueprint(lessons=read.lessons, levels=read.levels, objectives=read.objectives)


def _mistakes(file: Blueprint, exams: Mapping[str, Profile]) -> Iterator[tuple[Trail, str]]:
    for lesson, counts in file.lessons.items():
        yield from _unknown(("lessons", lesson), counts, (*KINDS, COMPUTED), "kind of question")
    yield from _unknown(("levels",), file.levels, LEVELS, "level")
    names = {exam.tags or exam.id for exam in exams.values()} | set(exams)
    for exam, counts in file.objectives.items():
        if exams and exam not in names:
            yield ("objectives", exam), f"there is no exam {shown(exam)}; {nearest(exam, sorted(names))}"
        profile = exams.get(exam)
        asked = [each for domain in profile.domains for each in domain.objectives] if profile else list(counts)
        known = [id for id in counts if profile and profile.listed(id)]
        yield from _unknown(("objectives", exam), counts, (*asked, *known), f"objective of {exam}")


def _unknown(trail: Trail, counts: Counts, known: tuple[str, ...], what: str) -> Iterator[tuple[Trail, str]]:
    for name, count in counts.items():
        if name not in known:
            yield (*trail, name), f"there is no {what} {shown(name)}; {nearest(name, known)}"
        elif count < 0:
            yield (*trail, name), f"{shown(name)} is {count}; give a number from 0"
