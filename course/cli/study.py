"""`mlcourse glossary` and `mlcourse progress`: the study tools without the screens."""

from __future__ import annotations

import argparse

from course.cli.arguments import Commands, command
from course.cli.present import complain, counted, print_json
from course.cli.surroundings import catalog, journal
from course.history import as_json, progress


def add(commands: Commands) -> None:
    """Add the commands."""
    glossary = command(commands, "glossary", "look a term up", look_up)
    glossary.add_argument("word", nargs="?", default="", help="part of a term or its definition; without it: all terms")
    command(commands, "progress", "what you have done so far", show_progress)


def look_up(options: argparse.Namespace) -> int:
    """Print matching terms."""
    pack = catalog(options)
    word = options.word.casefold()
    found = [term for term in pack.terms() if word in f"{term.term} {term.definition}".casefold()]
    if options.json:
        print_json(found)
    else:
        for term in found:
            print(f"{term.term}\n    {term.definition}" + (f"\n    Example: {term.example}" if term.example else ""))
    if not found:
        complain(f"No term or definition holds {options.word[:40]!r}.")
        return 1
    return 0


def show_progress(options: argparse.Namespace) -> int:
    """Print what follows from the history."""
    with journal(options) as history:
        done = progress(history.events())
    if options.json:
        print_json(as_json(done))
        return 0
    for topic in catalog(options).outline.topics:
        lesson = done.lessons.get(topic.id)
        if lesson is not None:
            state = "finished" if lesson.finished else f"step {lesson.step + 1} of {lesson.of}"
            print(f"{topic.title}: {state}")
    for id, lab in done.labs.items():
        attempts = counted(lab.attempts, "attempt")
        print(f"lab {id}: best {lab.best_score:g}, {attempts}{', passed' if lab.passed else ''}")
    for id, incident in done.incidents.items():
        left = f", {incident.abandoned} left early" if incident.abandoned else ""
        print(f"incident {id}: {counted(incident.attempts, 'shift')}{left}{', passed' if incident.passed else ''}")
    if not (done.lessons or done.labs or done.incidents):
        print("Nothing yet. Run mlcourse to begin.")
    return 0
