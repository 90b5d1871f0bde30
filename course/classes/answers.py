"""Answers judged again with today's key: the file's own verdict is only compared.

Not judged again are answers to an earlier revision of a question, sentences that only the learner could judge, and
requests that were mended, for judging those means to run them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from course.history import Event
from course.learning.exams.reading import as_answer
from course.learning.exams.result import result
from course.learning.exams.sitting import Ended, Sitting
from course.learning.sittings import sittings
from quiz.grading import grade
from quiz.presentation import posed
from quiz.questions import Answer, Fix, Question

Find = Callable[[str], Question]
"""Returns a question; KeyError if there is none of this id."""
Word = Literal["right", "wrong", "unsure", "outdated", "gone", "long", "none"]
"""What can be said of an answer today: `long` would take a run, and `none` is no answer to its question."""
LONGEST_ANSWER = 2_000
"""Characters of a sentence."""
MOST_PARTS = 100
LARGEST_SEED = 2**32 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The last answer to each question."""

    questions: int = 0
    """How many questions were answered."""
    right: int = 0
    """By today's key."""
    judged: int = 0
    """How many could be judged again."""
    differ: tuple[str, ...] = ()
    """The questions whose claimed verdict is another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """A sitting that has ended."""

    profile: str
    at: datetime
    """When it ended, as the file claims."""
    right: int
    """Judged again."""
    of: int
    claimed: int
    """What the file says was right."""
    differ: tuple[str, ...] = ()


def answers(events: Iterable[Event], find: Find) -> Answers:
    """Return what the last answers to all questions are worth today."""
    last = {event.subject: event for event in events if event.kind == "answered"}
    right = judged = 0
    differ = []
    for id, event in last.items():
        answer, revision = as_answer(event.data.get("answer")), event.whole("revision")
        word = judge(find, id, answer, event.whole("seed"), revision)
        if word in ("right", "wrong"):
            judged, right = judged + 1, right + (word == "right")
            if (event.data.get("correct") is True) != (word == "right"):
                differ.append(id)
    return Answers(questions=len(last), right=right, judged=judged, differ=tuple(sorted(differ)))


def judge(find: Find, id: str, answer: Answer | None, seed: int, revision: int) -> Word:
    """Return what is to be said of an answer; a revision of 0 is not known, and taken for today's."""
    try:
        question = find(id)
    except KeyError:
        return "gone"
    if revision not in (0, question.revision):
        return "outdated"
    if isinstance(question, Fix):
        return "long"
    if answer is None or not _is_short(answer):
        return "none"
    verdict = grade(posed(question, min(seed, LARGEST_SEED)), answer)
    if verdict.unsure or not verdict.valid:
        return "unsure" if verdict.unsure else "none"
    return "right" if verdict.correct else "wrong"


def exams(events: Sequence[Event], find: Find, passed: Callable[[str, str], bool | None]) -> tuple[Exam, ...]:
    """Return the exams that have ended; `passed` says whether a plan passes a lab, None if that is not known."""
    ended = ((sitting, sitting.ended) for sitting in sittings(events))
    return tuple(_exam(sitting, end, find, passed) for sitting, end in ended if end is not None)


def tasks(events: Iterable[Event]) -> Iterable[tuple[str, str]]:
    """Return the labs and plans of practical tasks in exams that have ended."""
    return [pair for sitting in sittings(events) if sitting.ended is not None for pair in sitting.plans.items()]


def _exam(sitting: Sitting, ended: Ended, find: Find, passed: Callable[[str, str], bool | None]) -> Exam:
    right, differ = dict(ended.right), []
    for id in sitting.questions:
        word = judge(find, id, sitting.answers.get(id), sitting.seed, sitting.revisions.get(id, 0))
        now = word == "right" if word in ("right", "wrong", "none") else ended.right.get(id) is True
        if now != (ended.right.get(id) is True):
            differ.append(id)
        right[id] = now
    done = dict(ended.tasks)
    for task in sitting.tasks:
        text = sitting.plans.get(task.lab)
        known = False if text is None else passed(task.lab, text)
        if known is not None and known != (ended.tasks.get(task.lab) is True):
            differ.append(task.lab)
        done[task.lab] = (ended.tasks.get(task.lab) is True) if known is None else known
    claimed = result(sitting, ()).score.whole
    again = result(replace(sitting, ended=replace(ended, right=right, tasks=done)), ()).score.whole
    return Exam(
        profile=sitting.profile,
        at=ended.at,
        right=again.right,
        of=again.of,
        claimed=claimed.right,
        differ=tuple(sorted(differ)),
    )


def _is_short(answer: Answer) -> bool:
    if isinstance(answer, str):
        return len(answer) <= LONGEST_ANSWER
    parts = (*answer.keys(), *answer.values()) if isinstance(answer, Mapping) else tuple(answer)
    return len(parts) <= MOST_PARTS and all(len(part) <= LONGEST_ANSWER for part in parts)


def remembered(find: Callable[[str], Any]) -> Find:
    """Return the same, which reads each question once."""
    return lru_cache(maxsize=None)(find)
