"""`mlcourse quiz export`: questions, with their keys, for another program; and what that program's format drops."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from course import wiring
from course.cli.arguments import SEED, Commands, command
from course.cli.errors import UsageError
from course.cli.new_files import must_be_new, write_new
from course.cli.present import complain, counted, print_json
from course.cli.surroundings import catalog, find
from course.errors import one_line

if TYPE_CHECKING:
    from course.content.packs import Packs
    from course.interchange.entry import Entry

FORMATS = ("anki", "moodle", "gift", "qti", "csv")
"""By name; `course.interchange.formats` has them."""
MOST_SEEDS = 50


def add(group: Commands) -> argparse.ArgumentParser:
    """Add the command; return it for more arguments."""
    what = "write questions with their keys and reasons for another program: for those who teach, and for your own use"
    parser = command(group, "export", what, export)
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="only questions of these lessons")
    parser.add_argument("--as", dest="form", required=True, choices=FORMATS, help="the format")
    parser.add_argument("--seeds", type=_seeds, default=(0,), help="of computed questions, one for each: 1,2,3")
    parser.add_argument("--out", type=Path, metavar="FILE", help="the new file; without it: questions and a suffix")
    return parser


def export(options: argparse.Namespace) -> int:
    """Write the file and say what is changed and dropped; 1 if there is no such question."""
    from course.interchange.features import losses, summary
    from course.interchange.formats import FORMATS as formats

    form = formats[options.form]
    if form.extra and find_spec(form.extra) is None:
        say = f"{form.title} needs mlcourse[authoring]; install it with: pip install 'mlcourse[authoring]'"
        raise UsageError(say)
    file = options.out or Path(f"questions{form.suffix}")
    must_be_new(file)
    found = tuple(_entries(catalog(options), options))
    if not found:
        complain("No question is like that. Ask for less: fewer conditions leave more questions.")
        return 1
    write_new(file, form.write(found, wiring.now()))
    lost = tuple(losses(found, form.fates))
    if options.json:
        print_json({"file": str(file), "format": options.form, "questions": len(found), "dropped": lost})
    else:
        print(f"{one_line(file)} holds {counted(len(found), 'question')} as {form.title}, with the keys.")
        for sentence in summary(lost):
            complain(f"{form.title}: {sentence}")
    return 0


def _entries(packs: Packs, options: argparse.Namespace) -> Iterator[Entry]:
    from course.interchange.entry import Origin, entries
    from course.learning.sessions import Wanted, fits

    topics = {topic.id: topic for topic in packs.outline.topics}
    for lesson in options.lessons:
        find("lesson", lesson, lambda id: topics[id], topics)
    wanted = Wanted(objective=options.objective, kind=options.kind, level=options.level)
    origins: dict[str, Origin] = {}
    for card in packs.question_cards():
        if fits(card, wanted) and (not options.lessons or card.lesson in options.lessons):
            if card.lesson not in origins:
                sources = tuple(source.url for source in packs.lesson(card.lesson).sources)
                origins[card.lesson] = Origin(id=card.lesson, title=topics[card.lesson].title, sources=sources)
            yield from entries(packs.question(card.id), origins[card.lesson], options.seeds)


def _seeds(text: str) -> tuple[int, ...]:
    seeds = tuple(dict.fromkeys(SEED(each.strip()) for each in text.split(",")))
    if len(seeds) > MOST_SEEDS:
        raise argparse.ArgumentTypeError(f"must be {MOST_SEEDS} seeds at most, got {len(seeds)}")
    return seeds
