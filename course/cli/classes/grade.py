"""`mlcourse class grade`: everything that a class has handed in, graded again from the plans, and the gradebook."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from course import wiring
from course.cli.arguments import COUNT, Commands, command
from course.cli.errors import UsageError
from course.cli.present import complain, counted, print_json
from course.cli.progress import erase, progress_line
from course.cli.surroundings import catalog, version
from course.errors import CourseError, one_line

if TYPE_CHECKING:
    from course.classes.book.gradebook import Gradebook

PATIENCE_S = 10.0
"""How long a scheduler may take to answer."""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(commands, "grade", "grade a folder of submissions again from their plans", grade)
    asking(parser)
    parser.add_argument(
        "--out", metavar="DIR", type=Path, help="the folder for the gradebook; without it: FOLDER-grades beside it"
    )


def asking(parser: argparse.ArgumentParser, place: str = "the submissions; or one of them") -> None:
    """Add what every command that grades takes."""
    parser.add_argument("folder", metavar="FOLDER", type=Path, help=place)
    parser.add_argument("--labs", metavar="A,B", help="the labs and incidents that count; without it: all handed in")
    parser.add_argument(
        "--plan", choices=("best", "last"), default="best", help="which of a learner's plans counts (default: best)"
    )
    parser.add_argument("--due", metavar="TIME", type=_moment, help="mark what came later, as 2026-12-01T23:59+01:00")
    parser.add_argument("--seeds", type=COUNT, metavar="N", help="how many seeds; without it: each lab's own number")
    parser.add_argument(
        "--workers",
        type=COUNT,
        metavar="N",
        default=wiring.cores(),
        help="worker processes; without it: as many as there are cores",
    )
    parser.add_argument("--scheduler", metavar="ADDRESS", help="a Dask cluster that does the work")


def grade(options: argparse.Namespace) -> int:
    """Write the gradebook as CSV, JSON and HTML; 1 if something was handed in that could not be graded."""
    from course.classes.book import sheets
    from course.classes.book.page import page
    from course.classes.grading.done import NAME

    out = options.out or _beside(options.folder)
    with _made(out):
        book = graded(options, out / NAME)
    files = {"gradebook.csv": sheets.table(book), "gradebook.json": sheets.text(book), "gradebook.html": page(book)}
    for name, text in files.items():
        _write(out / name, text)
    if options.json:
        print_json(sheets.data(book) | {"files": {name.split(".")[1]: out / name for name in files}})
    else:
        _say(book, out)
    return 0 if all(_is_graded(book)) else 1


def _beside(folder: Path) -> Path:
    """Return the folder for the gradebook of the submissions in a folder, also of the one that somebody stands in."""
    around = folder / ".." if folder.name in ("", "..") else folder.parent
    return around / f"{folder.resolve().name.removesuffix('.jsonl')}-grades"


def graded(options: argparse.Namespace, done: Path | None) -> Gradebook:
    """Return the gradebook of what the options name."""
    from course.classes.book.whole import Asked, Telling, gradebook
    from course.classes.cluster import cluster
    from course.classes.executors import local

    asked = Asked(
        which=options.plan,
        due=options.due,
        seeds=options.seeds,
        only=tuple(each.strip() for each in options.labs.split(",") if each.strip()) if options.labs else (),
        version=version("mlcourse"),
    )
    packs = catalog(options)
    open = cluster(options.scheduler, PATIENCE_S) if options.scheduler else local(options.workers)
    with progress_line("plans graded") as bar, _keeping_what_is_done(done):
        telling = Telling(complain=complain, on_progress=bar, on_loss=_lost)
        return gradebook(options.folder, packs, asked, open, done, telling)


@contextmanager
def _keeping_what_is_done(done: Path | None) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        erase()
        if done is not None:
            complain("Grades that are finished are kept; the same command goes on from there.")
        raise


def _lost(left: int) -> None:
    erase()
    complain(f"A worker process has died, most likely for want of memory. {counted(left, 'plan')} left; it goes on.")


def _is_graded(book: Gradebook) -> Iterator[bool]:
    yield not any(note.say.startswith("not read") for note in book.notes)
    yield from (result.outcome.status == "graded" for row in book.rows for result in row.results.values())


def _say(book: Gradebook, out: Path) -> None:
    from course.characters import in_one_line

    exercises = len(book.exercises)
    print(
        f"{counted(len(book.rows), 'learner')}, {counted(exercises, 'exercise')}; the gradebook is in {one_line(out)}"
    )
    for row in book.rows:
        print(f" {row.score(book.exercises):5.1f}  {row.passed} of {exercises} passed  {row.learner}")
        for id, result in row.results.items():
            if result.outcome.status != "graded":
                print(f"        {id}: {result.outcome.status}, {result.outcome.why}")
            elif result.differs:
                print(f"        {id}: {_came_out(result.outcome.passed)}; the file says otherwise")
    for note in book.notes:
        complain(in_one_line(f"{note.file}: {note.say}"))
    if not book.rows:
        complain("No submission could be read there.")


def _came_out(passed: bool) -> str:
    return "passed" if passed else "not passed"


@contextmanager
def _made(out: Path) -> Iterator[None]:
    """Make the folder; a new one is taken away again if there is nothing to be graded."""
    new = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{one_line(out)} cannot be made: {error.strerror}; name another folder with --out") from error
    try:
        yield
    except CourseError:
        if new:
            with suppress(OSError):  # grades of before a scheduler went are in it, and stay
                out.rmdir()
        raise


def _write(path: Path, text: str) -> None:
    """Write a file over an earlier one, all at once."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    except OSError as error:
        raise UsageError(f"{one_line(path)} cannot be written: {error.strerror}") from error
    finally:
        draft.unlink(missing_ok=True)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        say = f"must be a time with its offset, such as 2026-12-01T23:59+01:00, got {text[:40]!r}"
        raise argparse.ArgumentTypeError(say)
    return moment
