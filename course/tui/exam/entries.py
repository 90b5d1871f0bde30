"""How the questions and tasks of a sitting stand, in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.tui.drawing import signs
from course.tui.drawing.words import gist
from course.tui.exam.entry_list import Entry
from quiz.presentation import posed

if TYPE_CHECKING:
    from course.learning.exams.sitting import Ended, Sitting
    from course.ports import Study


def open_ones(sitting: Sitting) -> str:
    """Return what is open and what is flagged."""
    left = sum(not sitting.is_answered(entry) for entry in sitting.entries)
    return f"{left} of {len(sitting.entries)} not answered, {len(sitting.flags)} flagged."


def entries_of(study: Study, sitting: Sitting) -> tuple[Entry, ...]:
    """Return a row for each entry: answered or not, flagged, noted. Nothing tells what is right."""
    return tuple(_standing(study, sitting, entry) for entry in sitting.entries)


def _standing(study: Study, sitting: Sitting, entry: str) -> Entry:
    there = sitting.is_answered(entry)
    note = sitting.notes.get(entry, "")
    words = (
        "answered" if there else "open",
        "! flagged" if entry in sitting.flags else "",
        f"note: {note}" if note else "",
    )
    state = " · ".join(each for each in words if each)
    return Entry(signs.HERE if there else signs.OPEN, asked(study, sitting, entry), state)


def judged(study: Study, sitting: Sitting, ended: Ended) -> tuple[Entry, ...]:
    """Return a row for each question afterwards."""
    rows = []
    for entry in sitting.questions:
        right = ended.right.get(entry)
        waits = entry in ended.unsure and entry not in ended.judged
        sign = signs.RIGHT if right else signs.OPEN if right is None else signs.CAREFUL if waits else signs.WRONG
        state = "gone, not counted" if entry in ended.gone else "right" if right else "wrong"
        if entry in ended.unsure and entry not in ended.gone:
            state = "left for you to judge" if waits else f"{state}, judged by you"
        rows.append(
            Entry(
                sign,
                asked(study, sitting, entry),
                "not answered" if right is None and entry not in ended.gone else state,
            )
        )
    return tuple(rows)


def asked(study: Study, sitting: Sitting, entry: str) -> str:
    """Return what an entry asks, in a sentence."""
    if entry not in sitting.questions:
        return f"Task: {study.catalog.outline.title_of('lab', entry)}"
    try:
        return gist(posed(study.catalog.question(entry), sitting.seed).stem)
    except KeyError:
        return entry
