"""Practice and review sessions: what is asked in one, and one that was interrupted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import zip_longest
from random import Random
from typing import TYPE_CHECKING, Literal

from course.history import Event
from course.learning.exposures import tries
from course.learning.items import Item, item_named
from course.learning.reviews import Reviews, Studied, due, evidence

if TYPE_CHECKING:
    from course.syllabus import QuestionCard
    from quiz.questions import Level

Mode = Literal["practice", "review"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session as the history has it."""

    id: str
    """As its events name it; empty for a round of a lesson's questions from before there was practice."""
    title: str
    mode: Mode
    items: tuple[Item, ...]
    step: int = 0
    """Index of the item that is asked; as many as there are items: the end."""
    first_tries: Mapping[Item, bool] = field(default_factory=dict)
    """Was the first answer right, without a hint? Of those that were answered."""
    answers: Mapping[Item, tuple[Event, ...]] = field(default_factory=dict)
    """All answers of this session, by item."""
    lesson: str = ""
    """The id of the lesson whose questions these are; empty if of several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a learner wants to practise; everything that is said must hold."""

    lesson: str | None = None
    objective: str | None = None
    """`exam/objective` or the objective alone."""
    kind: str | None = None
    """As in a question's file, such as `single`."""
    level: Level | None = None
    weak: bool = False
    """Of lessons that are less well known than others."""
    wrong: bool = False
    """Wrong at the last time."""
    unseen: bool = False
    due: bool = False
    count: int | None = None
    """At most so many; None: all."""


def sessions(events: Iterable[Event]) -> tuple[Session, ...]:
    """Return all sessions, the one that was last at work last; a round that was begun anew is only the later one."""
    found: dict[str, Session] = {}
    for event in events:
        key, session = event.subject, None
        match event.kind:
            case "practice-begun":
                session = _begun(event)
            case "quiz-begun":
                key = _round(event.subject)
                session = _round_begun(event)
            case "practice-step" | "quiz-step":
                key = key if event.kind == "practice-step" else _round(key)
                if key in found:
                    session = replace(found[key], step=min(event.whole("step"), len(found[key].items)))
            case "answered" | "recalled":
                key = event.text("session") or _round(event.text("quiz"))
                if key in found:
                    session = _answered(found[key], event)
        if session is not None:
            found.pop(key, None)
            found[key] = session
    return tuple(found.values())


def interrupted(events: Iterable[Event], known: Callable[[Item], bool], lesson: str | None = None) -> Session | None:
    """Return the session last worked at that is not at its end, without what is not `known` any more.

    A session that was begun later, with the same title and mode, takes the place of an earlier one. With a lesson given
    only sessions of its questions are looked at.
    """
    open_ones: dict[tuple[str, str, str], Session] = {}
    for session in sessions(events):
        if lesson is None or session.lesson == lesson:
            key = session.title, session.mode, session.lesson
            open_ones.pop(key, None)
            open_ones[key] = session
    for session in reversed(open_ones.values()):
        left = _without_unknown(session, known)
        if left.step < len(left.items):
            return left
    return None


def chosen(
    cards: Iterable[QuestionCard],
    reviews: Reviews,
    wanted: Wanted,
    seed: int,
    *,
    now: datetime,
    exam: date | None = None,
) -> tuple[Item, ...]:
    """Return the questions that fit, lessons mixed; the same for the same seed.

    Mixed practice is remembered better than one topic after the other, though it feels harder (Rohrer and Taylor, "The
    shuffling of mathematics problems improves learning", 2007).
    """
    waiting = frozenset(due(reviews, now, exam)) if wanted.due else frozenset()
    weak = _weak_lessons(reviews, now) if wanted.weak else frozenset()
    by_lesson: dict[str, list[Item]] = {}
    for card in cards:
        item = Item("question", card.id)
        so_far = reviews.studied.get(item)
        if (
            fits(card, wanted)
            and (not wanted.due or item in waiting)
            and (not wanted.weak or card.lesson in weak)
            and (not wanted.wrong or (so_far is not None and not so_far.right))
            and (not wanted.unseen or so_far is None)
        ):
            by_lesson.setdefault(card.lesson, []).append(item)
    return tuple(_mixed(list(by_lesson.values()), Random(seed)))[: wanted.count]


def fits(card: QuestionCard, wanted: Wanted) -> bool:
    """Is it what is wanted, whatever became of it?"""
    served = {name for exam, each in card.objectives.items() for one in each for name in (one, f"{exam}/{one}")}
    return (
        wanted.lesson in (None, card.lesson)
        and (wanted.objective is None or wanted.objective in served)
        and wanted.kind in (None, card.kind)
        and wanted.level in (None, card.level)
    )


def _mixed(groups: list[list[Item]], random: Random) -> Iterator[Item]:
    """Yield all items in turns, one of each group as long as it has any."""
    for group in groups:
        random.shuffle(group)
    random.shuffle(groups)
    for turn in zip_longest(*groups):
        yield from (item for item in turn if item is not None)


def _weak_lessons(reviews: Reviews, now: datetime) -> frozenset[str]:
    """Return the lessons that are known less well than all together; all that were begun if none is."""
    by_lesson: dict[str, list[Studied]] = {}
    for item, each in reviews.studied.items():
        if item.kind == "question":
            by_lesson.setdefault(each.lesson, []).append(each)
    means = {lesson: evidence(each, now).mean for lesson, each in by_lesson.items()}
    together = evidence([each for group in by_lesson.values() for each in group], now).mean
    return frozenset(lesson for lesson, mean in means.items() if mean < together) or frozenset(means)


def _begun(event: Event) -> Session:
    named = event.data.get("items")
    items = (item_named(name) for name in named if isinstance(name, str)) if isinstance(named, list | tuple) else ()
    return Session(
        id=event.subject,
        title=event.text("title"),
        mode="review" if event.text("mode") == "review" else "practice",
        items=tuple(dict.fromkeys(item for item in items if item is not None)),
        lesson=event.text("lesson"),
    )


def _round(lesson: str) -> str:
    """Return what a round of a lesson's questions is called here: no session's id begins so."""
    return f"quiz:{lesson}"


def _round_begun(event: Event) -> Session:
    """Return a round from before there was practice; its lesson's title is not known here."""
    named = event.data.get("questions")
    ids = (id for id in named if isinstance(id, str) and id) if isinstance(named, list | tuple) else ()
    items = tuple(Item("question", id) for id in dict.fromkeys(ids))
    return Session(id="", title="", mode="practice", items=items, lesson=event.subject)


def _answered(session: Session, event: Event) -> Session:
    [each, *_] = [*tries(event), None]
    if each is None or each.item not in session.items:
        return session
    first_tries = {each.item: each.right} | dict(session.first_tries)
    answers = {**session.answers, each.item: (*session.answers.get(each.item, ()), event)}
    return replace(session, first_tries=first_tries, answers=answers)


def _without_unknown(session: Session, known: Callable[[Item], bool]) -> Session:
    """Return the same at the same item, without those that the course no longer has."""
    items = tuple(filter(known, session.items))
    return replace(session, items=items, step=sum(map(known, session.items[: session.step])))
