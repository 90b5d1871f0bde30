"""The course while one of its packs is written: that pack first, and the others that its lessons may build on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from course.content.drafts.pack import DraftPack
from course.content.packs import Packs
from course.syllabus import QuestionCard

if TYPE_CHECKING:
    from course.outline import Outline, Topic
    from course.syllabus import Lesson, Term
    from labs.incidents.session import Incident
    from labs.lab import Lab
    from quiz.exams.profile import Profile
    from quiz.questions import Question


class DraftCatalog:
    """Implements `course.ports.Catalog`; the same one for as long as the program runs, with the pack as it is now."""

    warning: str | None = None

    def __init__(self, root: Path, others: Packs) -> None:
        self.others = others
        self.take(DraftPack(root, labs=self))

    def take(self, own: DraftPack) -> None:
        """Show this pack from now on, all of it at once."""
        self._now = _Packs(own, self.others)

    @property
    def own(self) -> DraftPack:
        """The pack that is written."""
        return self._now.own

    @property
    def outline(self) -> Outline:
        """The course at a glance, the pack's own parts first."""
        return self._now.outline

    def lesson(self, id: str) -> Lesson:
        """Return the lesson, one of the pack's own as far as it goes; KeyError if there is none."""
        return self._now.packs.lesson(id)

    def question_cards(self) -> tuple[QuestionCard, ...]:
        """Return a card for each question that can be read."""
        return tuple(self._now.cards())

    def has_question(self, id: str) -> bool:
        """Is there a question of this id?"""
        return id in self._now.questions or self.others.has_question(id)

    def question(self, id: str) -> Question:
        """Return the question; KeyError if there is none."""
        found = self._now.questions.get(id)
        return found[0] if found else self.others.question(id)

    def pack_of(self, question: str) -> str:
        """Return the id of the pack that a question is from; KeyError if there is none."""
        own = question in self._now.questions
        return self.own.outline.id if own else self.others.pack_of(question)

    def terms(self) -> tuple[Term, ...]:
        """Return the glossary, sorted by term."""
        return self._now.terms()

    def lab(self, id: str) -> Lab:
        """Return the lab; KeyError if there is none, a content error if its files are wrong."""
        return self._now.packs.lab(id)

    def lab_ids(self) -> tuple[str, ...]:
        """Return the labs' ids, the pack's own first."""
        return self._now.packs.lab_ids()

    def incident(self, id: str) -> Incident:
        """Return the incident; KeyError if there is none, a content error if its files are wrong."""
        return self._now.packs.incident(id)

    def incident_ids(self) -> tuple[str, ...]:
        """Return the incidents' ids, the pack's own first."""
        return self._now.packs.incident_ids()

    def exam(self, id: str) -> Profile:
        """Return the exam; KeyError if there is none, a content error if its file is wrong."""
        return self._now.packs.exam(id)

    def exam_ids(self) -> tuple[str, ...]:
        """Return the exams' ids."""
        return self._now.packs.exam_ids()


class _Packs:
    """All packs as they are at a moment."""

    def __init__(self, own: DraftPack, others: Packs) -> None:
        self.own = own
        self.others = others
        self.packs = Packs((own, *others.packs))
        self._questions: dict[str, tuple[Question, str]] | None = None

    @cached_property
    def outline(self) -> Outline:
        """Each lesson where it stands first: an id that is taken is told, and the screens have one row for it."""
        whole = self.packs.outline
        first: dict[str, Topic] = {}
        for topic in whole.topics:
            first.setdefault(topic.id, topic)
        rows = {id(topic) for topic in first.values()}
        parts = (replace(each, topics=tuple(t for t in each.topics if id(t) in rows)) for each in whole.parts)
        return replace(whole, parts=tuple(parts), terms=tuple(dict.fromkeys(whole.terms)))

    def terms(self) -> tuple[Term, ...]:
        """Return the glossary; of terms that share an id the pack's own."""
        first: dict[str, Term] = {}
        for term in (term for pack in self.packs.packs for term in pack.terms()):
            first.setdefault(term.id, term)
        return tuple(sorted(first.values(), key=lambda term: term.term.casefold()))

    @property
    def questions(self) -> dict[str, tuple[Question, str]]:
        """The pack's own questions by id, each with its lesson."""
        if self._questions is None:
            found: dict[str, tuple[Question, str]] = {}
            for id in self.own.course.lessons:
                for question in self.own.lesson(id).bank:
                    found.setdefault(question.id, (question, id))
            self._questions = found
        return self._questions

    def cards(self) -> Iterator[QuestionCard]:
        """Yield the card of each question."""
        for question, lesson in self.questions.values():
            yield QuestionCard.of(question, lesson)
        yield from (card for card in self.others.question_cards() if card.id not in self.questions)
