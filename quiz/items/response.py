"""An answer of a learner to a question, as it enters the statistics; and which of them tell something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from quiz.questions import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer, at whatever try."""

    item: str
    """The question's id."""
    learner: str
    revision: int = 0
    """Of the question; 0: not written down."""
    seed: int | None = None
    """Which figures and which order it was asked with; None: not written down."""
    correct: bool
    answer: Answer | None = None
    """None: it is none that could be shown."""
    hints: int = 0
    """Taken before it."""
    tries: int = 1
    """Which one it was, since the question was asked."""
    seconds: float | None = None
    """From the question to the answer; None: not written down."""
    confidence: str = ""
    """What the learner said before: guess, unsure or sure."""
    at: datetime

    @property
    def right(self) -> bool:
        """Was it right at the first try and without a hint?"""
        return self.correct and self.tries <= 1 and self.hints == 0


First = Mapping[str, Mapping[str, Response]]
"""By item and learner."""


def first_ones(responses: Iterable[Response]) -> First:
    """Return the first answer of each learner to each item: later ones tell what was learned since.

    Of several at one moment, the one at the earliest try counts.
    """
    found: dict[str, dict[str, Response]] = {}
    for each in responses:
        of_item = found.setdefault(each.item, {})
        before = of_item.get(each.learner)
        if before is None or (each.at, each.tries) < (before.at, before.tries):
            of_item[each.learner] = each
    return found
