"""`mlcourse new ...`: files for a pack, a lesson, a question, a lab, an incident, an exam or a class on GitHub."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from course import wiring
from course.cli.arguments import Commands, command, whole
from course.cli.present import print_json
from course.cli.surroundings import catalog, places, version
from course.errors import one_line

if TYPE_CHECKING:
    from course.content.making.exercise import Sort
    from course.content.making.ground import Ground
    from course.content.making.made import Made

SCHEMAS = "schemas"
"""A folder of files that nobody reads or changes; they are not listed."""
POINTS = whole(1, 1000)


def add(commands: Commands) -> None:
    """Add the commands."""
    parser = commands.add_parser("new", help="write files to begin with: a pack, a lesson, a question, a lab ...")
    group: Commands = parser.add_subparsers(metavar="THING", required=True, parser_class=type(parser))
    pack = command(group, "pack", "a pack with a lesson, a page and a question", new_pack)
    pack.add_argument("folder", metavar="FOLDER", type=Path, help="a new folder; its name becomes the pack's id")
    _title(pack)
    lesson = _thing(group, "lesson", "a lesson at the end of a part", new_lesson)
    lesson.add_argument("--part", help="the part's id; without it: the last one")
    question = _in_lesson(_thing(group, "question", "a question on a lesson's page", new_question, titled=False))
    question.add_argument(
        "--kind", required=True, help="single, multiple, ordering, matching, numeric, short-text, fix, case or computed"
    )
    question.add_argument("--practice", action="store_true", help="on no page: for practice, reviews and exams alone")
    for name, run in (("lab", new_lab), ("incident", new_incident)):
        exercise = _in_lesson(_thing(group, name, f"a {name} that works, to change into your own", run))
        exercise.add_argument("--kind", help="what it is about; a wrong one lists all")
        exercise.add_argument("--like", metavar="ID", help=f"begin with this built-in {name} instead")
    _thing(group, "exam", "a mock exam over the lessons of the pack", new_exam)
    classroom = command(group, "classroom", "a repository for GitHub Classroom that grades labs", new_classroom)
    classroom.add_argument(
        "folder", nargs="?", metavar="FOLDER", type=Path, default=Path(), help="without it: this one"
    )
    classroom.add_argument("--labs", required=True, metavar="A,B", help="ids of labs, with commas between them")
    classroom.add_argument("--install", metavar="WHAT", help="what pip installs; without it: mlcourse of this version")
    classroom.add_argument("--points", type=POINTS, default=10, help="for each lab that passes (default 10)")


def new_pack(options: argparse.Namespace) -> int:
    """Write a pack."""
    from course.content.making.pack import new_pack

    made = new_pack(options.folder, _roots(options), title=options.title, today=wiring.now().date())
    return _written(made, options)


def new_lesson(options: argparse.Namespace) -> int:
    """Write a lesson."""
    from course.content.making.lesson import new_lesson

    today = wiring.now().date()
    made = new_lesson(_ground(options), options.id, title=options.title, part=options.part, today=today)
    return _written(made, options)


def new_question(options: argparse.Namespace) -> int:
    """Write a question."""
    from course.content.making.question import new_question

    made = new_question(
        _ground(options), options.id, lesson=options.lesson, kind=options.kind, practice=options.practice
    )
    return _written(made, options)


def new_lab(options: argparse.Namespace) -> int:
    """Write a lab."""
    from course.content.making.exercise import LAB

    return _exercise(LAB, options)


def new_incident(options: argparse.Namespace) -> int:
    """Write an incident."""
    from course.content.making.exercise import INCIDENT

    return _exercise(INCIDENT, options)


def new_exam(options: argparse.Namespace) -> int:
    """Write an exam."""
    from course.content.making.exam import new_exam

    made = new_exam(_ground(options), options.id, title=options.title, today=wiring.now().date())
    return _written(made, options)


def new_classroom(options: argparse.Namespace) -> int:
    """Write a repository for a class."""
    from course.content.making.classroom import new_classroom

    install = options.install or f"mlcourse=={version('mlcourse')}"
    made = new_classroom(
        options.folder, catalog(options), options.labs.split(","), points=options.points, install=install
    )
    then = (
        f"Look at requirements.txt: it says that pip installs {one_line(install)}.",
        "Push it as a template repository, and choose it for an assignment in GitHub Classroom.",
    )
    return _written(made, options, then)


def _this_version() -> str:
    """Return the program as pip names it."""
    installed = version("mlcourse")
    return "mlcourse" if installed == "missing" else f"mlcourse=={installed}"


def _exercise(sort: Sort, options: argparse.Namespace) -> int:
    from course.content.making.exercise import new_exercise
    from course.content.pack import Pack
    from course.content.packs import built_in_pack

    made = new_exercise(
        _ground(options),
        Pack(built_in_pack()),
        sort,
        options.id,
        lesson=options.lesson,
        kind=options.kind,
        like=options.like,
        title=options.title,
    )
    return _written(made, options)


def _ground(options: argparse.Namespace) -> Ground:
    """Return the pack that was named, behind the command or before it, or else the one that one stands in."""
    from course.content.making.ground import find_ground

    named = options.into or (Path(options.pack[0]) if len(options.pack) == 1 else None)
    around = [Path(*[".."] * up) for up in range(len(Path.cwd().parts))]
    return find_ground([named] if named else around, partial(_roots, options))


def _roots(options: argparse.Namespace, written: Path | None = None) -> tuple[Path, ...]:
    from course.content.packs import find_packs

    where = places(options)
    return find_packs(where.packs, where.data, written)


def _written(made: Made, options: argparse.Namespace, then: Sequence[str] = ()) -> int:
    """Write it, and print what was written and what to do next: to see and to check it, or what is said in `then`."""
    import shlex

    from course.content.making.writing import write

    write(made)
    new, changed = ([made.root / name for name in names] for names in (made.new, made.changed))
    if options.json:
        print_json({"folder": made.root, "new": new, "changed": changed})
        return 0
    for word, files in (("new", new), ("changed", changed)):
        for file in files:
            if not file.is_relative_to(made.root / SCHEMAS):
                print(f"{word:8}{one_line(file)}")
    folder = one_line(shlex.quote(str(made.root)))
    inside = "id" in options
    see = f"See it: mlcourse preview {folder}{f' --at {options.id}' if inside else ''}"
    more = () if inside else (f"Add to it: mlcourse new lesson|question|lab|incident|exam ID --pack {folder}",)
    for line in then or (see, f"Check it: mlcourse check {folder}", *more):
        print(line)
    return 0


def _thing(
    group: Commands, name: str, help: str, run: Callable[[argparse.Namespace], int], *, titled: bool = True
) -> argparse.ArgumentParser:
    """Add the command for something in a pack."""
    parser = command(group, name, help, run)
    parser.add_argument("id", metavar="ID", help="a-z, 0-9 and hyphens; taken by nothing else of its kind")
    parser.add_argument(
        "--pack", dest="into", metavar="FOLDER", type=Path, help="without it: the pack that you stand in"
    )
    if titled:
        _title(parser)
    return parser


def _title(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--title", help="without it: made of the id")


def _in_lesson(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--lesson", required=True, metavar="ID", help="the lesson that it belongs to")
    return parser
