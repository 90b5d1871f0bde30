"""`mlcourse class items`: what the answers of a class say about questions, the most suspicious first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.characters import harmless, in_one_line
from course.cli.arguments import command
from course.cli.classes.item_lines import lines
from course.cli.errors import UsageError
from course.cli.new_files import must_be_new, write_new
from course.cli.present import complain, counted, plain, print_json
from course.cli.study.asking import gist
from course.cli.surroundings import catalog
from course.errors import one_line

if TYPE_CHECKING:
    import argparse

    from course.cli.arguments import Commands
    from course.content.packs import Packs
    from quiz.items.item import ItemStatistics
    from quiz.questions import Question

COLUMNS = (
    "question",
    "lesson",
    "kind",
    "revision",
    "learners",
    "right",
    "share",
    "low",
    "high",
    "discrimination",
    "upper_lower",
    "median_seconds",
    "hints",
    "severity",
    "reasons",
)


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(commands, "items", "what the answers of a class say about questions, the worst first", items)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="submissions, or exported histories; or one file")
    parser.add_argument("--lesson", metavar="LESSON", help="only questions of this lesson")
    parser.add_argument("--reports", type=Path, metavar="FOLDER", help="a folder of reports that learners have written")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write a table too, with a row for each question")


def items(options: argparse.Namespace) -> int:
    """Print the statistics; 1 if no question was answered."""
    from course.classes.histories import read_class, unknown
    from quiz.items.discrimination import reliability
    from quiz.items.response import first_ones
    from quiz.items.statistics import statistics

    if options.csv is not None:
        must_be_new(options.csv)
    packs = catalog(options)
    lessons = lessons_of(packs, options.lesson)
    given = read_class(options.folder)
    for each in given.unread:
        complain(f"{each.file}: {each.why}; it is left out.")
    answered = {each.item for each in given.responses}
    questions = {id: packs.question(id) for id in lessons if id in answered}
    found = statistics(given.responses, questions, _reported(options.reports, questions))
    first = first_ones(each for each in given.responses if each.item in questions)
    others = list(unknown(given.responses, (card.id for card in packs.question_cards())))
    if options.csv is not None:
        write_new(options.csv, table(found, lessons))
    if options.json:
        told = {"learners": given.learners, "reliability": plain(reliability(first))}
        rows = [view(each, questions[each.item], lessons[each.item]) for each in found]
        gone = [{"id": in_one_line(id), "learners": learners} for id, learners in others[:1000]]
        print_json({**told, "items": rows, "unknown": gone, "unread": given.unread})
    else:
        for line in lines(given.learners, found, questions, reliability(first), others):
            print(line)
        if options.csv is not None:
            print(f"\n{one_line(options.csv)} holds {counted(len(found), 'row')}.")
    return 0 if found else 1


def _reported(folder: Path | None, questions: Mapping[str, Question]) -> Counter[str]:
    """Return how many reports there are of each question as it is today; UsageError without such a folder."""
    from course.content.lint.reported import received

    counts: Counter[str] = Counter()
    if folder is None:
        return counts
    try:
        for each in received(folder):
            if each.report is None:
                complain(f"{one_line(each.file.name)}: {each.say}; it is left out.")
            elif (question := questions.get(each.report.question)) and each.report.revision == question.revision:
                counts[question.id] += 1
    except OSError as error:
        raise UsageError(f"{one_line(folder)} cannot be looked into: {error.strerror}") from error
    return counts


def lessons_of(packs: Packs, lesson: str | None) -> dict[str, str]:
    """Return the lesson of each question, or of those of one lesson; UsageError if it has none."""
    lessons = {card.id: card.lesson for card in packs.question_cards() if lesson in (None, card.lesson)}
    if lesson is not None and not lessons:
        raise UsageError(f"there is no lesson {lesson[:40]!r} with questions; see mlcourse lesson")
    return lessons


def view(each: ItemStatistics, question: Question, lesson: str) -> dict[str, Any]:
    """Return an item for programs."""
    low, high = each.first.interval
    told: dict[str, Any] = plain(each)
    share = {"right": each.first.right, "of": each.first.of, "share": each.first.share, "low": low, "high": high}
    return {**told, "lesson": lesson, "title": gist(question.stem), "first": share, "severity": each.severity}


def table(found: Sequence[ItemStatistics], lessons: Mapping[str, str]) -> str:
    """Return a table with a row for each item, which no table program takes for formulas."""
    import csv
    import io

    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for each in found:
        low, high = each.first.interval
        figures = (each.first.share, low, high, each.discrimination.value, each.upper_lower.value)
        seconds = each.times.median if each.times else None
        rows.writerow(
            [
                *map(harmless, (each.item, lessons[each.item], each.kind)),
                each.revision,
                each.first.of,
                each.first.right,
                *(_figure(figure) for figure in (*figures, seconds, each.hints)),
                each.severity,
                harmless("; ".join(reason.say for reason in each.reasons)),
            ]
        )
    return out.getvalue()


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"
