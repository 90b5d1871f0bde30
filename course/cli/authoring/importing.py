"""`mlcourse quiz import`: questions of another program as a file of ours, which is a start: what is missing in it is
marked, and what `mlcourse check` will say is said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from course.cli.arguments import command
from course.cli.errors import UsageError
from course.cli.new_files import must_be_new, write_new
from course.cli.present import complain, counted, print_json
from course.errors import one_line

if TYPE_CHECKING:
    import argparse

    from course.cli.arguments import Commands
    from course.interchange.reading import Imported

FORMATS = ("gift", "moodle")
MOST_SHOWN = 20
"""Findings that are printed; --json has all of them."""


def add(group: Commands) -> None:
    """Add the command."""
    what = "turn questions of another program into a file of ours, as a start, and say what is missing in it"
    parser = command(group, "import", what, take_in)
    parser.add_argument("file", type=Path, metavar="FILE", help="GIFT (.gift, .txt) or Moodle XML (.xml)")
    parser.add_argument("--as", dest="form", choices=FORMATS, help="the format, if the name does not say it")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", default=Path("questions.yaml"), help="the new file (default questions.yaml)"
    )


def take_in(options: argparse.Namespace) -> int:
    """Write a file of questions; 1 if something of the other file was left out."""
    from course.content.lint.started import findings
    from course.interchange.formats import SUFFIXES
    from course.interchange.started import started

    must_be_new(options.out)
    form = options.form or SUFFIXES.get(options.file.suffix.lower())
    if form is None:
        raise UsageError(f"nobody knows what {one_line(options.file)} is; say --as gift or --as moodle")
    found = _read(options.file, form)
    text = started(found.drafts, options.file.name)
    missing = findings(text, options.out) if found.drafts else ()
    if found.drafts:
        write_new(options.out, text)
    if options.json:
        file = str(options.out) if found.drafts else None
        count = len(found.drafts)
        print_json({"file": file, "questions": count, "left_out": found.findings, "check": missing})
        return _code(found)
    for each in found.findings[:MOST_SHOWN]:
        complain(f"{one_line(options.file)}:{each.line}:{each.column}: {each.say}")
    _more(len(found.findings))
    if found.drafts:
        print(f"{one_line(options.out)} holds {counted(len(found.drafts), 'question')}, as a start.")
        print("What is missing is marked with # in it. Until then mlcourse check will say:" if missing else "")
        for problem in missing[:MOST_SHOWN]:
            print(str(problem))
        _more(len(missing))
    else:
        complain(f"{one_line(options.file)} holds no question that could be taken; nothing was written.")
    return _code(found)


def _code(found: Imported) -> int:
    return 1 if found.findings or not found.drafts else 0


def _more(count: int) -> None:
    if count > MOST_SHOWN:
        complain(f"And {count - MOST_SHOWN} more; --json lists all of them.")


def _read(file: Path, form: str) -> Imported:
    from course.interchange.formats import READERS
    from course.interchange.reading import MOST_BYTES, Unreadable

    if not file.is_file():  # a pipe would never end
        is_there = f"{one_line(file)} is no file" if file.exists() else f"there is no file {one_line(file)}"
        raise UsageError(f"{is_there}; name one that another program has written")
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{one_line(file)} cannot be read: {error.strerror}") from error
    try:
        return READERS[form](data)
    except Unreadable as error:
        raise UsageError(f"{one_line(file)}:{error.line}:{error.column}: {error}") from error
