"""The whole way from a folder of submissions to a gradebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from course.classes.answers import exams, remembered
from course.classes.book.gradebook import GoalHeld, Gradebook, Graded, NearMiss, Result, Row, near_misses
from course.classes.claims import Claim, Which
from course.classes.grading.alike import alike
from course.classes.grading.done import keeping, kept
from course.classes.grading.work import Exercises, graded, namer
from course.classes.learners import Handed, Note, handed_in, unknown
from course.content.fingerprint import fingerprint
from course.errors import CourseError

if TYPE_CHECKING:
    from course.classes.executors import OnLoss, Open
    from course.classes.grading.outcome import Outcome
    from course.content.packs import Packs
    from labs.lab import Lab


class NoSuchExercise(CourseError):
    """A lab or an incident that these packs do not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a class is to be graded."""

    which: Which = "best"
    due: datetime | None = None
    seeds: int | None = None
    """Of each lab; None: the lab's own number."""
    only: tuple[str, ...] = ()
    """The labs and incidents that count; empty: those that anybody has handed something in for."""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Who hears of what goes on."""

    complain: Callable[[str], None] = lambda text: None
    on_file: Callable[[int], None] | None = None
    on_progress: Callable[[float, float], None] | None = None
    on_loss: OnLoss | None = None


def gradebook(
    place: Path, packs: Packs, asked: Asked, open: Open, done: Path | None = None, telling: Telling | None = None
) -> Gradebook:
    """Grade what lies in a folder, or one file; `done` is the file in which finished grades are kept.

    NoFolder or NoSuchExercise if there is nothing to be graded. If it is stopped, what was finished stays in `done`.
    """
    telling = telling or Telling()
    known = (*packs.lab_ids(), *packs.incident_ids())
    for id in asked.only:
        if id not in known:
            raise NoSuchExercise(f"there is no lab and no incident {id[:40]!r}; see mlcourse lab list")
    handed, notes = handed_in(place, asked.which, remembered(packs.question), telling.on_file)
    claimed = {id for each in handed for id in each.claims}
    counting = [id for id in known if (id in asked.only if asked.only else id in claimed)]
    exercises = _exercises(packs, {*counting, *(lab for each in handed for lab, _ in each.tasks)}, asked)
    name = namer(exercises)
    tasks = [_task(each, *pair) for each in handed for pair in each.tasks]
    work = {name(claim): claim for claim in (*_counting(handed, counting), *tasks) if claim.exercise in exercises}
    outcomes = _graded(work, exercises, open, done, telling)

    def task_passed(lab: str, text: str) -> bool | None:
        claim = Claim(exercise=lab, text=text, at=handed[0].at, passed=False, score=None)
        return outcomes[name(claim)].passed if lab in exercises else None

    rows = tuple(
        Row(
            learner=each.learner,
            file=each.file,
            at=each.at,
            late=_is_late(each.at, asked),
            version=each.version,
            results={id: _result(each.claims[id], outcomes, name, asked) for id in counting if id in each.claims},
            answers=each.answers,
            exams=exams(each.exams, remembered(packs.question), task_passed),
        )
        for each in handed
    )
    return Gradebook(
        course=packs.outline.title,
        version=asked.version,
        which=asked.which,
        due=asked.due,
        exercises=tuple(_exercise(id, exercises, rows) for id in counting),
        rows=rows,
        notes=tuple(sorted((*notes, *unknown(handed, known), *_remarks(handed, packs, asked)), key=_order)),
    )


def _counting(handed: Iterable[Handed], counting: Sequence[str]) -> Iterator[Claim]:
    return (each.claims[id] for each in handed for id in counting if id in each.claims)


def _task(handed: Handed, lab: str, text: str) -> Claim:
    return Claim(exercise=lab, text=text, at=handed.at, passed=False, score=None)


def _exercises(packs: Packs, wanted: set[str], asked: Asked) -> Exercises:
    return Exercises(
        labs={id: packs.lab(id) for id in packs.lab_ids() if id in wanted},
        incidents={id: packs.incident(id) for id in packs.incident_ids() if id in wanted},
        seeds=asked.seeds,
        version=asked.version,
    )


def _graded(
    work: Mapping[str, Claim], exercises: Exercises, open: Open, done: Path | None, telling: Telling
) -> Mapping[str, Outcome]:
    before, wrong = kept(done) if done is not None else ({}, 0)
    if wrong:
        lines = "1 line" if wrong == 1 else f"{wrong} lines"
        telling.complain(f"{lines} of the finished grades cannot be read; what stood there is graded anew.")
    with keeping(done) if done is not None else nullcontext() as keeper:
        on_done = keeper.keep if keeper is not None else lambda name, outcome: None
        return graded(work, exercises, before, open, on_done, telling.on_progress, telling.on_loss)


def _result(claim: Claim, outcomes: Mapping[str, Outcome], name: Callable[[Claim], str], asked: Asked) -> Result:
    return Result(
        at=claim.at,
        late=_is_late(claim.at, asked),
        outcome=outcomes[name(claim)],
        claimed=claim.passed,
        claimed_score=claim.score,
    )


def _is_late(at: datetime, asked: Asked) -> bool:
    return asked.due is not None and at > asked.due


def _exercise(id: str, exercises: Exercises, rows: Sequence[Row]) -> Graded:
    if id in exercises.incidents:
        incident = exercises.incidents[id]
        held = tuple(map(GoalHeld.of, incident.goals))
        return Graded(id=id, kind="incident", title=incident.title, seeds=1, goals=held)
    from course.classes.grading.sent import sent

    lab = exercises.labs[id]
    outcomes = {row.learner: row.results[id].outcome for row in rows if id in row.results}
    near = _near_misses(lab, outcomes)
    given = {sent(each.text) for each in (lab.start, lab.reference, *(near.file for near in lab.near_misses))}
    plans = {name: outcome.sent for name, outcome in outcomes.items()}
    return Graded(
        id=id,
        kind="lab",
        title=lab.title,
        seeds=len(exercises.seeds_of(id)),
        asked_seeds=lab.seeds,
        goals=tuple(map(GoalHeld.of, lab.goals)),
        near_misses=near,
        alike=alike(plans, sent(lab.start.text), given),
    )


def _near_misses(lab: Lab, outcomes: Mapping[str, Outcome]) -> tuple[NearMiss, ...]:
    from course.classes.grading.sent import sent

    known = [(each.file.name, each.fails, sent(each.file.text)) for each in lab.near_misses]
    return near_misses(known, outcomes)


def _remarks(handed: Iterable[Handed], packs: Packs, asked: Asked) -> Iterator[Note]:
    """Yield what is worth knowing of submissions that are graded."""
    ours = {pack.outline.id: fingerprint(pack.root) for pack in packs.packs}
    for each in handed:
        other = sorted(pack.id for pack in each.packs if pack.id in ours and ours[pack.id] != pack.sha256)
        if other:
            yield Note(each.file, f"was made with another state of {', '.join(other)}")
        if each.version != asked.version:
            yield Note(each.file, f"was made with version {each.version}, and is graded with {asked.version}")
        if each.later:
            dated = "1 event is" if each.later == 1 else f"{each.later} events are"
            yield Note(each.file, f"{dated} dated after the file was written")
        differ = each.answers.differ
        if differ:
            say = "1 answer is" if len(differ) == 1 else f"{len(differ)} answers are"
            yield Note(each.file, f"{say} not worth what the file says: {', '.join(differ[:5])}")


def _order(note: Note) -> tuple[str, str]:
    return note.file, note.say
