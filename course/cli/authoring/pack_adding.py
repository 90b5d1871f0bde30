"""`mlcourse pack add` and `mlcourse pack remove`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from course.cli.authoring.pack_list import origin
from course.cli.errors import UsageError
from course.cli.present import complain, counted, print_json
from course.cli.surroundings import journal, places
from course.content.pack import Pack
from course.content.packs import opened
from course.content.revisions import Changes, changes, revisions
from course.content.sources.adding import added_from, put_in_place, staged, take_out
from course.content.sources.finding import ADDED, Found, find
from course.content.yaml.errors import ContentError, Problem
from course.errors import one_line

if TYPE_CHECKING:
    import argparse

    from course.wiring import Places

_ID = re.compile(r"[a-z0-9-]+")
_MOST_NAMED = 5
"""Things that a line names of each kind of change; --json names all."""


def add_pack(options: argparse.Namespace) -> int:
    """Check the pack, then copy it; 1 and nothing copied if anything is wrong with it."""
    source, where = options.source, places(options)
    if not (source.is_dir() or source.is_file()):
        raise UsageError(f"there is no zip and no folder {one_line(source)}; give one that holds a pack")
    with staged(source, where.data) as root:
        pack = Pack(root, source)
        id = pack.outline.id if (problems := _outline_problems(pack)) == () else ""
        before = _replaced(where, id, replacing=options.replace) if id else None
        problems = problems or tuple(_problems(pack, where, before, proving=options.prove))
        if not problems:
            changed = None if before is None else changes(_revisions(before), revisions(pack))
            folder = put_in_place(root, id, where.data, str(source.resolve()))
    if problems:
        return _refuse(options, [replace(problem, path=source / problem.path) for problem in problems])
    done = () if changed is None else changed.touching(_done(options))
    if options.json:
        print_json({"ok": True, "id": id, "folder": folder, "changes": changed, "touched": done, "problems": []})
    else:
        print(f"{'Added' if changed is None else 'Replaced'} {id}: {pack.outline.title}")
        for line in () if changed is None else _told(changed, done):
            print(f"  {line}")
    return 0


def remove_pack(options: argparse.Namespace) -> int:
    """Take an added pack out; UsageError with what to do in its stead for any other."""
    where, id = places(options), options.id
    folder = where.data / ADDED / id
    if not _ID.fullmatch(id) or not folder.is_dir() or added_from(folder) is None:
        raise UsageError(_not_removed(where, id))
    take_out(folder)
    if options.json:
        print_json({"ok": True, "removed": id})
    else:
        print(f"Removed {id}. What you did in it stays in your history, and counts again if the pack comes back.")
    return 0


def _outline_problems(pack: Pack) -> tuple[Problem, ...]:
    try:
        pack.outline  # noqa: B018 - read when it is first asked for
    except ContentError as error:
        return error.problems
    return ()


def _replaced(where: Places, id: str, *, replacing: bool) -> Path | None:
    """Return the folder of the added pack that has this id; None if there is none, UsageError if it must stay."""
    target = where.data / ADDED / id
    if target.is_dir() and added_from(target) is not None:
        if not replacing:
            raise UsageError(f"there is a pack {id} already; to put this one in its place, say --replace")
        return target
    for found in find(where.packs, where.data):
        if found.root == target.resolve() or _id_of(found) == id:
            raise UsageError(f"there is a pack {id} already, {origin(found)}; give this one another id in course.yaml")
    return None


def _id_of(found: Found) -> str | None:
    try:
        return None if found.wrong else Pack(found.root).outline.id
    except ContentError:
        return None


def _problems(pack: Pack, where: Places, before: Path | None, *, proving: bool) -> Iterator[Problem]:
    """Yield all that is wrong with a pack beside those that are there, but for the one that it replaces."""
    from course.cli.lint import prover
    from course.cli.progress import progress_line
    from course.content.lint.check import lint

    stay = [found for found in find(where.packs, where.data) if before is None or found.root != before.resolve()]
    others, _ = opened(stay, where.data)
    with progress_line("proofs") as bar:
        yield from lint(pack, prover(pack, bar, proving=proving), others.packs, runs=proving)


def _refuse(options: argparse.Namespace, problems: Sequence[Problem]) -> int:
    if options.json:
        print_json({"ok": False, "id": None, "folder": None, "changes": None, "touched": (), "problems": problems})
    else:
        for problem in problems:
            print(problem)
    complain(f"{counted(len(problems), 'problem')} found; nothing was added.")
    return 1


def _revisions(folder: Path) -> dict[str, int]:
    """Return those of the pack that was there; none if it could not be read."""
    try:
        return dict(revisions(Pack(folder)))
    except ContentError:
        return {}


def _done(options: argparse.Namespace) -> frozenset[str]:
    """Return the names of all that the learner has done anything with."""
    from course.learning.forgetting import named_in

    with journal(options) as history:
        return frozenset(named_in(history.events()))


def _told(changed: Changes, done: Sequence[str]) -> Iterator[str]:
    for names, what in (
        (changed.new, "new"),
        (changed.gone, "gone"),
        (changed.raised, "with a higher revision, which count anew"),
        (changed.lowered, "with a lower revision"),
    ):
        if names:
            yield f"{counted(len(names), 'thing')} {what}: {_listed(names)}"
    if done:
        yield f"Of what you have done this touches {_listed(done)}. Your history keeps all of it."
    else:
        yield "It touches nothing that you have done."


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return f"{', '.join(names[:_MOST_NAMED])}{f' and {more} more' if more > 0 else ''}"


def _not_removed(where: Places, id: str) -> str:
    for found in find(where.packs, where.data):
        if _id_of(found) == id:
            match found.origin:
                case "built in":
                    return f"{id} comes with the program and stays"
                case "installed":
                    return f"{id} is {origin(found)}; uninstall that package, for example with pip uninstall"
                case "--pack":
                    return f"{id} is there because of --pack {one_line(found.given)}; leave that out"
                case "added":
                    return f"{id} was put into {one_line(found.given)} by hand; take that folder away yourself"
    return f"there is no added pack {id[:40]!r}; see mlcourse pack list"
