"""`mlcourse submit`: one sealed file for a teacher, and what is in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from course import wiring
from course.cli.arguments import command
from course.cli.errors import UsageError
from course.cli.new_files import write_new
from course.cli.present import print_json
from course.cli.surroundings import journal, places, version
from course.errors import one_line
from course.folds.progress import PREFERENCES
from course.history import Event

if TYPE_CHECKING:
    import argparse

    from course.classes.submission import Submission
    from course.cli.arguments import Commands
    from course.ports import Journal

NAME = "name"
"""The preference that remembers who handed in."""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(commands, "submit", "write your plans, grades and answers into one file for a teacher", submit)
    parser.add_argument("--name", help="who you are; without it: as the last time")
    parser.add_argument(
        "--out", metavar="FILE", type=Path, help="the file, a new one; without it: mlcourse-NAME-TIME.jsonl"
    )


def submit(options: argparse.Namespace) -> int:
    """Write the file, and say what is in it."""
    from course.classes.submission import FORM, written

    with journal(options) as history:
        name = options.name or history.folded(PREFERENCES).get(NAME, "")
        if not name:
            raise UsageError("nothing was written: say who you are, as in mlcourse submit --name 'Ada Lovelace'")
        try:
            given = wiring.submission(places(options), name, version("mlcourse"), history.events())
        except ValueError as error:
            raise UsageError(f"nothing was written: {error}") from error
        text = written(given)
        if len(text) > FORM.most_bytes:  # it is ASCII
            raise UsageError(
                f"nothing was written: your history takes more than the {FORM.most_bytes // 2**20} MB of a file"
            )
        file = options.out or Path(file_name(given))
        write_new(file, text)
        _remember(history, given)
    if options.json:
        packs = [{"id": pack.id, "sha256": pack.sha256} for pack in given.packs]
        facts = {"learner": given.learner, "at": given.at.isoformat(), "version": given.version, "packs": packs}
        print_json({"file": file, **facts, "events": len(given.events)})
    else:
        _say(file, given)
    return 0


def file_name(given: Submission) -> str:
    """Return a name that no other learner's file has, nor an earlier one's."""
    letters = "".join(sign if sign.isalnum() else " " for sign in given.learner)
    return f"mlcourse-{'-'.join(letters.split()) or 'nameless'}-{given.at:%Y%m%dT%H%M%SZ}.jsonl"


def _remember(history: Journal, given: Submission) -> None:
    if history.folded(PREFERENCES).get(NAME) != given.learner:
        history.record(Event(given.at, "preferred", NAME, {"value": given.learner}))


def _say(file: Path, given: Submission) -> None:
    from course.store.words import listed

    print(f"{one_line(file)} is what {given.learner} hands in. Give this file to your teacher.")
    inside = listed(given.events)
    print(f" In it: {f'{inside}, with their times and plans' if inside else 'no grade and no answer yet'}.")
    print(f" Also your name, the time, the version ({given.version}), and which packs you have.")
    print(" Not in it: notes, bookmarks, drafts, settings, what you only opened, and this computer's name or folders.")
    print(" It can be read in any editor; do not change it there, or it no longer fits its seal.")
