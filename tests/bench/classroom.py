"""A class graded: how much work is not grading, but reading, hashing, pickling, starting processes and writing.

200 learners hand in the reference of 16 labs, each with a comment of its own, so that each of the 3,200 plans is a
piece of work. Grading all of them would take an hour and say nothing new, so what a worker is handed is real, with the
lab and the runs that it is compared with, and what it returns is a grade that was worked out before. Grading itself is
measured on one plan of each lab. All times are CPU seconds of all processes, since this machine may have other work to
do.

Workers do not wait for work as long as all others is less than what two of them grade meanwhile.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from course.classes.book import sheets
from course.classes.book.whole import Asked, gradebook
from course.classes.executors import local
from course.classes.grading import tasks
from course.classes.grading.done import NAME
from course.classes.grading.outcome import Outcome
from course.classes.submission import submission, written
from course.content.packs import Packs, built_in_pack, open_packs
from course.history import Event
from labs.lab import Lab

LEARNERS, LABS, WORKERS, SEEDS = 200, 16, 2, 4
"""Labs ask for 20 seeds or more; what is not grading grows with the plans, and hardly with their seeds."""
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Cost:
    """What a class takes."""

    plans: int
    grading_s: float
    """Of all plans, by what one of each lab takes."""
    other_s: float
    pickled: int
    """Bytes of a piece of work, on average."""

    @property
    def share(self) -> float:
        """The share of the time that is not grading."""
        return self.other_s / (self.other_s + self.grading_s)


@dataclass(frozen=True)
class Known:
    """What a lab's runs came to, so that they need not be done again."""

    comparison: Any
    outcome: Outcome
    grading_s: float


class Shortcut(Executor):
    """Hands work on to be carried to a worker and back, with its outcome known."""

    workers = WORKERS

    def __init__(self, inner: Executor, known: Mapping[str, Known]) -> None:
        self.inner, self.known = inner, known

    def submit(self, call, /, *arguments):
        """Carry a plan to a worker; runs that others are compared with are there."""
        if call is tasks.perform:
            _, lab, *_ = arguments
            return self.inner.submit(carried, self.known[lab.id].outcome, *arguments)
        there: Future = Future()
        there.set_result(self.known[arguments[0].id].comparison)
        return there


def carried(outcome: Outcome, *work: object) -> Outcome:
    """Return an outcome, as if the work had been done."""
    return outcome


def worked_out(lab: Lab) -> Known:
    """Do the runs of a lab, and time a grade."""
    comparison = tasks.compare_lab(lab, range(SEEDS))
    began = process_time()
    outcome = tasks.grade_lab(lab, lab.reference.text, range(SEEDS), comparison)
    assert outcome.status == "graded", outcome.why
    return Known(comparison, outcome, process_time() - began)


def hand_in(folder: Path, labs: list[Lab], learners: int) -> None:
    """Write the submissions of a class."""
    for learner in range(learners):
        graded = [
            Event(
                AT,
                "lab-graded",
                lab.id,
                {"passed": True, "score": 100.0, "text": f"{lab.reference.text}\n# learner {learner}\n"},
            )
            for lab in labs
        ]
        (folder / f"{learner}.jsonl").write_text(written(submission(f"learner {learner}", AT, "0.1.0", (), graded)))


def measured(learners: int = LEARNERS, count: int = LABS) -> Cost:
    """Grade a class, from its folder to the files of the gradebook."""
    with TemporaryDirectory() as place:
        root = Path(place)
        packs = open_packs([built_in_pack()], root / "data")[0]
        labs = [packs.lab(id) for id in packs.lab_ids()[:count]]
        known = {lab.id: worked_out(lab) for lab in labs}
        (root / "class").mkdir()
        hand_in(root / "class", labs, learners)
        began = _cpu_s()
        _graded(root, packs, known)
        other = _cpu_s() - began
        sizes = [
            len(pickle.dumps((known[lab.id].outcome, lab, lab.reference.text, known[lab.id].comparison)))
            for lab in labs
        ]
        grading = learners * sum(each.grading_s for each in known.values())
        return Cost(learners * count, grading, other, sum(sizes) // count)


def _graded(root: Path, packs: Packs, known: Mapping[str, Known]) -> None:
    @contextmanager
    def open() -> Iterator[Executor]:
        with local(WORKERS)() as pool:
            yield Shortcut(pool, known)

    book = gradebook(root / "class", packs, Asked(seeds=SEEDS, version="bench"), open, root / NAME)
    (root / "gradebook.csv").write_text(sheets.table(book))
    (root / "gradebook.json").write_text(sheets.text(book))


def _cpu_s() -> float:
    """Return the CPU seconds of this process and of those that it has waited for."""
    others = getrusage(RUSAGE_CHILDREN)
    return process_time() + others.ru_utime + others.ru_stime
