"""`mlcourse class results`: what each learner has achieved, in the form that a teaching platform takes."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.characters import in_one_line
from course.cli.arguments import Commands, command
from course.cli.classes.grade import asking, graded
from course.cli.errors import UsageError
from course.cli.new_files import write_new
from course.cli.present import complain, counted, print_json
from course.errors import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 256 * 2**20
VISIBLE = ("visible", "after_due_date", "after_published", "hidden")


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(commands, "results", "the results of a class as a platform takes them", results)
    asking(parser, "a gradebook, the folder that it is in, submissions, or one of them")
    parser.add_argument("--as", dest="form", choices=("gradescope",), default="gradescope", help="default: gradescope")
    parser.add_argument(
        "--out",
        metavar="PATH",
        type=Path,
        help="a new folder with a folder for each learner; of one submission, the file results.json",
    )
    parser.add_argument("--visibility", choices=VISIBLE, default="visible", help="when learners see it on Gradescope")


def results(options: argparse.Namespace) -> int:
    """Write results.json for each learner of a gradebook, a folder or one submission; 1 if there is none."""
    from course.classes.book import gradescope, sheets

    single = options.folder.is_file() and options.folder.suffix != ".json"
    book = _kept(options.folder) if not single else None
    if book is None:
        book = sheets.data(graded(options, None))
    try:
        done = {
            str(each["file"]): gradescope.results(book["exercises"], each, options.visibility)
            for each in book["learners"]
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"{one_line(options.folder)} is no gradebook that mlcourse class grade has written") from error
    if single and not done:
        why = str(book["notes"][0]["say"]).removeprefix("not read: ") if book["notes"] else "nothing is in it"
        exercises = [each.strip() for each in (options.labs or "").split(",") if each.strip()]
        done = {options.folder.name: gradescope.unread(why, exercises, options.visibility)}
    _write(options, done, single=single)
    for note in book["notes"]:
        complain(in_one_line(f"{note['file']}: {note['say']}"))
    return 0 if book["learners"] else 1


def _kept(place: Path) -> dict[str, Any] | None:
    """Return the gradebook that lies at a place; None if that is a folder of submissions."""
    from course.classes.book.sheets import FORMAT, PROGRAM

    file = place / "gradebook.json" if place.is_dir() else place
    if place.is_dir() and not file.is_file():
        return None
    try:
        if file.stat().st_size > LARGEST:
            raise UsageError(f"{one_line(file)} is larger than {LARGEST // 2**20} MB, which no gradebook is")
        book = json.loads(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{one_line(file)} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError):
        book = None
    if not isinstance(book, dict) or book.get("program") != PROGRAM:
        raise UsageError(f"{one_line(file)} is no gradebook that mlcourse class grade has written")
    if book.get("format") != FORMAT:
        raise UsageError(f"{one_line(file)}: a newer mlcourse has written this gradebook; update this one")
    return book


def _write(options: argparse.Namespace, done: Mapping[str, Mapping[str, Any]], *, single: bool) -> None:
    out: Path | None = options.out
    if out is None:
        print_json(next(iter(done.values())) if single else done)
        return
    if single:
        write_new(out, _text(next(iter(done.values()))))
    else:
        try:
            out.mkdir(parents=True)
        except OSError as error:
            raise UsageError(f"{one_line(out)} cannot be made: {error.strerror}; name a new folder") from error
        for number, (file, found) in enumerate(sorted(done.items()), start=1):
            folder = out / f"{number:04d}-{_safe(file)}"
            folder.mkdir()
            write_new(folder / "results.json", _text(found))
    if options.json:
        print_json({"out": out, "learners": list(done)})
    else:
        print(f"{one_line(out)} holds the results of {counted(len(done), 'learner')}.")


def _safe(file: str) -> str:
    """Return a name of a folder that leads nowhere else."""
    letters = "".join(sign if sign.isalnum() else "-" for sign in file.removesuffix(".jsonl"))
    return letters[:60].strip("-") or "learner"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
