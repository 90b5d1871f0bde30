"""What a learner hands in: one sealed file with the plans, grades and answers of a history, and nothing private.

The first line behind the head says who, when, with which program and packs; each further one is an event.

CourseError
└── NotASubmission    a file that is none, or not as it was written; the message says why
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from course.characters import without
from course.errors import CourseError, one_line
from course.folds.order import without_marks
from course.history import Event, EventKind
from course.store.sealed import YEARS, Form, NotWhole, event_of, row_of, sealed, unsealed

HANDED_IN: Final[frozenset[EventKind]] = frozenset(
    {
        "answered",
        "predicted",
        "lesson-finished",
        "lab-graded",
        "incident-graded",
        "exam-begun",
        "exam-answered",
        "exam-ended",
        "exam-judged",
        "reset",
    }
)
"""What a teacher needs. Notes, bookmarks, drafts, settings and what was merely opened stay at home."""
LEFT_OUT = ("grade",)
"""Of an event's data: what a grade said at length; it is worked out anew."""
LONGEST_NAME, LONGEST_WORD = 100, 200
MOST_PACKS = 100
LONGEST_LINE = 3_000_000
"""Bytes of an event; the longest plan that is read takes a third of it."""
FORM = Form(
    program="mlcourse submission",
    format=1,
    counted="lines",
    most_bytes=32 * 2**20,
    alien="it is no file that mlcourse submit has written",
    links=False,
)


@dataclass(frozen=True, slots=True)
class PackSeal:
    """A pack that the learner had."""

    id: str
    sha256: str
    """Of its content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What one learner handed in at one moment, as the file claims; nothing of it is proved."""

    learner: str
    """In one line, without characters that a terminal obeys."""
    at: datetime
    version: str
    packs: tuple[PackSeal, ...]
    events: tuple[Event, ...]
    """In the order in which they count."""


class NotASubmission(CourseError):
    """A file that is none, or not as it was written."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{one_line(path)}: {why}")
        self.path, self.why = path, why


def submission(
    learner: str, at: datetime, version: str, packs: Sequence[PackSeal], events: Iterable[Event]
) -> Submission:
    """Return what is handed in of a history; ValueError for a name that is empty or too long."""
    name = plain_name(learner)
    if not name or len(name) > LONGEST_NAME:
        raise ValueError(f"a name has 1 to {LONGEST_NAME} characters, got {len(name)}")
    kept = tuple(_without_more(event) for event in without_marks(events) if event.kind in HANDED_IN)
    return Submission(learner=name, at=at, version=version, packs=tuple(packs), events=kept)


def plain_name(text: str) -> str:
    """Return a name in one line, with single blanks, and without characters that no terminal is sent."""
    return " ".join(without(text).split())


def written(given: Submission) -> str:
    """Return the file's text."""
    packs = [{"id": pack.id, "sha256": pack.sha256} for pack in given.packs]
    facts = {"learner": given.learner, "at": given.at.isoformat(), "version": given.version, "packs": packs}
    return sealed(FORM, (facts, *(_finite(row_of(event)) for event in given.events)))


def read(path: Path) -> Submission:
    """Return what a file holds; NotASubmission if it is none of ours, not whole, or holds what no program wrote."""
    try:
        first, *lines = unsealed(FORM, path) or [b""]
    except NotWhole as error:
        raise NotASubmission(path, error.why) from error
    facts = _parsed(path, first, "the line that says who handed it in")
    events = tuple(_event(path, number, line) for number, line in enumerate(lines, start=1))
    try:
        return _from_facts(facts, events)
    except (KeyError, TypeError, ValueError, OverflowError):
        raise NotASubmission(path, "it does not say who handed it in, and when") from None


def _from_facts(facts: Mapping[str, Any], events: tuple[Event, ...]) -> Submission:
    """Return the submission; KeyError, TypeError or ValueError where the facts are none."""
    at = datetime.fromisoformat(facts["at"])
    learner = _word(facts["learner"])[:LONGEST_NAME]
    packs = tuple(PackSeal(_word(each["id"]), _word(each["sha256"])) for each in facts["packs"][:MOST_PACKS])
    if not learner or at.utcoffset() is None or at.year not in YEARS:
        raise ValueError("nobody, or at no time")
    return Submission(learner=learner, at=at, version=_word(facts["version"]), packs=packs, events=events)


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"must be a text, got {value!r}")
    return plain_name(value)[:LONGEST_WORD]


def _event(path: Path, number: int, line: bytes) -> Event:
    event = event_of(_parsed(path, line, f"event {number}"))
    if event is None:
        raise NotASubmission(path, f"event {number} is none")
    if event.at.year not in YEARS:
        raise NotASubmission(path, f"event {number} is of the year {event.at.year}, which no clock has shown")
    return event


def _parsed(path: Path, line: bytes, what: str) -> dict[str, Any]:
    """Return the line as JSON to the letter: no key twice, no number that is none."""
    if len(line) > LONGEST_LINE:
        raise NotASubmission(path, f"{what} is longer than {LONGEST_LINE // 10**6} MB, which none is")
    try:
        data = json.loads(line, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_number)
    except (ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, _NotPlain) else "it is no JSON"
        raise NotASubmission(path, f"{what} cannot be read ({why})") from None
    if not isinstance(data, dict):
        raise NotASubmission(path, f"{what} is none")
    return data


class _NotPlain(ValueError):
    """JSON that Python takes and others do not."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _NotPlain("a key stands in it twice")
    return found


def _no_number(word: str) -> float:
    raise _NotPlain(f"{word} is no number")


def _number(text: str) -> float:
    found = float(text)
    if not math.isfinite(found):
        raise _NotPlain("a number in it is too large")
    return found


def _without_more(event: Event) -> Event:
    if not any(key in event.data for key in LEFT_OUT):
        return event
    kept = {key: value for key, value in event.data.items() if key not in LEFT_OUT}
    return Event(event.at, event.kind, event.subject, kept)


def _finite(value: object) -> object:
    """Return a JSON value with null for numbers that JSON does not have."""
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
