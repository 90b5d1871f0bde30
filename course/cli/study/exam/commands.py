"""What can be typed during an exam: answers, and commands around them. Nothing is marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from course import wiring
from course.cli import plans
from course.cli.present import complain
from course.cli.study import asking
from course.cli.study.exam.closing import close
from course.cli.study.exam.room import Room, minutes, open_ones, overview
from course.cli.study.given import given
from course.errors import CourseError
from course.learning.exams import writing
from course.learning.exams.sitting import Sitting
from quiz.answers import parse_answer
from quiz.grading import grade
from quiz.questions import Multiple, Single

Read = Callable[[], str]
HELP = """\
Type an answer, or one of these:
answer TEXT   answer, also where the answer is a word of this list
clear         take the answer back
flag          mark the question to come back to it, or take the mark away
note TEXT     write a note to it; note alone takes it away
strike N      rule an option out, or take it in again
next, previous, go N   to another question
list          all questions, and what is answered, flagged and noted
plan FILE     hand in the plan for a practical task
time          how much time is left
end           hand in, after a typed yes
help          this list
To leave and go on later, press Ctrl-C or end the input: the clock goes on."""


def do(room: Room, sitting: Sitting, line: str, read: Read) -> bool:
    """Do what a line says; is the exam over?"""
    word, _, rest = line.partition(" ")
    if word.casefold() == "end" and not rest:
        return _end(room, sitting, read)
    command = _COMMANDS.get(word.casefold())
    if command is None or (rest and word.casefold() not in _WITH_MORE):
        _answer(room, sitting, line)
    else:
        command(room, sitting, rest.strip())
    return False


def _answer(room: Room, sitting: Sitting, text: str) -> None:
    entry = sitting.entries[room.at]
    question = room.question(sitting, entry)
    if question is None:
        print("Nothing can be answered here. Type plan FILE for a task, or help for the commands.")
        return
    try:
        answer = given(question, text)
    except CourseError as error:
        complain(str(error))
        return
    if not grade(question, answer).valid:
        print(f"That is no answer to this question, and nothing is written down. {asking.how(question)}")
        return
    room.history.record(writing.answered(sitting, entry, answer, wiring.now()))
    print(f"Written down for question {room.at + 1}: {asking.spelt(question, answer)}")
    if room.at + 1 < len(sitting.entries):
        _move(room, sitting, room.at + 1)
    else:
        print("That was the last one. list shows what is open; end hands in.")


def _clear(room: Room, sitting: Sitting, _: str) -> None:
    entry = sitting.entries[room.at]
    if not sitting.is_answered(entry):
        print("There is no answer to take back.")
        return
    write = writing.answered if entry in sitting.answers else writing.planned
    room.history.record(write(sitting, entry, None, wiring.now()))
    print("The answer is taken back.")


def _flag(room: Room, sitting: Sitting, _: str) -> None:
    entry = sitting.entries[room.at]
    flag = entry not in sitting.flags
    room.history.record(writing.noted(sitting, entry, wiring.now(), flag=flag))
    print("Flagged." if flag else "The flag is taken away.")


def _note(room: Room, sitting: Sitting, text: str) -> None:
    room.history.record(writing.noted(sitting, sitting.entries[room.at], wiring.now(), note=text))
    print("Noted." if text else "The note is taken away.")


def _strike(room: Room, sitting: Sitting, text: str) -> None:
    entry = sitting.entries[room.at]
    question = room.question(sitting, entry)
    if not isinstance(question, Single | Multiple):
        print("Options can be ruled out where there are options to choose from.")
        return
    known = [option.id for option in question.options]
    wanted = parse_answer(question, text)
    [*ids] = [wanted] if isinstance(wanted, str) else list(wanted)
    if not ids or not set(ids) <= set(known):
        print(f"Type the number of an option, from 1 to {len(known)}, such as strike 2.")
        return
    struck = tuple(id for id in known if (id in sitting.struck.get(entry, ())) != (id in ids))
    room.history.record(writing.noted(sitting, entry, wiring.now(), struck=struck))
    out = [str(known.index(id) + 1) for id in struck]
    print(f"Ruled out: {', '.join(out)}." if out else "Nothing is ruled out.")


def _next(room: Room, sitting: Sitting, _: str) -> None:
    _move(room, sitting, room.at + 1)


def _previous(room: Room, sitting: Sitting, _: str) -> None:
    _move(room, sitting, room.at - 1)


def _go(room: Room, sitting: Sitting, text: str) -> None:
    _move(room, sitting, int(text) - 1 if text.isdecimal() and len(text) < 6 else -1)


def _move(room: Room, sitting: Sitting, to: int) -> None:
    entries = len(sitting.entries)
    if not 0 <= to < entries:
        print(f"There is none; they are numbered from 1 to {entries}, and this is {room.at + 1}.")
        return
    room.at = to
    room.show()


def _list(room: Room, sitting: Sitting, _: str) -> None:
    for line in overview(sitting):
        print(line)


def _plan(room: Room, sitting: Sitting, path: str) -> None:
    lab = sitting.entries[room.at]
    if room.at < len(sitting.questions) or lab not in room.packs.lab_ids():
        print("A plan is for a practical task; this is none that can be done.")
        return
    from course.content.files.plan import check_plan

    try:
        text = plans.read(path)
    except CourseError as error:
        complain(str(error))
        return
    found = check_plan(text, room.packs.lab(lab).world)
    for line in plans.lines(path, found):
        complain(line)
    if found.plan is None:
        print("AWS would not accept this plan, or it asks for what is not simulated; nothing is written down.")
        return
    room.history.record(writing.planned(sitting, lab, text, wiring.now()))
    print("The plan is written down. It is graded at the end.")


def _time(room: Room, sitting: Sitting, _: str) -> None:
    print(f"{minutes(sitting.left(wiring.now()))} of {sitting.minutes} left.")


def _help(room: Room, sitting: Sitting, _: str) -> None:
    print(HELP)


def _end(room: Room, sitting: Sitting, read: Read) -> bool:
    print(f"{open_ones(sitting)} What is not answered is wrong. Type yes to hand in.", flush=True)
    if read().strip().casefold() != "yes":
        print("Not handed in; the exam goes on.")
        return False
    sitting = room.sitting()
    if sitting.ended is None:
        close(room.packs, room.history, sitting, "time" if sitting.over(wiring.now()) else "handed-in")
    return True


_COMMANDS: Mapping[str, Callable[[Room, Sitting, str], None]] = {
    "answer": _answer,
    "clear": _clear,
    "flag": _flag,
    "note": _note,
    "strike": _strike,
    "next": _next,
    "previous": _previous,
    "go": _go,
    "list": _list,
    "plan": _plan,
    "time": _time,
    "help": _help,
}
_WITH_MORE = ("answer", "note", "strike", "go", "plan")
"""Commands that take the rest of the line; after any other word the whole line is an answer."""
