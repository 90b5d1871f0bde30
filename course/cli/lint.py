"""`mlcourse check [PACK]`: the instructor's linter, with the proof of every lab and incident."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course import wiring
from course.cli.arguments import Commands, command
from course.cli.errors import UsageError
from course.cli.present import complain, counted, fewer, print_json
from course.cli.progress import OnProgress, progress_line
from course.cli.surroundings import places
from course.errors import one_line

if TYPE_CHECKING:
    from course.content.lint.check import Prove
    from course.content.pack import Pack
    from labs.exercise.exercise import Exercise
    from labs.exercise.proof import Doubt
    from labs.incidents.session import Incident
    from labs.lab import Lab


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(
        commands, "check", "check a lesson pack: files, answer keys, and that labs and incidents work", run
    )
    parser.add_argument("checked", nargs="?", metavar="PACK", help="its folder; without it: the built-in pack")
    parser.add_argument(
        "--no-labs",
        action="store_true",
        help="leave out the proofs of labs and incidents, and the runs to be predicted: they take a while",
    )
    parser.add_argument("--strict", action="store_true", help="let advice on questions and pages fail the check too")
    parser.add_argument(
        "--coverage", action="store_true", help="only count the questions, lesson by kind, beside the pack's blueprint"
    )


def run(options: argparse.Namespace) -> int:
    """Check the pack and print every problem, and advice on its questions and pages."""
    from course.content.lint.check import lint
    from course.content.lint.items.advice import advice
    from course.content.pack import Pack
    from course.content.packs import built_in_pack, find_packs, packs_before

    folder = built_in_pack() if options.checked is None else Path(options.checked)
    if not folder.is_dir():
        raise UsageError(f"{one_line(folder)} is not a folder; give the folder that holds course.yaml")
    pack, where = Pack(folder), places(options)
    if options.coverage:
        from course.cli import coverage

        return coverage.show(pack, as_json=options.json)
    earlier = packs_before(folder, find_packs(where.packs, where.data))
    with progress_line("proofs") as bar:
        proving = not options.no_labs
        problems = list(lint(pack, _prover(pack, bar, proving=proving), earlier, runs=proving))
    hints = list(advice(pack, earlier))
    failed = bool(problems or (options.strict and hints))
    if options.json:
        summary = {} if problems else _summary(pack, proven=not options.no_labs)
        print_json({"ok": not failed, "problems": problems, "advice": hints, **summary})
    else:
        for line in problems or _words(_summary(pack, proven=not options.no_labs)):
            print(line)
        for each in hints:
            print(f"{each.where}: advice: {each.say}")
    for found, what in ((problems, "problem"), (hints, "piece")):
        if found:
            complain(f"{counted(len(found), what)}{' of advice' if what == 'piece' else ''} found.")
    return 1 if failed else 0


def _summary(pack: Pack, *, proven: bool) -> dict[str, Any]:
    """Return what a pack without problems holds."""
    lessons = [pack.whole_lesson(id) for id in pack.course.lessons]
    return {
        "lessons": len(lessons),
        "questions": sum(len(lesson.bank) for lesson in lessons),
        "terms": len(pack.terms()),
        "labs": pack.lab_ids(),
        "incidents": pack.incident_ids(),
        "proven": proven,
    }


def _words(summary: Mapping[str, Any]) -> Iterator[str]:
    held = [counted(summary[f"{thing}s"], thing) for thing in ("lesson", "question", "term")]
    there = [kind for kind in ("labs", "incidents") if summary[kind]]
    exercises = " and ".join(counted(len(summary[kind]), kind.removesuffix("s")) for kind in there)
    proven = " proven" if there and summary["proven"] else ""
    yield f"All is well: {', '.join(held)}{', ' if there else ''}{exercises}{proven}."
    for kind in there:
        yield f"  {kind}: {', '.join(summary[kind])}"


def _prover(pack: Pack, bar: OnProgress | None, *, proving: bool) -> Prove:
    """Return a prover; the first proof that is asked for begins all of them, side by side."""
    if not proving:
        return lambda each: ()
    from labs.processes import spread

    work = [(each,) for each in _loaded(pack)]
    coming = spread(_proof, work, wiring.cores(), fewer)
    proven: dict[tuple[type, str], list[Doubt]] = {}

    def prove(exercise: Lab | Incident) -> list[Doubt]:
        while _key(exercise) not in proven:
            key, said = next(coming)
            proven[key] = said
            if bar is not None:
                bar(len(proven), len(work))
        return proven[_key(exercise)]

    return prove


def _loaded(pack: Pack) -> Iterator[Lab | Incident]:
    from course.content.yaml.errors import ContentError

    with suppress(ContentError):  # without an outline there is nothing to prove
        for load, ids in ((pack.lab, pack.lab_ids()), (pack.incident, pack.incident_ids())):
            for id in ids:
                with suppress(ContentError):
                    yield load(id)


def _key(exercise: Exercise) -> tuple[type, str]:
    """Return what tells it from all others: a lab may share its id with an incident."""
    return type(exercise), exercise.id


def _proof(exercise: Lab | Incident) -> tuple[tuple[type, str], list[Doubt]]:
    """Return whose proof it is, and each claim that does not hold."""
    from labs.grading import proof
    from labs.incidents import proof as incident_proof
    from labs.lab import Lab

    said = proof.prove(exercise) if isinstance(exercise, Lab) else incident_proof.prove(exercise)
    return _key(exercise), list(said)
