"""What is remembered of each item, and what is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from math import ceil
from typing import TYPE_CHECKING

from course.history import Event
from course.learning.exposures import Exposure, Try, goals, tries
from course.learning.items import Item, Kind, item_named
from course.progress import is_raised
from quiz.mastery.calibration import Scores, scored
from quiz.mastery.posterior import Evidence
from quiz.memory.scheduling import due_at, retrievability, reviewed

if TYPE_CHECKING:
    from course.outline import Outline
    from course.syllabus import QuestionCard
    from quiz.memory.scheduling import Memory

SECONDS: Mapping[Kind, int] = {"question": 30, "term": 15, "goal": 300}
"""What an item takes: to read and answer, to recall and turn over, to mend a plan and see it graded."""


@dataclass(frozen=True, slots=True)
class Studied:
    """What is known of one item that was asked."""

    memory: Memory
    before: Memory | None
    """The memory before the latest exposure, which a further try rates anew."""
    seen: int
    """How many times it was asked."""
    first: Exposure
    latest: Exposure
    right: bool
    """Was the last answer right, at whatever try?"""
    lesson: str = ""
    """The id of the lesson that a question was answered in, as its last event says."""
    revision: int = 0
    """The highest that was asked, of the question or the goal's lab; 0: not written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviews:
    """All that was asked."""

    studied: Mapping[Item, Studied] = field(default_factory=dict)
    missed: Mapping[str, datetime] = field(default_factory=dict)
    """Labs with a goal that was missed at a grade, and when that last was."""
    scores: Scores = Scores()
    """What was predicted before each answer, and what came."""
    called: Mapping[Item, datetime] = field(default_factory=dict)
    """Questions that a missed goal makes due, and since when."""

    def current(self, raised: Mapping[str, int]) -> Reviews:
        """Return what still counts where revisions have gone up: the names are those of `course.counting.raised_in`."""
        old = {item for item, each in self.studied.items() if is_raised(each.revision, raised.get(_of(item), 1))}
        if not old:
            return self
        missed = {lab: at for lab, at in self.missed.items() if not any(_of(item) == f"lab:{lab}" for item in old)}
        studied = {item: each for item, each in self.studied.items() if item not in old}
        return replace(self, studied=studied, missed=missed)

    @property
    def memories(self) -> Mapping[Item, Memory]:
        """What is remembered of each item."""
        return {item: each.memory for item, each in self.studied.items()}

    @property
    def seen(self) -> Mapping[Item, int]:
        """How many times each item was asked."""
        return {item: each.seen for item, each in self.studied.items()}


def reviews_of(
    events: Iterable[Event], cards: Iterable[QuestionCard] = (), labs: Mapping[str, str] | None = None
) -> Reviews:
    """Fold the history; `labs` gives the lesson of each lab (`lessons_of_labs`), whose missed goals make the lesson's
    questions due: those of the cards, and those that were answered in it."""
    return continued(Reviews(), events, cards, labs)


def continued(
    before: Reviews,
    events: Iterable[Event],
    cards: Iterable[QuestionCard] = (),
    labs: Mapping[str, str] | None = None,
) -> Reviews:
    """Return the reviews after more events, however they are cut into pieces."""
    studied, missed, said = dict(before.studied), dict(before.missed), list[tuple[float, bool]]()
    lessons = _Lessons(studied)
    for event in events:
        if event.kind == "reset":
            _forget(event.subject, studied, missed)
            lessons = _Lessons(studied)
            continue
        for each in tries(event):
            so_far = studied.get(each.item)
            if so_far is not None and is_raised(so_far.revision, each.revision):
                so_far = None
            if so_far is not None and so_far.latest.goes_on(each):
                studied[each.item] = _tried_again(so_far, each)
                continue
            if each.item.kind != "goal":
                said.append((_expected(so_far, each, lessons), each.right))
            known, studied[each.item] = each.item in studied, (now := _asked(so_far, each))
            if so_far is None and known:
                lessons = _Lessons(studied)
            elif so_far is None:
                lessons.add(each.item, now.lesson)
            elif now.lesson != so_far.lesson:
                lessons = _Lessons(studied)
        if event.kind == "lab-graded" and not all(goals(event).values()):
            missed[event.subject] = event.at
    return Reviews(
        studied=studied,
        missed=missed,
        scores=scored(before.scores, said),
        called=_called(studied, missed, cards, labs or {}),
    )


def due_times(reviews: Reviews, now: datetime, exam: date | None = None) -> Mapping[Item, datetime]:
    """Return when each item is due, in the time zone of `now`; `exam` as in `quiz.memory.scheduling.due_at`."""
    times = {item: due_at(each.memory, exam, now) for item, each in reviews.studied.items()}
    for item, since in reviews.called.items():
        times[item] = min(times.get(item, since), since)
    return times


def due(reviews: Reviews, now: datetime, exam: date | None = None) -> tuple[Item, ...]:
    """Return what is due, the longest due first."""
    waiting = [(at, item.name, item) for item, at in due_times(reviews, now, exam).items() if at <= now]
    return tuple(item for _, _, item in sorted(waiting))


def minutes_for(items: Iterable[Item]) -> int:
    """Return about how many minutes it takes to go through items."""
    return ceil(sum(SECONDS[item.kind] for item in items) / 60)


def lessons_of_labs(outline: Outline) -> Mapping[str, str]:
    """Return the id of each lab's lesson."""
    return {lab: topic.id for topic in outline.topics for lab in topic.labs}


def evidence(studied: Sequence[Studied], at: datetime) -> Evidence:
    """Return what questions tell of what they have in common: their first answers, and what is remembered since."""
    kept = [retrievability(each.memory, at) for each in studied if each.right]
    right = sum(each.first.right for each in studied)
    return Evidence(right, len(studied), sum(kept) / len(kept) if kept else 1.0)


class _Lessons:
    """The questions that were answered in each lesson, listed when they are first asked for."""

    def __init__(self, studied: Mapping[Item, Studied]) -> None:
        self._studied = studied
        self._listed: dict[str, list[Item]] | None = None

    def of(self, lesson: str) -> list[Studied]:
        """Return what is known of a lesson's questions."""
        if self._listed is None:
            self._listed = {}
            for item, each in self._studied.items():
                self.add(item, each.lesson)
        return [self._studied[item] for item in self._listed.get(lesson, ())]

    def add(self, item: Item, lesson: str) -> None:
        """Take in what was asked for the first time, if it is a question."""
        if self._listed is not None and item.kind == "question":
            self._listed.setdefault(lesson, []).append(item)


def _expected(so_far: Studied | None, now: Try, lessons: _Lessons) -> float:
    """Return the probability of a right answer, as it is believed before that.

    A new question is judged by its lesson, which the event names: which objectives it serves may be edited later.
    """
    if so_far is not None:
        return retrievability(so_far.memory, now.at)
    return evidence(lessons.of(now.lesson), now.at).mean


def _asked(so_far: Studied | None, now: Try) -> Studied:
    exposure = Exposure(now.at, now.rating, now.right, now.session)
    before = so_far.memory if so_far else None
    return Studied(
        memory=reviewed(before, now.rating, now.at),
        before=before,
        seen=so_far.seen + 1 if so_far else 1,
        first=so_far.first if so_far else exposure,
        latest=exposure,
        right=now.correct,
        lesson=now.lesson or (so_far.lesson if so_far else ""),
        revision=max(now.revision, so_far.revision if so_far else 0),
    )


def _of(item: Item) -> str:
    """Return the name of what has a revision: the question itself, or the lab of a goal."""
    return f"lab:{item.id.partition('/')[0]}" if item.kind == "goal" else item.name


def _tried_again(so_far: Studied, now: Try) -> Studied:
    """Return the same after a further try: what was wrong and comes right is rated hard."""
    latest, memory = so_far.latest, so_far.memory
    if latest.rating == "again" != now.rating:
        latest = replace(latest, rating="hard")
        memory = reviewed(so_far.before, "hard", latest.at)
    first = latest if so_far.seen == 1 else so_far.first
    return replace(so_far, memory=memory, first=first, latest=latest, right=now.correct)


def _forget(what: str, studied: dict[Item, Studied], missed: dict[str, datetime]) -> None:
    """Take away what was learned about something; `course.learning.resets` says what can be forgotten."""
    kind, _, id = what.partition(":")
    if what == "all":
        studied.clear()
        missed.clear()
    elif kind == "lesson":
        for item in [item for item, each in studied.items() if each.lesson == id and id]:
            del studied[item]
    elif kind == "lab":
        missed.pop(id, None)
        for item in [item for item in studied if item.kind == "goal" and item.id.startswith(f"{id}/")]:
            del studied[item]
    elif asked := item_named(what):
        studied.pop(asked, None)


def _called(
    studied: Mapping[Item, Studied],
    missed: Mapping[str, datetime],
    cards: Iterable[QuestionCard],
    labs: Mapping[str, str],
) -> Mapping[Item, datetime]:
    """Return the questions of the lessons of labs with a missed goal that were not asked since."""
    since: dict[str, datetime] = {}
    for lab, at in missed.items():
        if lab in labs:
            since[labs[lab]] = max(since.get(labs[lab], at), at)
    if not since:
        return {}
    lessons = {Item("question", card.id): card.lesson for card in cards if card.lesson in since}
    lessons |= {item: each.lesson for item, each in studied.items() if each.lesson in since}
    return {
        item: since[lesson]
        for item, lesson in lessons.items()
        if item not in studied or studied[item].latest.at < since[lesson]
    }
