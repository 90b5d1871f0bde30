"""The attempts at a lab, as the history keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.history import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A plan that was graded."""

    number: int
    """From 1, in the order in which they were made."""
    at: datetime
    score: float
    passed: bool
    text: str
    """The plan; empty in a history that does not tell."""


def attempts(events: Iterable[Event], lab: str) -> tuple[Attempt, ...]:
    """Return the attempts at a lab, oldest first."""
    graded = (event for event in events if event.kind == "lab-graded" and event.subject == lab)
    return tuple(
        Attempt(
            number=number,
            at=event.at,
            score=event.score("score"),
            passed=event.data.get("passed") is True,
            text=event.text("text"),
        )
        for number, event in enumerate(graded, start=1)
    )
