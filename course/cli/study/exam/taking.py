"""Taking an exam line by line: it begins, or goes on where it was interrupted, and ends by a typed yes or by time.

Every line that is typed is written down at once, so that nothing is lost by Ctrl-C, a closed lid or a crash. Before
each the history is read again: another window may have answered meanwhile.
"""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from course import wiring
from course.cli.errors import UsageError
from course.cli.present import complain, counted
from course.cli.study.exam import group
from course.cli.study.exam.closing import close
from course.cli.study.exam.commands import do
from course.cli.study.exam.judging import judge_all
from course.cli.study.exam.results import summary
from course.cli.study.exam.room import Room, minutes, taken
from course.cli.study.typed import lines
from course.learning.exams import writing
from course.learning.exams.facts import facts
from course.learning.resets import effective
from course.learning.sittings import Sitting, running, sittings, unreadable

if TYPE_CHECKING:
    from course.content.packs import Packs
    from course.ports import Journal


def take(packs: Packs, history: Journal, exam: str | None, seed: int | None) -> int:
    """Take the exam, or go on with the one that goes on; return 0 when it is over, or left for later."""
    _say_what_is_unknown(history)
    if _ended_by_time(packs, history, exam):
        return 0
    sitting = running(effective(history.events()), wiring.now())
    if sitting is None:
        if exam is None:
            raise UsageError("no exam goes on; name one, such as mlcourse exam take mla-c01, or see mlcourse exam list")
        sitting = _begin(packs, history, exam, seed)
    elif exam not in (None, sitting.profile):
        raise UsageError(
            f"the exam {sitting.profile} still goes on, {minutes(sitting.left(wiring.now()))} are left; "
            f"go on with it first: mlcourse exam take {sitting.profile}"
        )
    else:
        _go_on(packs, sitting)
    room = Room(packs, history, sitting.id)
    room.at = _place(sitting)
    return _sit(room, lines())


def _sit(room: Room, read: Callable[[], str]) -> int:
    """Ask and do what is typed, until the end."""
    room.show()
    while True:
        sys.stdout.flush()
        line = read()
        sitting = room.sitting()
        if sitting.ended:
            print("This exam was ended in another window.")
            break
        if sitting.over(wiring.now()):
            print("Time is up. The exam is handed in as it stands; what you typed last came too late.")
            close(room.packs, room.history, sitting, "time")
            judge_all(room.packs, room.history, sitting.id, read)
            break
        if not line:
            print(f"The exam goes on without you. Take it up again: mlcourse exam take {sitting.profile}")
            return 0
        if line.strip() and do(room, sitting, line.strip(), read):
            judge_all(room.packs, room.history, sitting.id, read)
            break
    summary(room.packs, room.history, room.id)
    return 0


def _begin(packs: Packs, history: Journal, id: str, seed: int | None) -> Sitting:
    profile, now = group.named(packs, id), wiring.now()
    before = [each for each in taken(history) if each.profile == id]
    drawn = group.drawn_from(packs, profile, len(before) if seed is None else seed)
    group.require(drawn)
    told = (profile.title, profile.about.strip(), *facts(profile, now.date()), *group.uncovered(profile, drawn))
    for line in told:
        print(line)
    event = writing.begun(secrets.token_hex(8), profile, drawn, packs.question_cards(), now)
    history.record(event)
    [sitting] = sittings([event])
    print(
        f"It begins now, and takes {counted(sitting.minutes, 'minute')}. The clock goes on while the program is "
        "closed, as in a test centre. Nothing is marked before the end. Type help for the commands."
    )
    return sitting


def _go_on(packs: Packs, sitting: Sitting) -> None:
    now = wiring.now()
    print(f"You go on with the exam {sitting.profile}. {minutes(sitting.left(now))} of {sitting.minutes} are left.")
    if back := sitting.went_back(now):
        complain(
            f"The clock shows an earlier time than this exam has seen, by {minutes(back)}. "
            "The time that is left is reckoned from the latest moment that it has seen."
        )
    for line in _changes(packs, sitting):
        complain(line)


def _changes(packs: Packs, sitting: Sitting) -> list[str]:
    """Return what is different from when the sitting began; none of it takes an answer away."""
    lines = []
    if sitting.profile not in packs.exam_ids():
        lines.append(f"The exam {sitting.profile} is not among your packs any more; this sitting stays as it began.")
    elif (
        sitting.revision
        and (profile := group.readable(packs, sitting.profile))
        and profile.revision != sitting.revision
    ):
        lines.append(f"The exam {sitting.profile} has changed since; this sitting stays as it began.")
    now = {card.id: card.revision for card in packs.question_cards()}
    gone = [id for id in sitting.questions if id not in now] + [
        task.lab for task in sitting.tasks if task.lab not in packs.lab_ids()
    ]
    if gone:
        lines.append(f"Gone since, and not counted: {', '.join(gone)}.")
    changed = [id for id in sitting.questions if id in now and now[id] != sitting.revisions.get(id, now[id])]
    if changed:
        lines.append(f"Changed since it began: {', '.join(changed)}. What you see and what is judged is the new text.")
    return lines


def _ended_by_time(packs: Packs, history: Journal, exam: str | None) -> bool:
    """End all sittings whose time has run out; was the one that is asked for among them?"""
    now, asked = wiring.now(), False
    for sitting in taken(history):
        if sitting.ended is None and sitting.over(now):
            print(f"The time of the exam {sitting.profile} was up while it was closed. It is handed in as it stood.")
            close(packs, history, sitting, "time")
            summary(packs, history, sitting.id)
            asked = asked or exam in (None, sitting.profile)
    return asked


def _say_what_is_unknown(history: Journal) -> None:
    if number := unreadable(history.events()):
        complain(
            f"{counted(number, 'exam')} in your history cannot be read by this version of the program; "
            "nothing of it is lost."
        )


def _place(sitting: Sitting) -> int:
    """Return where to go on: at what was last touched, or after it if that is answered."""
    if sitting.last not in sitting.entries:
        return 0
    at = sitting.entries.index(sitting.last)
    return min(at + sitting.is_answered(sitting.last), len(sitting.entries) - 1)
