"""`mlcourse lab grade LAB --with "bash deploy.sh"`: a script is run against every hidden release and seed."""

from __future__ import annotations

import argparse
import shlex
from typing import TYPE_CHECKING

from course.cli.arguments import COUNT
from course.cli.errors import UsageError
from course.cli.present import complain, fewer
from course.cli.progress import progress_line
from course.errors import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course.serving.rehearsal import Rehearsals
    from labs.lab import Lab

PATIENCE_S = 60
"""Seconds of the wall that a script may take for one run; its sleeps take none."""
MOST_AT_ONCE = 4
"""Scripts that run side by side: each is a program or several beside the simulation."""
LONGEST_NAME = 100
TEXT_HEAD = "# The first of {} plans, one for each run, that this script sent: {}\n"


def add(parser: argparse.ArgumentParser, plan: argparse.Action) -> None:
    """Add what is given in place of a plan."""

    class InPlaceOfAPlan(argparse.Action):
        def __call__(self, parser: object, options: argparse.Namespace, value: object, option: object = None) -> None:
            setattr(options, self.dest, value)
            plan.required = False  # where no plan stands; a positional that may be left out would have to stand first

    parser.add_argument(
        "--with",
        dest="script",
        metavar="COMMAND",
        action=InPlaceOfAPlan,
        help="run this in every run, with your rights, and grade what it sends",
    )
    at_most = f"seconds that it may take for a run (default {PATIENCE_S})"
    parser.add_argument("--at-most", type=COUNT, metavar="S", default=PATIENCE_S, help=at_most)


def rehearsed(lab: Lab, options: argparse.Namespace, seeds: Sequence[int]) -> Rehearsals:
    """Return what the script of `--with` did in all runs; UsageError if it did nothing, or what no plan holds."""
    from course.serving.rehearsal import rehearse_all, rehearsing

    command = words(options.script)
    runs = len(lab.releases) * len(seeds)
    complain(f"{named(options.script)} runs {runs} times on this machine, with your rights, and talks to a simulation.")
    workers = min(options.workers, MOST_AT_ONCE)
    with progress_line("rehearsals") as bar:
        found = rehearse_all(
            lab, rehearsing(command, options.at_most), seeds, workers=workers, on_progress=bar, on_loss=fewer
        )
    for sentence in found.told():
        complain(sentence)
    if found.sent_nothing:
        raise UsageError(
            "So there is nothing to grade. Let the script use AWS_ENDPOINT_URL, which it finds in its environment, and "
            f"try it once with: mlcourse serve --lab {lab.id} -- {named(options.script)}"
        )
    if found.went_apart:
        complain(found.went_apart)
        raise UsageError(
            "so there is no grade of it; let the script do this when the endpoint is busy with nothing, or not at all"
        )
    return found


def named(script: str) -> str:
    """Return a command as sentences name it."""
    shown = one_line(script)
    return shown if len(shown) <= LONGEST_NAME else f"{shown[:LONGEST_NAME]}…"


def words(script: str) -> list[str]:
    """Return the words of a command line; UsageError if it is none."""
    try:
        found = shlex.split(script)
    except ValueError as error:
        raise UsageError(f"--with {one_line(script)!r}: {error}; write it as for a shell") from None
    if not found:
        raise UsageError('--with needs a command, such as --with "bash deploy.sh"')
    return found


def text_of(found: Rehearsals, script: str) -> str:
    """Return the text that stays of the plans."""
    return TEXT_HEAD.format(len(found.runs), named(script)) + found.first.sent.text
