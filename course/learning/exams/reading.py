"""A sitting from its events, read forgivingly: they may stem from an older or a newer program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from course.folds.exams import LONGEST_MINUTES
from course.history import Event
from course.learning.exams.sitting import Ended, Sitting, TaskSet
from quiz.exams.draw import Drawn
from quiz.questions import Answer


def read_begun(event: Event) -> Sitting | None:
    """Return the sitting as it began; None where an event does not tell enough."""
    data = event.data
    drawn = tuple(_drawn(data))
    tasks = tuple(_tasks(data))
    if not event.text("profile") or not 1 <= event.whole("minutes") <= LONGEST_MINUTES or not (drawn or tasks):
        return None
    mark = event.whole("pass_mark")
    return Sitting(
        id=event.subject,
        profile=event.text("profile"),
        revision=event.whole("revision"),
        seed=event.whole("seed"),
        begun=event.at,
        minutes=event.whole("minutes"),
        drawn=drawn,
        tasks=tasks,
        missing=_numbers(data.get("missing")),
        pass_mark=mark or None,
        revisions=_numbers(data.get("revisions")),
        seen=event.at,
    )


def _drawn(data: Mapping[str, Any]) -> Iterable[Drawn]:
    """Yield the questions; what is not told of them is not known, and they count."""
    ids = dict.fromkeys(each for each in listed(data.get("questions")) if isinstance(each, str))
    places = data.get("places")
    known = places if isinstance(places, Mapping) else {}
    unscored = listed(data.get("unscored"))
    for id in ids:
        place = [each for each in listed(known.get(id)) if isinstance(each, str)]
        domain, objective = place if len(place) == 2 else ("", "")
        yield Drawn(id, domain, objective, id not in unscored)


def _tasks(data: Mapping[str, Any]) -> Iterable[TaskSet]:
    domains, counts = data.get("task_domains"), _numbers(data.get("task_counts"))
    known = domains if isinstance(domains, Mapping) else {}
    for lab in dict.fromkeys(each for each in listed(data.get("tasks")) if isinstance(each, str)):
        yield TaskSet(lab=lab, domain=str(known.get(lab, "")), counts=max(counts.get(lab, 1), 1))


def read_ended(event: Event) -> Ended:
    """Return how a sitting ended."""
    return Ended(
        at=event.at,
        why="time" if event.text("why") == "time" else "handed-in",
        right=_truths(event.data.get("right")),
        tasks=_truths(event.data.get("tasks")),
        gone=frozenset(each for each in listed(event.data.get("gone")) if isinstance(each, str)),
        revisions=_numbers(event.data.get("revisions")),
        unsure=frozenset(each for each in listed(event.data.get("unsure")) if isinstance(each, str)),
    )


def read_judged(ended: Ended, event: Event) -> Ended:
    """Return the end after the learner has judged an answer, if it was left to them."""
    question, right = event.text("question"), event.data.get("right")
    if question not in ended.unsure or not isinstance(right, bool):
        return ended
    return replace(ended, right={**ended.right, question: right}, judged={**ended.judged, question: right})


def as_answer(data: object) -> Answer | None:
    """Return an answer as the history keeps it; None for what is none, such as a number."""
    if isinstance(data, str):
        return data
    if isinstance(data, list | tuple) and all(isinstance(each, str) for each in data):
        return tuple(data)
    if isinstance(data, Mapping) and all(isinstance(each, str) for each in (*data.keys(), *data.values())):
        return dict(data)
    return None


def listed(data: object) -> list[Any]:
    """Return a list as the history keeps it; empty for what is none."""
    return list(data) if isinstance(data, list | tuple) else []


def _numbers(data: object) -> dict[str, int]:
    pairs = data.items() if isinstance(data, Mapping) else ()
    return {str(key): each for key, each in pairs if isinstance(each, int) and not isinstance(each, bool) and each > 0}


def _truths(data: object) -> dict[str, bool]:
    pairs = data.items() if isinstance(data, Mapping) else ()
    return {str(key): each for key, each in pairs if isinstance(each, bool)}
