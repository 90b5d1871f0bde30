"""After an exam: answers in sentences that the program could not judge, each beside its model answer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from course import wiring
from course.cli.present import complain, counted
from course.cli.study import asking
from course.cli.study.conversation import IS_IT_RIGHT, YES
from course.cli.study.exam.results import ended_sitting, summary
from course.cli.study.typed import lines
from course.learning.exams import writing
from course.learning.exams.result import Result
from quiz.grading import solution
from quiz.presentation import posed

if TYPE_CHECKING:
    from course.content.packs import Packs
    from course.ports import Journal


def judge_left(packs: Packs, history: Journal, id: str | None) -> int:
    """Ask of each answer that is left whether it is right; 1 if none is left."""
    done = ended_sitting(history, id)
    if not done.to_judge:
        complain("Nothing of this exam is left for you to judge.")
        return 1
    judge_all(packs, history, done.sitting.id, lines())
    summary(packs, history, done.sitting.id)
    return 0


def judge_all(packs: Packs, history: Journal, id: str, read: Callable[[], str]) -> None:
    """Ask until all are judged, or the input ends; what is left stays left."""
    done = ended_sitting(history, id)
    if done.to_judge:
        print(f"{counted(len(done.to_judge), 'answer')} could not be judged for certain. Compare, and judge.")
    for question in done.to_judge:
        if not _judged(packs, history, done, question, read):
            return


def _judged(packs: Packs, history: Journal, done: Result, id: str, read: Callable[[], str]) -> bool:
    """Ask of one answer; False if the learner leaves."""
    sitting = done.sitting
    try:
        question = posed(packs.question(id), sitting.seed)
    except KeyError:
        return True
    print(f"\n{question.stem.strip()}\nYour answer: {asking.spelt(question, sitting.answers[id])}")
    print(f"{asking.called(question)}: {asking.spelt(question, solution(question))}\n{IS_IT_RIGHT}")
    sys.stdout.flush()
    while (line := read()) and line.strip().casefold() not in ("q", "quit"):
        right = YES.get(line.strip().casefold())
        if right is not None:
            lesson = next((card.lesson for card in packs.question_cards() if card.id == id), "")
            for event in writing.judged_by_learner(sitting, question, lesson, right, wiring.now()):
                history.record(event)
            return True
        print(IS_IT_RIGHT, flush=True)
    return False
