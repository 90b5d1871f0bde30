"""`mlcourse progress`: what was done so far."""

from __future__ import annotations

import argparse

from course.cli.arguments import Commands, command
from course.cli.present import counted, print_json
from course.cli.surroundings import catalog, journal
from course.history import as_json, progress


def add(commands: Commands) -> None:
    """Add the command."""
    command(commands, "progress", "what you have done so far", show_progress)


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
