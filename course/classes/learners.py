"""Who has handed in: of several files of one learner the newest counts, and two learners of one name are told apart.

Nobody has a number. Two files of one name are one learner's if their histories begin alike, or one of them is empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from course.classes.answers import Answers, Find, answers, tasks
from course.classes.claims import Claim, Which, claims
from course.classes.folder import Unread, submissions
from course.classes.submission import PackSeal, Submission
from course.history import Event

BEGINNING = 20
"""Events by which a history is known again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What stays of a submission once its file is closed."""

    file: str
    learner: str
    """As the file says; two learners of one name get their files' names behind it."""
    at: datetime
    version: str
    packs: tuple[PackSeal, ...]
    claims: Mapping[str, Claim]
    answers: Answers
    exams: tuple[Event, ...]
    """All events of exams."""
    tasks: tuple[tuple[str, str], ...]
    """Labs and plans of practical tasks in exams."""
    later: int
    """Events that are dated after the file."""
    beginning: frozenset[str]


@dataclass(frozen=True, slots=True)
class Note:
    """What a teacher should know."""

    file: str
    say: str


def handed_in(
    place: Path, which: Which, find: Find, on_file: Callable[[int], None] | None = None
) -> tuple[tuple[Handed, ...], tuple[Note, ...]]:
    """Return one submission of each learner, by name, and what is to be told of the other files.

    NoFolder if there is none. `on_file` is told how many files were read.
    """
    found: list[Handed] = []
    notes: list[Note] = []
    for count, each in enumerate(submissions(place), start=1):
        if isinstance(each, Unread):
            notes.append(Note(each.file, f"not read: {each.why}"))
        else:
            found.append(_handed(*each, which, find))
        if on_file is not None:
            on_file(count)
    named: dict[str, list[Handed]] = defaultdict(list)
    for handed in found:
        named[handed.learner.casefold()].append(handed)
    learners: list[Handed] = []
    for namesakes in named.values():
        newest = _newest_of_each(namesakes, notes)
        if len(newest) > 1:
            files = ", ".join(each.file for each in newest)
            notes.append(Note(newest[0].file, f"{newest[0].learner} is the name of {len(newest)} learners: {files}"))
            newest = [replace(each, learner=f"{each.learner} ({each.file})") for each in newest]
        learners += newest
    learners.sort(key=lambda each: (each.learner.casefold(), each.file))
    return tuple(learners), tuple(sorted(notes, key=lambda note: (note.file, note.say)))


def _handed(file: str, given: Submission, which: Which, find: Find) -> Handed:
    earliest = sorted(given.events, key=lambda event: event.at)[:BEGINNING]
    return Handed(
        file=file,
        learner=given.learner,
        at=given.at,
        version=given.version,
        packs=given.packs,
        claims=claims(given.events, which),
        answers=answers(given.events, find),
        exams=tuple(event for event in given.events if event.kind.startswith("exam-")),
        tasks=tuple(tasks(given.events)),
        later=sum(event.at > given.at for event in given.events),
        beginning=frozenset(_mark(event) for event in earliest),
    )


def _mark(event: Event) -> str:
    return sha256(f"{event.at.isoformat()}\0{event.kind}\0{event.subject}".encode()).hexdigest()


def _newest_of_each(namesakes: Sequence[Handed], notes: list[Note]) -> list[Handed]:
    """Return the newest file of each learner among those of one name, and note which were passed over."""
    newest: list[Handed] = []
    for handed in sorted(namesakes, key=lambda each: (each.at, each.file), reverse=True):
        same = next((each for each in newest if _is_one(each, handed)), None)
        if same is None:
            newest.append(handed)
        else:
            notes.append(Note(handed.file, f"passed over: {same.file} of the same learner counts instead"))
    return newest


def _is_one(one: Handed, other: Handed) -> bool:
    return not one.beginning or not other.beginning or bool(one.beginning & other.beginning)


def unknown(handed: Iterable[Handed], known: Iterable[str]) -> Iterable[Note]:
    """Yield what is to be told of plans for labs that these packs do not have."""
    there = frozenset(known)
    for each in handed:
        wanting = sorted(id for id in {*each.claims, *(lab for lab, _ in each.tasks)} if id not in there)
        if wanting:
            named = ", ".join(repr(id[:40]) for id in wanting[:3])
            more = f" and {len(wanting) - 3} more" if len(wanting) > 3 else ""
            yield Note(each.file, f"holds plans for what these packs do not have: {named}{more}")
