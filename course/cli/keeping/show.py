"""`mlcourse progress`: how far everything is, as JSON or in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from course.cli.present import counted, plain, print_json
from course.cli.surroundings import catalog, journal
from course.learning.sections import sections
from course.learning.standing import Ready, Standing, standing
from course.progress import Progress, as_json
from course.wiring import now

if TYPE_CHECKING:
    import argparse


def show(options: argparse.Namespace) -> int:
    """Print what follows from the history."""
    packs = catalog(options)
    with journal(options) as history:
        found = standing(packs, history, now())
    if options.json:
        print_json(as_json(found.progress) | data(found))
        return 0
    done = found.progress
    if not (done.lessons or done.labs or done.incidents or done.questions or found.exams):
        print("Nothing yet. Run mlcourse to begin.")
        return 0
    for line in (*_course(found), *_exercises(done), *_words(found)):
        print(line)
    return 0


def data(found: Standing) -> dict[str, Any]:
    """Return what stands beside the progress itself for programs; these keys are for ever."""
    return {
        "mastery": {"lessons": found.lessons, "objectives": found.objectives},
        "due": {
            "items": [item.name for item in found.due.now],
            "minutes": found.due.minutes,
            "days": {day.isoformat(): count for day, count in found.due.days.items()},
        },
        "readiness": [_ready(each) for each in found.ready],
        "minutes": {
            "total": found.learned.total,
            "days": {day.isoformat(): minutes for day, minutes in found.learned.minutes.items()},
        },
        "streak": found.days_in_a_row,
        "exercises": found.exercises,
        "calibration": {"brier": found.scores.brier, "bins": found.scores.bins},
        "predicted": {
            "runs": found.predicted.runs,
            "held": found.predicted.whole.held,
            "of": found.predicted.whole.of,
            "parts": found.predicted.parts,
        },
        "exams": [
            {
                "id": each.sitting.id,
                "profile": each.sitting.profile,
                "ended": each.ended.at.isoformat(),
                "right": each.score.whole.right,
                "of": each.score.whole.of,
                "interval": each.score.whole.interval,
                "scaled_estimate": each.scaled,
            }
            for each in found.exams
        ],
    }


def _ready(each: Ready) -> Mapping[str, Any]:
    """Return a readiness without its numbers where the evidence does not suffice."""
    shown: dict[str, Any] = plain(each.readiness)
    numbers = ("p_pass", "low", "high", "share_low", "share_high")
    hidden = {} if each.readiness.enough else dict.fromkeys(numbers)
    return {"title": each.title} | shown | hidden


def _course(found: Standing) -> Iterator[str]:
    """Yield a line for each lesson that was begun."""
    for id, lesson in found.lessons.items():
        if lesson.begun:
            read = found.progress.lessons.get(id)
            where = f", at step {read.step + 1} of {read.of}" if read and not (read.finished or lesson.done) else ""
            yield f"{found.titles[id]}: {'done' if lesson.done else lesson.note or 'begun'}{where}"


def _exercises(done: Progress) -> Iterator[str]:
    """Yield a line for each lab and incident that was tried, those that the course no longer has among them."""
    for id, lab in done.labs.items():
        attempts = counted(lab.attempts, "attempt")
        yield f"lab {id}: best {lab.best_score:g}, {attempts}{', passed' if lab.passed else ''}"
    for id, incident in done.incidents.items():
        left = f", {incident.abandoned} left early" if incident.abandoned else ""
        yield f"incident {id}: {counted(incident.attempts, 'shift')}{left}{', passed' if incident.passed else ''}"


def _words(found: Standing) -> Iterator[str]:
    """Yield the other sections, line by line."""
    for section in sections(found):
        if section.id not in ("lessons", "exercises"):
            yield ""
            yield section.title
            yield from (f"  {sentence}" for sentence in section.say)
            yield from (f"  {line}" for line in section.lines)
