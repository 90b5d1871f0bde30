"""What there is to learn, as values: the outline, the lessons, the glossary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from quiz.questions import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A glossary entry."""

    id: str
    term: str
    definition: str
    example: str = ""
    see: tuple[str, ...] = ()
    """Ids of related terms."""
    lesson: str = ""
    """The id of the lesson that introduces it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A line of the outline: a lesson that is there, or a topic that is coming."""

    id: str
    title: str
    minutes: int = 0
    about: str = ""
    needs: tuple[str, ...] = ()
    """Ids of lessons that come first."""
    available: bool = False
    """False: announced in the outline, not written yet; shown as locked."""
    labs: Mapping[str, str] = field(default_factory=dict)
    """Titles of its labs by id, in learning order."""
    incidents: Mapping[str, str] = field(default_factory=dict)
    """Titles of its incidents by id, in learning order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the parts I to IV."""

    id: str
    numeral: str
    title: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The course at a glance: cheap to load, enough for the first screen."""

    id: str
    title: str
    about: str
    parts: tuple[Part, ...]

    @property
    def topics(self) -> tuple[Topic, ...]:
        """All topics in order."""
        return tuple(topic for part in self.parts for topic in part.topics)

    def title_of(self, kind: Literal["lab", "incident"], id: str) -> str:
        """Return the title of a lab or an incident; its id if there is none of this name."""
        listed = (topic.labs if kind == "lab" else topic.incidents for topic in self.topics)
        return next((titles[id] for titles in listed if id in titles), id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Markdown."""

    markdown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Lines over time, drawn in the terminal."""

    title: str
    x: str
    y: str
    series: Mapping[str, tuple[tuple[float, float], ...]]
    """Points of each line; `blue` and `green` are drawn in their colours."""
    steps: bool = False
    """Hold each value until the next point instead of a straight line."""


Block = Prose | Plot


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


LessonStep = Reading | Checkpoint | Practice | OnCall


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact of a lesson comes from."""

    url: str
    checked: str
    """ISO date."""


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

    @property
    def questions(self) -> tuple[Question, ...]:
        """Its checkpoint questions in order."""
        return tuple(step.question for step in self.steps if isinstance(step, Checkpoint))
