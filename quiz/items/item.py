"""What is known of one item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quiz.exams.score import Share
from quiz.items.drawn import Drawn
from quiz.items.found import Found

Severity = Literal[3, 2, 1]
"""3: the item is probably wrong; 2: it should be looked at; 1: worth a thought."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an item is suspicious."""

    what: str
    """A word for programs, such as `key`."""
    severity: Severity
    say: str


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of first answers for which they were written down."""

    count: int
    first_quartile: float
    median: float
    third_quartile: float


@dataclass(frozen=True, slots=True)
class Revision:
    """First answers to one revision of an item."""

    revision: int
    first: Share


@dataclass(frozen=True, slots=True)
class SeedRange:
    """First answers to a computed item under some of its seeds."""

    low: int
    high: int
    """Included."""
    first: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatistics:
    """What the answers to one item say. Figures of first answers are of the revision that is current."""

    item: str
    kind: str
    revision: int
    """The one that the figures are about: the question's own, if it was answered."""
    answers: int
    """All of them, at whatever try and of whatever revision."""
    first: Share
    """How many first answers there are, and how many were right at the first try and without a hint. The share is the
    item's difficulty, or rather its ease (p in the literature), with Wilson's 95 % interval."""
    discrimination: Found
    """The corrected item-rest correlation."""
    upper_lower: Found
    """The same as a difference of shares."""
    times: Times | None
    """None: nobody's was written down."""
    hints: float
    """Taken per first answer."""
    hinted: float
    """The share of first answers before which one was taken."""
    drawn: tuple[Drawn, ...]
    revisions: tuple[Revision, ...]
    """Ascending; one where there was only one."""
    changed: str
    """What the newest revision did to the difficulty, in words; empty if there was only one."""
    seeds: tuple[SeedRange, ...]
    """Of a computed item with enough answers."""
    reported: int = 0
    """How many reports of learners there are."""
    reasons: tuple[Reason, ...] = ()
    """Why it is suspicious, the worst first."""

    @property
    def severity(self) -> int:
        """Of the worst reason; 0 if there is none."""
        return max((reason.severity for reason in self.reasons), default=0)
