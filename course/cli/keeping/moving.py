"""`mlcourse progress export` and `import`: a history that goes from one machine to another."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from course import wiring
from course.characters import harmless
from course.cli.new_files import must_be_new, write_new
from course.cli.present import counted, print_json
from course.cli.surroundings import journal, places
from course.errors import one_line
from course.folds.order import without_marks

if TYPE_CHECKING:
    import argparse

    from course.history import Event

COLUMNS = (
    "question",
    "lesson",
    "answer",
    "correct",
    "hints",
    "where",
    "confidence",
    "tries",
    "seconds",
    "session",
    "judged",
)


def export(options: argparse.Namespace) -> int:
    """Write the history, or a table of the answers."""
    must_be_new(options.file)
    with journal(options) as history:
        events = without_marks(history.events())
    write_new(options.file, table(events) if options.csv else wiring.exported(events))
    answers = sum(event.kind == "answered" for event in events)
    count = answers if options.csv else len(events)
    if options.json:
        print_json({"file": options.file, "events": count})
    else:
        print(f"{one_line(options.file)} holds {counted(count, 'answer' if options.csv else 'event')}.")
    return 0


def take_in(options: argparse.Namespace) -> int:
    """Merge the history of a file into the learner's own."""
    new = wiring.take_in(places(options), options.file)
    if options.json:
        print_json({"new": new})
    else:
        said = f"{counted(new, 'event')} new, and in your history now" if new else "nothing new"
        print(f"{one_line(options.file)}: {said}.")
    return 0


def table(events: Iterable[Event]) -> str:
    """Return a table with a row for each answer, in the order in which they count."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("at", *COLUMNS))
    for event in events:
        if event.kind == "answered":
            rows.writerow([event.at.isoformat(), *map(harmless, _cells(event))])
    return out.getvalue()


def _cells(event: Event) -> Iterator[str]:
    yield event.subject
    for column in COLUMNS[1:]:
        value = event.data.get(column, "")
        yield value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
