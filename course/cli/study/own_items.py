"""`mlcourse quiz items`: the questions that trouble you, and what you took for right."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from course.cli.arguments import command
from course.cli.present import complain, counted, plain, print_json
from course.cli.study.asking import gist
from course.cli.surroundings import catalog, journal

if TYPE_CHECKING:
    import argparse

    from course.cli.arguments import Commands
    from quiz.items.own import OwnItem
    from quiz.questions import Question

WIDTH = 80


def add(group: Commands) -> None:
    """Add the command."""
    command(group, "items", "how each question went for you, the ones to look at first", items)


def items(options: argparse.Namespace) -> int:
    """Print them; 1 if none was answered."""
    from course.learning.resets import effective
    from course.learning.responses import responses
    from quiz.items.own import own

    packs = catalog(options)
    with journal(options) as history:
        given = tuple(responses("", effective(history.events())))
    known = {card.id for card in packs.question_cards()}
    questions = {id: packs.question(id) for id in {each.item for each in given} & known}
    found = own(given, questions)
    gone = len({each.item for each in given} - known)
    if options.json:
        rows = [
            {**plain(each), "title": gist(questions[each.item].stem), "share": each.answers.share} for each in found
        ]
        print_json({"items": rows, "unknown": gone})
    else:
        for each in found:
            for line in _lines(each, questions[each.item]):
                print(line)
        if gone:
            print(f"\nYou have also answered {counted(gone, 'question')} that no pack has any more.")
        if not found:
            complain("You have answered no question yet; mlcourse quiz asks some.")
    return 0 if found else 1


def _lines(each: OwnItem, question: Question) -> Iterator[str]:
    yield from textwrap.wrap(f"{each.item}: {gist(question.stem)}", WIDTH, subsequent_indent="    ")
    first = "right" if each.first_right else "not right"
    time = "" if each.seconds is None else f"; {each.seconds:.0f} s"
    yield f"  right alone {each.answers.right} of {counted(each.answers.of, 'time')}, the first time {first}{time}"
    if each.sure_and_wrong:
        yield f"  sure, and wrong: {counted(each.sure_and_wrong, 'time')}"
    if each.guessed_and_right:
        yield f"  guessed, and right: {counted(each.guessed_and_right, 'time')}"
    for text, count in each.chosen:
        said = f"  wrongly, {counted(count, 'time')}: {' '.join(text.split())}"
        yield from textwrap.wrap(said, WIDTH, initial_indent="  ", subsequent_indent="    ")
