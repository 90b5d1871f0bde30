"""The answers of a class: of submissions, and of histories that `mlcourse progress export` has written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from course.classes.folder import Unread, files
from course.classes.submission import FORM, NotASubmission, read
from course.errors import one_line
from course.history import Event
from course.learning.responses import responses
from course.store import exchange
from quiz.items.response import Response

WRONG_KIND = "it is neither a submission nor an exported history"


@dataclass(frozen=True, slots=True)
class Class:
    """What a folder holds."""

    learners: int
    responses: tuple[Response, ...]
    """Each once, also if several files of a learner hold it. Learners are numbered: names have no part in it."""
    unread: tuple[Unread, ...]


def read_class(place: Path) -> Class:
    """Read all files of a folder, or one file; NoFolder if there is neither.

    Files of one name of a learner are one learner's. An exported history tells no name: each is somebody else's.
    """
    found: dict[tuple[object, ...], Response] = {}
    numbers: dict[str, str] = {}
    unread: list[Unread] = []
    for path in files(place):
        try:
            learner, events = _history(path)
        except _Unreadable as error:
            unread.append(Unread(one_line(path.name), str(error)))
            continue
        number = numbers.setdefault(learner, str(len(numbers) + 1))
        found |= _once(replace(each, learner=number) for each in responses(learner, events))
    return Class(len(numbers), tuple(found.values()), tuple(unread))


class _Unreadable(Exception):
    """Neither of the two; `str` says why."""


def _history(path: Path) -> tuple[str, Iterable[Event]]:
    """Return whose history a file holds, and its events."""
    try:
        given = read(path)
        return f"name {given.learner.casefold()}", given.events
    except NotASubmission as error:
        if error.why != FORM.alien:
            raise _Unreadable(error.why) from None
    try:
        return f"file {path.name}", exchange.read(path)
    except exchange.NotImported as error:
        raise _Unreadable(WRONG_KIND if error.why == exchange.ALIEN else error.why) from None


def _once(those: Iterable[Response]) -> dict[tuple[object, ...], Response]:
    return {(each.learner, each.item, each.at, each.tries): each for each in those}


def unknown(those: Iterable[Response], known: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield the questions that no pack has, each with how many learners answered it: the most first."""
    there = frozenset(known)
    by: dict[str, set[str]] = {}
    for each in those:
        if each.item not in there:
            by.setdefault(each.item, set()).add(each.learner)
    yield from sorted(((id, len(learners)) for id, learners in by.items()), key=lambda pair: (-pair[1], pair[0]))
