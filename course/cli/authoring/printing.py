"""`mlcourse print`: lessons on paper, an HTML file each or all in one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from course.cli.arguments import SEED, Commands, command
from course.cli.errors import UsageError
from course.cli.present import counted, print_json
from course.cli.surroundings import catalog, find
from course.errors import one_line

if TYPE_CHECKING:
    import argparse

    from course.content.packs import Packs
    from course.printed.lesson import Printing
    from course.syllabus import Lesson

FOLDER = Path("printed")
SUFFIX = ".html"


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(commands, "print", "write lessons as HTML files to print, with or without the answers", run)
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="ids; without any: the whole course")
    parser.add_argument("--answers", action="store_true", help="print the key and all reasons with each question")
    parser.add_argument("--seed", type=SEED, default=0, metavar="N", help="for figures and orders (default: 0)")
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--out", type=Path, metavar="FILE_OR_FOLDER", help=f"where to (default: {FOLDER}); a file for one lesson"
    )
    where.add_argument("--one", type=Path, metavar="FILE", help="write all of them into one file")


def run(options: argparse.Namespace) -> int:
    """Write the files; earlier ones of ours are replaced."""
    from course.cli.authoring.own_files import counts, write_own
    from course.printed.lesson import BY, printed

    packs = catalog(options)
    ids = tuple(dict.fromkeys(options.lessons)) or tuple(topic.id for topic in packs.outline.topics)
    found = [
        _printing(packs, find("lesson", id, packs.lesson, (each.id for each in packs.outline.topics))) for id in ids
    ]
    if options.one is not None:
        title = packs.outline.title if not options.lessons or len(found) > 1 else found[0].lesson.title
        texts = {options.one: printed(title, found, options.seed, answers=options.answers)}
        of: dict[Path, str | None] = {options.one: None}
    else:
        places = dict(zip(_places(options.out, ids), found, strict=True))
        texts = {
            path: printed(each.lesson.title, (each,), options.seed, answers=options.answers)
            for path, each in places.items()
        }
        of = {path: each.lesson.id for path, each in places.items()}
    states = write_own(texts, BY)
    if options.json:
        files = [{"file": path, "lesson": of[path], "was": state} for path, state in states.items()]
        print_json({"files": files, "lessons": ids, "answers": options.answers, "seed": options.seed})
        return 0
    where = next(iter(states)) if len(states) == 1 else next(iter(states)).parent
    keys = "with the answers" if options.answers else "without the answers"
    print(f"{counted(len(ids), 'lesson')} {keys} in {one_line(where)}: {counts(states)}.")
    return 0


def _places(out: Path | None, ids: tuple[str, ...]) -> Iterator[Path]:
    """Yield where each lesson goes."""
    if out is not None and out.suffix.lower() in (SUFFIX, ".htm") and not out.is_dir():
        if len(ids) > 1:
            raise UsageError(f"{one_line(out)} is one file for {len(ids)} lessons; give a folder, or say --one instead")
        yield out
        return
    yield from ((FOLDER if out is None else out) / f"{id}{SUFFIX}" for id in ids)


def _printing(packs: Packs, lesson: Lesson) -> Printing:
    """Return the lesson with the briefs of its labs and incidents, and its words."""
    from course.printed.lesson import Printing
    from course.syllabus import OnCall, Practice

    briefs: dict[tuple[str, str], str] = {}
    for step in lesson.steps:
        match step:
            case Practice():
                briefs["lab", step.lab] = packs.lab(step.lab).brief
            case OnCall():
                briefs["incident", step.incident] = packs.incident(step.incident).brief
            case _:
                pass
    terms = [term for term in packs.terms() if term.id in lesson.glossary]
    return Printing(lesson=lesson, terms=terms, briefs=briefs)
