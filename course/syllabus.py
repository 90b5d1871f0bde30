"""What there is to learn, as values: the lessons and the glossary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quiz.exhibit import Block as Block
from quiz.exhibit import Plot as Plot
from quiz.exhibit import Prose as Prose

if TYPE_CHECKING:
    from labs.prediction import Part
    from quiz.questions import Level, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact comes from."""

    url: str
    """The page's address."""
    checked: str
    """ISO date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A glossary entry."""

    id: str
    """Of letters, digits and hyphens; for ever."""
    term: str
    """As it is written."""
    definition: str
    """What it means, in a sentence or two."""
    source: Source
    """Where it is defined, or for a word of our own the page that is nearest to it."""
    also: tuple[str, ...] = ()
    """Other spellings, as they may stand in a text."""
    example: str = ""
    """One that makes it clear; may be left out."""
    see: tuple[str, ...] = ()
    """Ids of related terms."""
    lesson: str = ""
    """The id of the lesson that introduces it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A page to read: one screen or two."""

    title: str
    blocks: tuple[Block, ...]
    kind: Literal["reading"] = "reading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A question to answer."""

    question: Question
    kind: Literal["checkpoint"] = "checkpoint"

    @property
    def title(self) -> str:
        """What the step is called in lists."""
        return "Checkpoint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A lab to do."""

    lab: str
    title: str
    kind: Literal["practice"] = "practice"


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCall:
    """An incident to live through."""

    incident: str
    title: str
    kind: Literal["on-call"] = "on-call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """A run of a lab's world that is foretold before it is simulated."""

    id: str
    revision: int
    title: str
    lab: str
    """The id of the lab whose world it is."""
    release: str
    """The id of one of its releases."""
    plan: str
    """The name of the plan's file."""
    plan_text: str
    seed: int
    stem: str
    asks: tuple[Part, ...]
    explain: str
    """Told afterwards, with what happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretelling:
    """A run to be predicted, and then seen."""

    prediction: Prediction
    kind: Literal["prediction"] = "prediction"

    @property
    def title(self) -> str:
        """What the step is called in lists."""
        return self.prediction.title


LessonStep = Reading | Checkpoint | Practice | OnCall | Foretelling


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A whole lesson."""

    id: str
    revision: int
    title: str
    minutes: int
    steps: tuple[LessonStep, ...]
    objectives: Mapping[str, tuple[str, ...]]
    glossary: tuple[str, ...]
    sources: tuple[Source, ...]
    practice: tuple[Question, ...] = ()
    """Questions that stand on no page: for practice, reviews and exams alone; none where only the pages were read."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Its checkpoint questions in order."""
        return tuple(step.question for step in self.steps if isinstance(step, Checkpoint))

    @property
    def bank(self) -> tuple[Question, ...]:
        """All of its questions, those of its pages first."""
        return (*self.questions, *self.practice)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCard:
    """What is known of a question without reading all of it: enough to choose which ones to ask."""

    id: str
    lesson: str
    """The id of the lesson that it belongs to."""
    kind: str
    """As in its file, such as `single`."""
    objectives: Mapping[str, tuple[str, ...]]
    """Exam objectives by exam."""
    level: Level | None
    computed: bool
    """Does it come with other numbers each time?"""
    revision: int
    case: str = ""
    """The id of the case that it is a part of; empty for a question by itself."""
    part: int = 0
    """Which part of the case, from 1."""

    @classmethod
    def of(cls, question: Question, lesson: str) -> QuestionCard:
        """Return the card of a question."""
        return cls(
            id=question.id,
            lesson=lesson,
            kind=question.kind,
            objectives=question.objectives or {},
            level=question.level,
            computed=question.computed is not None,
            revision=question.revision,
            case=question.case.id if question.case else "",
            part=question.case.place if question.case else 0,
        )
