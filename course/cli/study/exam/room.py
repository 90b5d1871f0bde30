"""Where an exam is taken: at one of its entries, each printed in plain lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from course.cli.errors import UsageError
from course.cli.present import counted
from course.cli.study import asking
from course.learning.resets import effective
from course.learning.sittings import Sitting, sittings
from quiz.presentation import posed
from quiz.questions import Question

if TYPE_CHECKING:
    from course.content.packs import Packs
    from course.ports import Journal


@dataclass
class Room:
    """Where an exam is taken: at one of its entries."""

    packs: Packs
    history: Journal
    id: str
    at: int = 0

    def sitting(self) -> Sitting:
        """Return the sitting as the history has it now, whoever wrote there; UsageError if it was reset meanwhile."""
        for sitting in taken(self.history):
            if sitting.id == self.id:
                return sitting
        raise UsageError("this exam was reset in another window, so nothing of it counts any more")

    def question(self, sitting: Sitting, id: str) -> Question | None:
        """Return a question as it is shown; None if it is gone, or if the entry is a task."""
        if id not in sitting.questions:
            return None
        try:
            return posed(self.packs.question(id), sitting.seed)
        except KeyError:
            return None

    def show(self) -> None:
        """Print the entry."""
        sitting = self.sitting()
        entry = sitting.entries[self.at]
        print(f"\n{name(sitting, self.at)}.{_state(sitting, entry)}")
        if self.at >= len(sitting.questions):
            _show_task(self, entry)
        elif question := self.question(sitting, entry):
            for line in asking.asked(question, sitting.struck.get(entry, ())):
                print(line)
            if entry in sitting.answers:
                print(f"Your answer: {asking.spelt(question, sitting.answers[entry])}")
        else:
            print("This question is gone since the exam began. It does not count.")
        if note := sitting.notes.get(entry):
            print(f"Your note: {note}")


def taken(history: Journal) -> tuple[Sitting, ...]:
    """Return the sittings that count, in the order in which they were begun."""
    return sittings(effective(history.events()))


def minutes(left: timedelta) -> str:
    """Return a time in whole minutes, rounded up."""
    return counted(-(-int(left.total_seconds()) // 60), "minute")


def name(sitting: Sitting, at: int) -> str:
    """Return what an entry is called."""
    questions = len(sitting.questions)
    if at < questions:
        return f"Question {at + 1} of {questions}"
    return f"Task {at + 1 - questions} of {len(sitting.tasks)}, entry {at + 1}"


def overview(sitting: Sitting) -> Iterator[str]:
    """Yield a line for each entry, and what is open."""
    for at, entry in enumerate(sitting.entries):
        note = f" Note: {sitting.notes[entry]}" if sitting.notes.get(entry) else ""
        yield f"{name(sitting, at)}:{_state(sitting, entry)}{note}"
    yield open_ones(sitting)


def open_ones(sitting: Sitting) -> str:
    """Return what is not answered, and what is flagged."""
    left = sum(not sitting.is_answered(entry) for entry in sitting.entries)
    return f"{left} of {len(sitting.entries)} not answered, {len(sitting.flags)} flagged."


def _state(sitting: Sitting, entry: str) -> str:
    answered = " Answered." if sitting.is_answered(entry) else " Not answered."
    return answered + (" Flagged." if entry in sitting.flags else "")


def _show_task(room: Room, id: str) -> None:
    if id not in room.packs.lab_ids():
        print("This lab is gone since the exam began. It does not count.")
        return
    lab = room.packs.lab(id)
    print(f"{lab.title}\n\n{lab.brief.strip()}\n\nGoals:")
    for goal in lab.goals:
        print(f"- {goal.title}")
    print(f"The plan that you begin with: mlcourse lab start {id} plan.yaml")
    print("Type plan and the name of your file, such as plan plan.yaml.")
