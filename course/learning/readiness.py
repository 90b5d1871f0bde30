"""Is the learner ready for an exam? And were such predictions right until now?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from course.history import Event
from course.learning.items import Item
from course.learning.reviews import Reviews, evidence, reviews_of
from quiz.mastery.calibration import Bin
from quiz.mastery.passing import Part, passing, shared_out

if TYPE_CHECKING:
    from course.syllabus import QuestionCard

LOWEST, HIGHEST, USUAL_MARK = 100, 1000, 720
"""The scale of AWS's associate exams, and the mark that passes them; one that publishes none is taken to be like them
(spec exam)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How likely an exam would be passed today."""

    profile: str
    p_pass: float
    low: float
    high: float
    """90 % of what is likely lies between low and high."""
    share_low: float
    share_high: float
    """The same of the share of right answers that is to be expected."""
    enough: bool
    """Does the evidence suffice? If not, no number should be shown."""
    why: str
    """What is missing, or what the estimate rests on: a sentence."""


class Domain(Protocol):
    """A part of an exam, as `quiz.exams.profile` has it."""

    @property
    def id(self) -> str:
        """Its name in data."""

    @property
    def title(self) -> str:
        """Its name for people."""

    @property
    def weight(self) -> int:
        """Its share of the scored questions, in per cent."""


class Place(Protocol):
    """What a question can be asked for, as `quiz.exams.profile` has it."""

    @property
    def domain(self) -> str:
        """The id of the domain."""


class Profile(Protocol):
    """An exam, as `quiz.exams.profile` has it."""

    @property
    def id(self) -> str:
        """Its name in data."""

    @property
    def questions(self) -> int:
        """How many it has, the unscored ones among them."""

    @property
    def unscored(self) -> int:
        """How many do not count."""

    @property
    def pass_mark(self) -> int | None:
        """On the scale from 100 to 1000; None where none is published."""

    @property
    def domains(self) -> Sequence[Domain]:
        """Its parts."""

    def places(self, cards: Iterable[QuestionCard]) -> Mapping[str, Sequence[Place]]:
        """Return what each question serves here; without those that serve nothing."""


def readiness(profile: Profile, cards: Iterable[QuestionCard], reviews: Reviews, now: datetime) -> Readiness:
    """Return how likely an exam of a profile would be passed now.

    The evidence suffices when every domain has at least as many first answers as an exam asks scored questions of it:
    then it is less in doubt what the learner knows than what a day's luck makes of it, for k answers leave about the
    variance in a share that k questions bring into it.
    """
    scored = profile.questions - profile.unscored
    asked = shared_out([domain.weight for domain in profile.domains], scored)
    items: dict[str, list[Item]] = {domain.id: [] for domain in profile.domains}
    for id, places in profile.places(cards).items():
        for domain in dict.fromkeys(place.domain for place in places):
            items[domain].append(Item("question", id))
    found = [
        evidence([reviews.studied[each] for each in group if each in reviews.studied], now) for group in items.values()
    ]
    parts = [Part(domain.weight, each) for domain, each in zip(profile.domains, found, strict=True)]
    share = pass_share(profile)
    estimate = passing(parts, scored, share)
    answers = [each.of for each in found]
    why = _missing([domain.title for domain in profile.domains], asked, [len(each) for each in items.values()], answers)
    return Readiness(
        profile=profile.id,
        p_pass=estimate.p,
        low=estimate.low,
        high=estimate.high,
        share_low=estimate.share_low,
        share_high=estimate.share_high,
        enough=not why,
        why=why
        or f"It rests on {sum(answers)} first answers, and takes {share:.1%} right for what passes: an estimate.",
    )


def pass_share(profile: Profile) -> float:
    """Return the share of right answers that is taken for the mark; how AWS scales them is not public (spec exam)."""
    mark = USUAL_MARK if profile.pass_mark is None else profile.pass_mark
    return (mark - LOWEST) / (HIGHEST - LOWEST)


def calibration(events: Iterable[Event]) -> tuple[Bin, ...]:
    """Return what was predicted before each answer, in bins, beside what came of it; `Reviews.scores` has the same."""
    return reviews_of(events).scores.bins


def brier(events: Iterable[Event]) -> float | None:
    """Return the Brier score of the predictions, the mean of squared errors; None while there are none."""
    return reviews_of(events).scores.brier


def _missing(titles: Sequence[str], asked: Sequence[int], there: Sequence[int], answered: Sequence[int]) -> str:
    """Return a sentence about the first answers that are missing; empty if none are."""
    said = []
    for title, least, questions, answers in zip(titles, asked, there, answered, strict=True):
        if questions < least:
            said.append(f"the course has {questions} of {least} about {title}")
        elif answers < least:
            said.append(f"{least - answers} more about {title}")
    return f"First answers are missing: {'; '.join(said)}." if said else ""
