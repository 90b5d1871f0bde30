"""The course at a glance, as values: enough for the first screen, which waits for nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A line of the outline: a lesson."""

    id: str
    title: str
    minutes: int = 0
    about: str = ""
    needs: tuple[str, ...] = ()
    """Ids of lessons that come first."""
    questions: tuple[str, ...] = ()
    """Ids of the questions on its pages."""
    predictions: tuple[str, ...] = ()
    """Ids of the runs that are predicted on its pages."""
    labs: Mapping[str, str] = field(default_factory=dict)
    """Titles of its labs by id, in learning order."""
    incidents: Mapping[str, str] = field(default_factory=dict)
    """Titles of its incidents by id, in learning order."""
    raised: Mapping[str, int] = field(default_factory=dict)
    """The revisions above 1 of the lesson and of what is on its pages, by names such as `question:canary-order`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the parts I to IV."""

    id: str
    numeral: str
    title: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The whole course."""

    id: str
    title: str
    about: str
    parts: tuple[Part, ...]
    terms: tuple[str, ...] = ()
    """Ids of the terms of the glossary."""

    @property
    def topics(self) -> tuple[Topic, ...]:
        """All topics in order."""
        return tuple(topic for part in self.parts for topic in part.topics)

    def title_of(self, kind: Literal["lab", "incident"], id: str) -> str:
        """Return the title of a lab or an incident; its id if there is none of this name."""
        listed = (topic.labs if kind == "lab" else topic.incidents for topic in self.topics)
        return next((titles[id] for titles in listed if id in titles), id)
