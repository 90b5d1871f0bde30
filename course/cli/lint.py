"""`mlcourse check [PACK]`: the instructor's linter, with every lab's proof."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from course import wiring
from course.cli.errors import UsageError
from course.cli.present import complain, print_json

if TYPE_CHECKING:
    from course.content.pack import Pack
    from labs.lab import Lab


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("check", help="check a lesson pack: files, answer keys, and that every lab works")
    parser.add_argument("checked", nargs="?", metavar="PACK", help="its folder; without it: the built-in pack")
    parser.add_argument("--no-labs", action="store_true", help="leave out the labs' proofs, which take a while")
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check the pack and print every problem."""
    from course.content.lint import lint
    from course.content.pack import Pack
    from course.content.packs import built_in_pack
    from labs.incident_proof import prove as prove_incident

    folder = built_in_pack() if options.checked is None else Path(options.checked)
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder; give the folder that holds course.yaml")
    pack = Pack(folder)
    if options.no_labs:
        problems = list(lint(pack, _nothing))
    else:
        with _provers(pack) as prove:
            problems = list(lint(pack, prove, prove_incident=prove_incident))
    if options.json:
        print_json({"ok": not problems, "problems": problems})
    else:
        for problem in problems:
            print(problem)
    if not options.json and not problems:
        labs = len(pack.lab_ids())
        print(f"All is well: {len(pack.outline.topics)} topics, {labs} labs{'' if options.no_labs else ' proven'}.")
    elif problems:
        complain(f"{len(problems)} problem{'s' if len(problems) > 1 else ''} found.")
    return 1 if problems else 0


@contextmanager
def _provers(pack: Pack) -> Iterator[Callable[[Lab], Iterable[str]]]:
    """Give a prover whose labs are already being proven, side by side; a lab that does not load has no proof."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    from course.content.errors import ContentError

    labs = []
    for id in pack.lab_ids():
        with suppress(ContentError):
            labs.append(pack.lab(id))
    with ProcessPoolExecutor(wiring.cores(), mp_context=get_context("spawn")) as pool:
        running = {lab.id: pool.submit(_proof, lab) for lab in labs}
        yield lambda lab: running[lab.id].result()


def _proof(lab: Lab) -> list[str]:
    from labs.proof import prove

    return list(prove(lab))


def _nothing(lab: Lab) -> Iterable[str]:
    return ()
