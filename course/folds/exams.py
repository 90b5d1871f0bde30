"""Exams that go on, as a fold that is kept: the first screen offers to go on with one, and must not wait for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from course.folds.fold import Fold
from course.history import Event

LONGEST_MINUTES = 7 * 24 * 60
"""More than any exam takes; a damaged history may tell of numbers that no calendar holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenExam:
    """As much of a sitting that has not ended as the clock needs."""

    id: str
    profile: str
    begun: datetime
    minutes: int
    seen: datetime
    """The latest moment of any of its events."""

    def left(self, now: datetime) -> timedelta:
        """Return how much time is left; none once it is over. A clock that goes back gives none."""
        return max(self.begun + timedelta(minutes=self.minutes) - max(now, self.seen), timedelta())


Open = Mapping[str, OpenExam]


def _onward(before: Open, events: Iterable[Event]) -> Open:
    after = dict(before)
    for event in events:
        id = event.subject
        match event.kind:
            case "exam-begun" if id not in after and _is_one(event):
                profile, minutes = event.text("profile"), event.whole("minutes")
                after[id] = OpenExam(id=id, profile=profile, begun=event.at, minutes=minutes, seen=event.at)
            case "exam-answered" | "exam-noted" if id in after:
                after[id] = replace(after[id], seen=max(after[id].seen, event.at))
            case "exam-ended":
                after.pop(id, None)
            case "reset" if id == "all":
                after.clear()
    return after


def _is_one(event: Event) -> bool:
    """Can it be read at all?"""
    lists = (event.data.get(key) for key in ("questions", "tasks"))
    asked = any(isinstance(each, str) for asked in lists if isinstance(asked, list | tuple) for each in asked)
    return bool(event.text("profile")) and asked and 1 <= event.whole("minutes") <= LONGEST_MINUTES


def _written(exams: Open) -> Any:  # noqa: ANN401 - as JSON has it
    return [
        [each.id, each.profile, each.begun.isoformat(), each.minutes, each.seen.isoformat()] for each in exams.values()
    ]


def _read(data: Any) -> Open:  # noqa: ANN401 - as JSON has it
    moment = datetime.fromisoformat
    return {
        id: OpenExam(id=id, profile=profile, begun=moment(begun), minutes=minutes, seen=moment(seen))
        for id, profile, begun, minutes, seen in data
    }


OPEN_EXAMS: Fold[Open] = Fold("exams", 1, {}, _onward, _written, _read)
"""By sitting, in the order in which they were begun."""
