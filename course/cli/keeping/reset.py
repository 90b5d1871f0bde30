"""`mlcourse progress reset`: what was done with something no longer counts. The history itself keeps it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from course.cli.errors import UsageError
from course.cli.present import complain, print_json
from course.cli.surroundings import catalog, journal
from course.history import Event
from course.learning.forgetting import known, told
from course.wiring import now

if TYPE_CHECKING:
    import argparse


def reset(options: argparse.Namespace) -> int:
    """Ask, copy the history, and write down that it no longer counts."""
    packs = catalog(options)
    with journal(options) as history:
        what = _named(options.what, known(packs, history.events()))
        if not options.yes and not _said_yes(told(packs, what)):
            complain("Nothing was changed.")
            return 1
        copy = history.keep_copy(now())
        history.record(Event(now(), "reset", what))
    if options.json:
        print_json({"reset": what, "copy": copy})
    else:
        print(f"Done. As it was before, your history is in {copy}.")
    return 0


def _named(what: str, there: Sequence[str]) -> str:
    """Return what is named, if there is such a thing."""
    if what not in there:
        near = get_close_matches(what, there, 1)
        meant = (
            f"did you mean {near[0]}?" if near else "name question:ID, term:ID, lesson:ID, lab:ID, incident:ID or all"
        )
        raise UsageError(f"there is no {what[:60]!r} to reset; {meant}")
    return what


def _said_yes(what: str) -> bool:
    complain(f"{what} will no longer count. A copy of your history is kept first. Type yes to go on:")
    return sys.stdin.readline().strip().casefold() == "yes"
