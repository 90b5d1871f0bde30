"""What an exam is: how many questions of which kinds, how long, from which domains, and what is enough to pass.

An exam is data and never code, for exams change. Nobody's text is copied: objectives are told in own words.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from engine.bounds import Bounded, Counted, Told, bounded
from engine.errors import Wrong

Kind = Literal["single", "multiple", "ordering", "matching", "numeric", "short-text", "fix"]
"""Of a question, as in its file."""
LESSONS = "lessons"
"""For `tags`: questions belong to the lessons that they come from, whatever exams they name."""
SCALE = (100, 1000)
"""The lowest and the highest scaled score (spec exam)."""


class Card(Protocol):
    """What an exam must know of a question to choose it; `course.syllabus.QuestionCard` is one."""

    @property
    def id(self) -> str:
        """The question's."""

    @property
    def lesson(self) -> str:
        """The id of the lesson that it comes from."""

    @property
    def kind(self) -> str:
        """As in its file."""

    @property
    def objectives(self) -> Mapping[str, tuple[str, ...]]:
        """By exam."""

    @property
    def case(self) -> str:
        """The id of the case that it is a part of; empty for a question by itself."""

    @property
    def part(self) -> int:
        """Which part of the case, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain(Bounded):
    """A part of an exam with its share of the questions."""

    id: str
    """Such as `3`."""
    title: str
    """As the exam shows it."""
    weight: int = bounded(low=1, high=100)
    """In per cent; those of all domains add up to 100."""
    objectives: Mapping[str, str] = field(default_factory=dict)
    """What it asks for, in own words, by number such as `3.3`, which holds `3.3.1` too. Empty: none is written down."""


def _no_day(text: str) -> str | None:
    try:
        right = not text or bool(re.fullmatch(_DATE, text) and date.fromisoformat(text))
    except ValueError:
        right = False
    return None if right else f"is {text[:40]!r}, which is no date; write one such as 2026-09-28"


_DATE = r"\d{4}-\d{2}-\d{2}"
_DAY = Told(_no_day, {"pattern": f"^({_DATE})?$"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """Where or in what language it can be taken, from when until when."""

    what: str
    """Such as `English`."""
    from_: str = bounded("", rule=_DAY)
    """ISO date; empty: since before this was written down."""
    until: str = bounded("", rule=_DAY)
    """ISO date of the last day; empty: no end is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the facts of an exam come from."""

    url: str
    """The page's address."""
    checked: str
    """ISO date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Bounded):
    """A practical task: a lab, graded as it is outside of exams."""

    lab: str
    """Its id."""
    domain: str
    """The id of the domain that it counts for."""
    counts: int = bounded(1, low=1, high=50)
    """For as many questions, all or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Bounded):
    """An exam; WrongValues for one that contradicts itself."""

    id: str
    """The name of the file; for ever."""
    revision: int = bounded(1, low=1)
    """Goes up when the meaning changes."""
    title: str
    """As lists show it."""
    about: str
    """What it is, in own words."""
    tags: str = ""
    """The exam under whose id questions name their objectives, or `lessons`; empty: its own."""
    questions: int = bounded(low=1, high=500)
    """How many are asked."""
    unscored: int = bounded(0, low=0)
    """So many of the questions do not count, and nobody is told which."""
    minutes: int | None = bounded(low=1, high=1440)
    """None: not published; then there are `estimated_minutes`."""
    estimated_minutes: int | None = bounded(None, low=1, high=1440)
    """What is reckoned with where no time is published."""
    pass_mark: int | None = bounded(low=SCALE[0], high=SCALE[1])
    """Scaled score that is enough; None: none is published."""
    kinds: tuple[Kind, ...] = bounded(rule=Counted(1, say="is empty, so nothing can be drawn; name one"))
    """Of questions."""
    domains: tuple[Domain, ...]
    """Their weights add up to 100."""
    tasks: tuple[Task, ...] = ()
    """Practical ones; may be left out."""
    sold: tuple[Sale, ...] = ()
    """Where it can be taken, and from when until when."""
    sources: tuple[Source, ...] = ()
    """Where its facts come from."""

    def wrongs(self) -> Iterator[Wrong]:
        """Yield also what does not go together."""
        yield from Bounded.wrongs(self)
        total = sum(domain.weight for domain in self.domains)
        if total != 100:
            yield Wrong("domains", f"have weights that add up to {total}; they must add up to 100")
        if self.unscored >= self.questions:
            yield Wrong("unscored", f"leaves none of {self.questions} questions that counts; let some count")
        if self.minutes is None and self.estimated_minutes is None:
            yield Wrong("minutes", "are not published; say in `estimated_minutes` what you reckon with")
        if self.minutes is not None and self.estimated_minutes is not None:
            yield Wrong("estimated_minutes", "are of no use where `minutes` are published; leave them out")
        for task in self.tasks:
            if self.domain(task.domain) is None:
                yield Wrong("tasks", f"name the domain {task.domain!r}, which does not exist; name one of the exam")

    @property
    def scored(self) -> int:
        """How many of the questions count."""
        return self.questions - self.unscored

    @property
    def time(self) -> int:
        """How many minutes there are, published or estimated."""
        return self.minutes or self.estimated_minutes or 0

    @property
    def expires(self) -> str:
        """The last day on which it is sold anywhere, as ISO date; empty if no end is known."""
        ends = [sale.until for sale in self.sold]
        return max(ends) if ends and all(ends) else ""

    def domain(self, id: str) -> Domain | None:
        """Return the domain of this id; None if there is none."""
        return next((domain for domain in self.domains if domain.id == id), None)

    def places(self, cards: Iterable[Card]) -> dict[str, tuple[Place, ...]]:
        """Return what each question serves here, in the order of the exam; without those that serve nothing."""
        at = {objective: Place(domain.id, objective) for domain in self.domains for objective in domain.objectives}
        order = {objective: number for number, objective in enumerate(at)}
        served: dict[str, tuple[Place, ...]] = {}
        for card in cards:
            named = (card.lesson,) if self.tags == LESSONS else card.objectives.get(self.tags or self.id, ())
            held = {_holding(each, at) for each in named} - {""}
            if held and card.kind in self.kinds:
                served[card.id] = tuple(at[each] for each in sorted(held, key=order.__getitem__))
        return served

    def listed(self, objective: str) -> str:
        """Return the objective that holds one: itself, or `3.3` for `3.3.1`; empty if the exam knows none."""
        return _holding(objective, {each for domain in self.domains for each in domain.objectives})


def _holding(objective: str, known: Container[str]) -> str:
    while objective and objective not in known:
        objective = objective.rpartition(".")[0]
    return objective


@dataclass(frozen=True, slots=True)
class Place:
    """What a question can be asked for."""

    domain: str
    objective: str
