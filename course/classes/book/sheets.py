"""The gradebook as a table for spreadsheets, and as JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from course.characters import harmless, in_one_line
from course.classes.book.gradebook import Gradebook, Graded, Result, Row

PROGRAM, FORMAT = "mlcourse gradebook", 1
FIRST = ("learner", "file", "handed in", "late", "passed", "score")
LAST = ("questions answered", "judged again", "right", "exams", "remarks")


def table(book: Gradebook) -> str:
    """Return a CSV file with a row for each learner; of each exercise its score, and what became of it in words."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    heads = [head for each in book.exercises for head in (f"{each.id} score", f"{each.id} result")]
    rows.writerow(map(_cell, (*FIRST, *heads, *LAST)))
    for row in book.rows:
        rows.writerow(map(_cell, _cells(book, row)))
    return out.getvalue()


def data(book: Gradebook) -> dict[str, Any]:
    """Return the gradebook as JSON has it; its keys stay."""
    return {
        "program": PROGRAM,
        "format": FORMAT,
        "course": book.course,
        "version": book.version,
        "plan": book.which,
        "due": book.due.isoformat() if book.due else None,
        "exercises": [asdict(each) for each in book.exercises],
        "learners": [_learner(book, row) for row in book.rows],
        "notes": [asdict(note) for note in book.notes],
    }


def text(book: Gradebook) -> str:
    """Return the same as the text of a file."""
    return json.dumps(data(book), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def word(result: Result | None, exercise: Graded) -> str:
    """Return what became of an exercise, in words."""
    if result is None:
        return ""
    outcome = result.outcome
    late = " (late)" if result.late else ""
    if outcome.status != "graded":
        return f"{outcome.status}: {outcome.why}{late}"
    if outcome.passed:
        return f"passed{late}"
    missed = ", ".join(goal.id for goal in exercise.goals if goal.id in outcome.missed)
    return f"missed: {missed}{late}"


def _cell(value: object) -> str:
    return harmless(in_one_line(str(value)))


def _cells(book: Gradebook, row: Row) -> Iterator[object]:
    yield from (row.learner, row.file, row.at.isoformat(), "late" if row.late else "")
    yield from (row.passed, f"{row.score(book.exercises):g}")
    for each in book.exercises:
        result = row.results.get(each.id)
        yield f"{result.outcome.score:g}" if result and result.outcome.status == "graded" else ""
        yield word(result, each)
    yield from (row.answers.questions, row.answers.judged, row.answers.right)
    yield "; ".join(f"{exam.profile}: {exam.right} of {exam.of}" for exam in row.exams)
    yield "; ".join(note.say for note in book.notes if note.file == row.file)


def _learner(book: Gradebook, row: Row) -> dict[str, Any]:
    return {
        "learner": row.learner,
        "file": row.file,
        "at": row.at.isoformat(),
        "late": row.late,
        "version": row.version,
        "passed": row.passed,
        "score": row.score(book.exercises),
        "results": {id: _result(result) for id, result in row.results.items()},
        "answers": asdict(row.answers),
        "exams": [asdict(exam) | {"at": exam.at.isoformat()} for exam in row.exams],
        "notes": [note.say for note in book.notes if note.file == row.file],
    }


def _result(result: Result) -> Mapping[str, Any]:
    outcome = asdict(result.outcome)
    del outcome["sent"]
    return outcome | {
        "at": result.at.isoformat(),
        "late": result.late,
        "claimed_passed": result.claimed,
        "claimed_score": result.claimed_score,
        "differs": result.differs,
    }
