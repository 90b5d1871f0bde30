"""What is written down of an exam: its beginning, each answer as it is given, and its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from course.history import Event
from course.learning.exams.sitting import Sitting, Why
from quiz.exams.draw import Draw
from quiz.exams.profile import Profile
from quiz.grading import grade
from quiz.presentation import posed
from quiz.questions import Answer, Question

if TYPE_CHECKING:
    from course.syllabus import QuestionCard


def begun(id: str, profile: Profile, drawn: Draw, cards: Iterable[QuestionCard], at: datetime) -> Event:
    """Return the beginning of a sitting: all that its score will need, whatever becomes of the exam's file."""
    revisions = {card.id: card.revision for card in cards}
    data = {
        "profile": profile.id,
        "revision": profile.revision,
        "seed": drawn.seed,
        "minutes": max(drawn.minutes, 1),
        "pass_mark": profile.pass_mark,
        "questions": [each.id for each in drawn.questions],
        "places": {each.id: [each.domain, each.objective] for each in drawn.questions},
        "unscored": [each.id for each in drawn.questions if not each.scored],
        "revisions": {each.id: revisions[each.id] for each in drawn.questions},
        "missing": dict(drawn.missing),
        "tasks": [task.lab for task in profile.tasks],
        "task_domains": {task.lab: task.domain for task in profile.tasks},
        "task_counts": {task.lab: task.counts for task in profile.tasks},
    }
    return Event(at, "exam-begun", id, data)


def answered(sitting: Sitting, question: str, answer: Answer | None, at: datetime) -> Event:
    """Return an answer, or that one was taken back."""
    return Event(at, "exam-answered", sitting.id, {"question": question, "answer": _plain(answer)})


def planned(sitting: Sitting, lab: str, text: str | None, at: datetime) -> Event:
    """Return the plan for a practical task, or that one was taken back."""
    return Event(at, "exam-answered", sitting.id, {"task": lab, "answer": text})


def noted(
    sitting: Sitting,
    entry: str,
    at: datetime,
    *,
    flag: bool | None = None,
    struck: tuple[str, ...] | None = None,
    note: str | None = None,
) -> Event:
    """Return what the learner remarks on a question or a task; what is not given stays."""
    data = {
        "question": entry,
        "flag": entry in sitting.flags if flag is None else flag,
        "struck": list(sitting.struck.get(entry, ()) if struck is None else struck),
        "note": sitting.notes.get(entry, "") if note is None else note,
    }
    return Event(at, "exam-noted", sitting.id, data)


def closing(
    sitting: Sitting,
    find: Callable[[str], Question],
    lessons: Mapping[str, str],
    tasks: Mapping[str, bool],
    why: Why,
    at: datetime,
    before: Iterable[Event],
    judged: Mapping[str, bool] | None = None,
) -> Iterator[Event]:
    """Yield the end of a sitting: an answer for each question that has one, as everywhere else, and then the end. What
    cannot be judged is left to the learner, and `judged_by_learner` writes that down.

    `find` returns a question, or raises KeyError for one that is gone; `lessons` are those of the questions; `tasks`
    tells which labs were passed, and lacks those that are gone. What stands in the history `before` is not written
    again, so that an end that was cut off can be done once more. Answers that were `judged` already, since that takes
    long, are not judged again.
    """
    written = {each.subject for each in before if each.kind == "answered" and each.text("session") == sitting.id}
    right: dict[str, bool] = {}
    unsure: list[str] = []
    revisions: dict[str, int] = {}
    gone = [task.lab for task in sitting.tasks if task.lab not in tasks]
    for id in sitting.questions:
        try:
            question = posed(find(id), sitting.seed)
        except KeyError:
            gone.append(id)
            continue
        revisions[id] = question.revision
        if id in sitting.answers:
            answer = sitting.answers[id]
            known = judged.get(id) if judged else None
            verdict = grade(question, answer) if known is None else None
            right[id] = verdict.correct if verdict else bool(known)
            if verdict and verdict.unsure:
                unsure.append(id)
            elif id not in written:
                yield Event(at, "answered", id, _kept(sitting, question, lessons.get(id, ""), right=right[id]))
    end = {"why": why, "right": right, "tasks": dict(tasks), "gone": gone, "revisions": revisions, "unsure": unsure}
    yield Event(at, "exam-ended", sitting.id, end)


def judged_by_learner(
    sitting: Sitting, question: Question, lesson: str, right: bool, at: datetime
) -> tuple[Event, ...]:
    """Return what the learner says of an answer that was left to them, and that answer as everywhere else."""
    data = {**_kept(sitting, question, lesson, right=right), "judged": "learner"}
    return (
        Event(at, "exam-judged", sitting.id, {"question": question.id, "right": right}),
        Event(at, "answered", question.id, data),
    )


def _kept(sitting: Sitting, question: Question, lesson: str, *, right: bool) -> dict[str, Any]:
    return {
        "answer": _plain(sitting.answers[question.id]),
        "correct": right,
        "hints": 0,
        "lesson": lesson,
        "where": "exam",
        "session": sitting.id,
        "seed": sitting.seed,
        "revision": question.revision,
    }


def _plain(answer: Answer | None) -> Any:  # noqa: ANN401 - as JSON has it
    if answer is None or isinstance(answer, str):
        return answer
    return dict(answer) if isinstance(answer, Mapping) else list(answer)
