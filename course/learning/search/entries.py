"""All that can be found: pages, terms, questions that were seen, labs, incidents, bookmarks and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from course import steps
from course.counting import current
from course.errors import CourseError
from course.folds.progress import PROGRESS
from course.learning.marks import MARKS, Marks, Spot, page, spot_named
from course.syllabus import Checkpoint, Prose, Reading
from quiz.presentation import open_stem, posed

if TYPE_CHECKING:
    from course.outline import Outline
    from course.ports import Journal
    from course.progress import Progress, QuestionProgress
    from course.syllabus import Lesson, Term
    from labs.incidents.session import Incident
    from labs.lab import Lab
    from quiz.questions import Question

Kind = Literal["note", "bookmark", "page", "term", "question", "lab", "incident"]

_MARKS = re.compile(r"[`*#|]+|-{3,}|^>", re.MULTILINE)
"""What Markdown writes and nobody reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that can be found."""

    kind: Kind
    title: str
    text: str
    place: str
    """Where it is, by the name that bookmarks have; `incident:ID` for incidents."""


class Course(Protocol):
    """A catalog, as far as it is searched."""

    @property
    def outline(self) -> Outline:
        """The course at a glance."""

    def lesson(self, id: str) -> Lesson:
        """Return the lesson; KeyError or CourseError if there is none."""

    def question(self, id: str) -> Question:
        """Return the question; KeyError or CourseError if there is none."""

    def terms(self) -> tuple[Term, ...]:
        """Return the glossary."""

    def lab(self, id: str) -> Lab:
        """Return the lab; KeyError or CourseError if there is none."""

    def lab_ids(self) -> tuple[str, ...]:
        """Return the labs' ids."""

    def incident(self, id: str) -> Incident:
        """Return the incident; KeyError or CourseError if there is none."""

    def incident_ids(self) -> tuple[str, ...]:
        """Return the incidents' ids."""


def entries(catalog: Course, journal: Journal) -> Iterator[Entry]:
    """Yield what the learner can find now but the exercises; what cannot be read of the course is left out.

    Of a question the stem is there once it was seen, the explanation once it was answered: searching never gives away
    what was not tried.
    """
    progress, marks = current(journal.folded(PROGRESS), catalog.outline), journal.folded(MARKS)
    titles: dict[str, str] = {}
    found: list[Entry] = []
    for topic in catalog.outline.topics:
        try:
            lesson = catalog.lesson(topic.id)
        except (KeyError, CourseError):
            continue
        found += _of_lesson(lesson, progress, titles)
    found += _practised(catalog, progress, titles)
    terms = catalog.terms()
    titles |= {f"term:{term.id}": term.term for term in terms}
    titles |= {f"lab:{id}": catalog.outline.title_of("lab", id) for id in catalog.lab_ids()}
    yield from of_marks(marks, titles)
    yield from found
    for term in terms:
        yield Entry(kind="term", title=term.term, text=f"{term.definition} {term.example}", place=f"term:{term.id}")


def of_marks(marks: Marks, titles: Mapping[str, str]) -> Iterator[Entry]:
    """Yield notes and bookmarks, the newest first; `titles` names their places, as far as they are still there."""
    for place, text in reversed(list(marks.notes.items())):
        if spot := spot_named(place):
            yield Entry(kind="note", title=titled(spot, place, titles), text=text, place=place)
    for place in sorted(marks.on, key=lambda place: marks.on[place], reverse=True):
        if spot := spot_named(place):
            yield Entry(kind="bookmark", title=titled(spot, place, titles), text="", place=place)


def titled(spot: Spot, place: str, titles: Mapping[str, str]) -> str:
    """Return what a place is called."""
    if spot.kind == "run":
        return f"{titles.get(f'lab:{spot.id}', spot.id)}, a run with seed {spot.seed}"
    return titles.get(place, spot.id)


def _of_lesson(lesson: Lesson, progress: Progress, titles: dict[str, str]) -> Iterator[Entry]:
    read = progress.lessons.get(lesson.id)
    known = read is not None and (read.marks or read.of == len(lesson.steps))
    seen = set(read.among(steps.marks(lesson)).seen) if read and known else set()
    numbered = enumerate(lesson.steps)
    shown = {step.question.id for index, step in numbered if isinstance(step, Checkpoint) and index in seen}
    for index, step in enumerate(lesson.steps):
        place = page(lesson.id, index)
        titles[place] = f"{lesson.title}: {step.title}"
        if isinstance(step, Reading):
            text = " ".join(each.markdown if isinstance(each, Prose) else each.title for each in step.blocks)
            yield Entry(kind="page", title=titles[place], text=_MARKS.sub(" ", text), place=place)
    for question in lesson.questions:
        place = f"question:{question.id}"
        if place in titles:
            continue  # it stands in an earlier lesson, too
        titles[place] = f"{lesson.title}: a question"
        if question.id in progress.questions:
            yield _tried(question, progress.questions[question.id], titles[place])
        elif question.id in shown:
            stem = _MARKS.sub(" ", open_stem(question))
            yield Entry(kind="question", title=titles[place], text=stem, place=place)


def _practised(catalog: Course, progress: Progress, titles: dict[str, str]) -> Iterator[Entry]:
    """Yield the questions that were answered and stand on no page."""
    for id, so_far in progress.questions.items():
        if f"question:{id}" not in titles:
            with suppress(KeyError, CourseError):
                question = catalog.question(id)
                titles[f"question:{id}"] = "A question for practice"
                yield _tried(question, so_far, titles[f"question:{id}"])


def _tried(question: Question, so_far: QuestionProgress, title: str) -> Entry:
    """Return a question that was answered, with the figures that it had then."""
    asked = posed(question, so_far.last_seed or 0)
    scenario = asked.case.stem if asked.case else ""
    text = _MARKS.sub(" ", f"{scenario} {asked.stem} {asked.explain}".strip())
    return Entry(kind="question", title=title, text=text, place=f"question:{question.id}")


def exercises(catalog: Course) -> Iterator[Entry]:
    """Yield labs and incidents by their titles and briefs; reading all of them takes seconds. What a brief does not
    tell, such as the releases, is not given away."""
    for id in catalog.lab_ids():
        with suppress(KeyError, CourseError):
            lab = catalog.lab(id)
            yield Entry(kind="lab", title=lab.title, text=_MARKS.sub(" ", lab.brief), place=f"lab:{id}")
    for id in catalog.incident_ids():
        with suppress(KeyError, CourseError):
            incident = catalog.incident(id)
            text = _MARKS.sub(" ", incident.brief)
            yield Entry(kind="incident", title=incident.title, text=text, place=f"incident:{id}")
