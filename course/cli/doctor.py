"""`mlcourse doctor`: where things are, and what is wrong.

What only the doctor needs is imported in its functions: every start of the course passes by here.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from course import wiring
from course.cli.arguments import Commands, command
from course.cli.present import is_plain, print_json
from course.cli.surroundings import opened, places, version
from course.errors import one_line

PACKAGES = ("course", "engine", "labs", "lessons", "quiz")
NEEDED = ("textual", "pyyaml", "simpy", "numpy", "botocore", "matplotlib", "platformdirs", "tree-sitter")


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(commands, "doctor", "where things are, which packs there are, and what is wrong", run)
    parser.add_argument("--pack", action="extend", nargs=1, dest="more", metavar="DIR", help="look at this pack too")


def run(options: argparse.Namespace) -> int:
    """Print places, versions and problems."""
    from course.cli.authoring.pack_list import lines, listing

    options.pack = [*options.pack, *(options.more or ())]
    where = places(options)
    with closing(opened(where)) as journal:
        facts = _facts(where, events=len(journal.events()))
        warning = [journal.warning] if journal.warning else []
    missing = (f"{name} is not installed; install mlcourse again" for name in NEEDED if facts[name] == "missing")
    problems = [*_collisions(), *warning, *_left_out(where), *missing]
    packs, left_out = listing(where)
    if options.json:
        print_json({"ok": not problems, "facts": facts, "packs": packs, "left_out": left_out, "problems": problems})
    else:
        for name, fact in facts.items():
            print(f"{name}: {one_line(fact)}" if is_plain() else f"{name:14} {one_line(fact)}")
        print("packs:")
        for line in lines(packs, left_out):
            print(f"  {line}")
        for line in [f"{'Problem:' if is_plain() else '!'} {problem}" for problem in problems] or ["All is well."]:
            print(line)
    return 1 if problems else 0


def _facts(where: wiring.Places, events: int) -> dict[str, object]:
    import platform
    import shutil

    return {
        "mlcourse": version("mlcourse"),
        "python": platform.python_version(),
        "history": str(where.history),
        "events": events,
        "reports": str(where.reports),
        "lessons": _folder("lessons"),
        "terminal": "x".join(str(n) for n in shutil.get_terminal_size()),
        **{name: version(name) for name in NEEDED},
    }


def _left_out(where: wiring.Places) -> list[str]:
    """A pack that cannot be used is left out of the course; here is why."""
    said: list[str] = []
    wiring.catalog(where, said.append)
    return said


def _collisions() -> Iterator[str]:
    """Another project may own a package called `engine` or `labs`; all five must come from one place."""
    folders = {name: _folder(name) for name in PACKAGES}
    parents = {str(Path(folder).parent) for folder in folders.values()}
    if len(parents) > 1:
        yield (
            f"the packages come from different places ({folders}); another project owns one of these names. Install "
            "mlcourse as an application of its own: pipx install, or uv tool install"
        )


def _folder(package: str) -> str:
    import importlib.util

    spec = importlib.util.find_spec(package)
    return str(Path(spec.origin).parent) if spec and spec.origin else "missing"
