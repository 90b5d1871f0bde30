"""The exams that the history tells of, as a fold; where two windows answer one question, the later event holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from course.history import Event
from course.learning.exams.reading import as_answer, listed, read_begun, read_ended, read_judged
from course.learning.exams.sitting import Sitting

__all__ = ["Sitting", "after", "running", "sittings", "unreadable"]


def sittings(events: Iterable[Event]) -> tuple[Sitting, ...]:
    """Return all sittings, in the order in which they were begun.

    One that cannot be read, such as a newer program's, is left out; see `unreadable`.
    """
    found: dict[str, Sitting] = {}
    for event in events:
        id = event.subject
        if event.kind == "exam-begun":
            sitting = read_begun(event)
            if sitting and id not in found:
                found[id] = sitting
        elif id in found and event.kind in _STEPS and found[id].ended is None:
            found[id] = after(found[id], event)
        elif id in found and event.kind == "exam-judged" and (ended := found[id].ended):
            found[id] = replace(found[id], ended=read_judged(ended, event))
    return tuple(found.values())


def unreadable(events: Iterable[Event]) -> int:
    """Return how many sittings this program cannot read."""
    return sum(event.kind == "exam-begun" and read_begun(event) is None for event in events)


def running(events: Iterable[Event], now: datetime) -> Sitting | None:
    """Return the sitting that was begun last and has not ended; its time may be over `now`, see `Sitting.over`."""
    open_ones = [each for each in sittings(events) if each.ended is None]
    in_time = [each for each in open_ones if not each.over(now)]
    return next(reversed(in_time or open_ones), None)


_STEPS = ("exam-answered", "exam-noted", "exam-ended")


def after(before: Sitting, event: Event) -> Sitting:
    """Return a sitting that has not ended, after one more event of its own."""
    sitting = replace(before, seen=max(before.seen, event.at))
    if event.kind == "exam-ended":
        return replace(sitting, ended=read_ended(event))
    if sitting.seen > sitting.deadline:
        return sitting  # too late: what comes after the end of time tells the time, and nothing else
    entry = event.text("question") or event.text("task")
    if entry not in sitting.entries:
        return sitting
    if event.kind == "exam-noted":
        return _noted(replace(sitting, last=entry), entry, event)
    sitting, answer = replace(sitting, last=entry), event.data.get("answer")
    if event.text("task"):
        plans = {lab: text for lab, text in sitting.plans.items() if lab != entry}
        return replace(sitting, plans=plans | ({entry: answer} if isinstance(answer, str) else {}))
    answers = {id: given for id, given in sitting.answers.items() if id != entry}
    given = as_answer(answer)
    return replace(sitting, answers=answers if given is None else {**answers, entry: given})


def _noted(sitting: Sitting, entry: str, event: Event) -> Sitting:
    struck = tuple(each for each in listed(event.data.get("struck")) if isinstance(each, str))
    return replace(
        sitting,
        flags=sitting.flags | {entry} if event.data.get("flag") is True else sitting.flags - {entry},
        struck=sitting.struck | {entry: struck},  # type: ignore[operator]  # a mapping of our own making is a dict
        notes=sitting.notes | {entry: event.text("note")},  # type: ignore[operator]
    )
