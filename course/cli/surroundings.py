"""What a command finds around it: the lessons and the history, where options and environment say that they are."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from course import wiring
from course.cli.errors import UsageError
from course.cli.present import complain
from course.cli.waiting import PatientJournal, Waiting

if TYPE_CHECKING:
    import argparse

    from course.content.packs import Packs
    from course.ports import Journal

T = TypeVar("T")


def places(options: argparse.Namespace) -> wiring.Places:
    """Return where the learner's things are."""
    return wiring.places(os.environ, options.pack)


def catalog(options: argparse.Namespace) -> Packs:
    """Return all packs; those that are left out are complained of."""
    return wiring.catalog(places(options), complain)


@contextmanager
def journal(options: argparse.Namespace) -> Iterator[Journal]:
    """Open the history; what is the matter with it is said at once, and does not keep a command from its work."""
    with closing(opened(places(options))) as journal:
        journal.say_trouble()
        yield journal
    journal.say_trouble()


def opened(where: wiring.Places) -> PatientJournal:
    """Return the history, opened; it is said if that has to wait for another program."""
    waiting = Waiting()
    with waiting.told():
        journal = wiring.journal(where)
    return PatientJournal(journal, waiting)


def find(kind: str, id: str, load: Callable[[str], T], known: Iterable[str], *, called: str = "") -> T:
    """Return what has this id; UsageError with the nearest one if there is none.

    `kind` is also the group of commands whose `list` shows all, unless it is `called` otherwise; `mlcourse lesson`
    lists lessons by itself.
    """
    try:
        return load(id)
    except KeyError:
        near = get_close_matches(id, list(known), 1)
        meant = f"; did you mean {near[0]}?" if near else f"; see mlcourse {kind}{'' if kind == 'lesson' else ' list'}"
        raise UsageError(f"there is no {called or kind} {id[:40]!r}{meant}") from None


def version(distribution: str) -> str:
    """Return the version that is installed; `missing` if it is not, as when mlcourse runs from its folder."""
    from importlib import metadata

    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "missing"
