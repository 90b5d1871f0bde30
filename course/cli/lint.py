"""`mlcourse check [PACK]`: the instructor's linter, with the proof of every lab and incident."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
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
    from course.content.lint.reported import Received
    from course.content.pack import Pack
    from course.content.sources.finding import Found
    from course.content.yaml.errors import Problem
    from labs.exercise.exercise import Exercise
    from labs.exercise.proof import Doubt
    from labs.incidents.session import Incident
    from labs.lab import Lab


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(
        commands, "check", "check a lesson pack: files, answer keys, and that labs and incidents work", run
    )
    parser.add_argument(
        "checked",
        nargs="?",
        metavar="PACK",
        help="a folder or a zip; without it: the packs given with --pack, or the built-in one",
    )
    parser.add_argument(
        "--no-labs",
        action="store_true",
        help="leave out the proofs of labs and incidents, and the runs to be predicted: they take a while",
    )
    parser.add_argument("--strict", action="store_true", help="let advice on questions and pages fail the check too")
    parser.add_argument(
        "--coverage", action="store_true", help="only count the questions, lesson by kind, beside the pack's blueprint"
    )
    parser.add_argument(
        "--reports",
        type=Path,
        metavar="FOLDER",
        help="list the reports of learners beside the questions they are about",
    )
    parser.add_argument(
        "--today", type=_day, metavar="DATE", help="reckon the age of sources from this day, such as 2026-11-27"
    )


def _received(folder: Path | None) -> Sequence[Received] | None:
    """Return the reports of a folder; None if none is named."""
    from course.content.lint.reported import received

    try:
        return None if folder is None else tuple(received(folder))
    except OSError as error:
        raise UsageError(f"the reports in {one_line(folder)} cannot be read ({error.strerror})") from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a day such as 2026-11-27, got {text[:20]!r}") from None


def run(options: argparse.Namespace) -> int:
    """Check the packs and print every problem, and advice on their questions and pages."""
    from course.cli.authoring import reports

    folders = _folders(options)
    if options.coverage:
        from course.cli import coverage
        from course.content.pack import Pack

        if len(folders) > 1:
            raise UsageError("--coverage counts one pack at a time; name it: mlcourse check PACK --coverage")
        return coverage.show(Pack(folders[0]), as_json=options.json)
    received = _received(options.reports)
    checked = [_checked(folder, options, named=len(folders) > 1) for folder in folders]
    if options.json:
        views = [_view(each) for each in checked]
        ok = not any(each.failed for each in checked)
        view = views[0] if len(views) == 1 else {"ok": ok, "packs": views}
        print_json(view if received is None else view | {"reports": reports.view(folders, received)})
    else:
        for each in checked:
            _print(each, named=len(checked) > 1)
        for line in reports.lines(folders, received) if received is not None else ():
            print(line)
    return 1 if any(each.failed for each in checked) else 0


def _folders(options: argparse.Namespace) -> list[Path]:
    """Return the folders of the packs that are to be checked: the one that is named, or all that were given."""
    from course.content.sources.finding import find

    named = options.pack if options.checked is None else [options.checked]
    where = places(options)
    found = [_found(Path(each), where.data) for each in dict.fromkeys(named)] or [find()[0]]
    for each in found:
        if each.wrong:
            raise UsageError(each.wrong)
        if not each.root.is_dir():
            raise UsageError(f"{one_line(each.given)} is not a folder; give the folder that holds course.yaml")
    return [each.root if each.given.is_file() else each.given for each in found]


def _found(path: Path, data: Path) -> Found:
    """Return where the files of a pack are that was named; of a zip that is where it is unpacked."""
    from course.content.sources.finding import Found, find

    return next((each for each in find([path], data) if each.given == path), Found(path, "--pack", path))


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of checking a pack."""

    folder: Path
    problems: Sequence[Problem]
    advice: Sequence[Problem]
    summary: Mapping[str, Any]
    """What it holds; empty if something is wrong."""
    failed: bool


def _checked(folder: Path, options: argparse.Namespace, *, named: bool) -> Checked:
    """Check a pack beside all others that it is used with; `named` is to be part of each path, if there are several."""
    from course.content.lint.check import lint
    from course.content.lint.items.advice import advice
    from course.content.pack import Pack
    from course.content.packs import find_packs, packs_beside

    pack, where, proving = Pack(folder), places(options), not options.no_labs
    others = packs_beside(folder, find_packs(where.packs, where.data, folder))
    with progress_line("proofs") as bar:
        problems = list(lint(pack, prover(pack, bar, proving=proving), others, runs=proving))
    hints = list(advice(pack, others, options.today or wiring.now().date()))
    return Checked(
        folder=folder,
        problems=[_named(each, folder) for each in problems] if named else problems,
        advice=[_named(each, folder) for each in hints] if named else hints,
        summary={} if problems else _summary(pack, proven=proving),
        failed=bool(problems or (options.strict and hints)),
    )


def _named(problem: Problem, folder: Path) -> Problem:
    return replace(problem, path=folder / problem.path)


def _view(checked: Checked) -> dict[str, Any]:
    found = {"problems": checked.problems, "advice": checked.advice}
    return {"ok": not checked.failed, "pack": checked.folder, **found, **checked.summary}


def _print(checked: Checked, *, named: bool) -> None:
    """Print what came of it; of several packs each line says which one it is about."""
    lead = f"{one_line(checked.folder)}: " if named else ""
    for problem in checked.problems:
        print(problem)
    for line in _words(checked.summary) if not checked.problems else ():
        print(f"{lead}{line}")
    for each in checked.advice:
        print(f"{each.where}: advice: {each.say}")
    for found, what in ((checked.problems, "problem"), (checked.advice, "piece")):
        if found:
            complain(f"{lead}{counted(len(found), what)}{' of advice' if what == 'piece' else ''} found.")


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


def prover(pack: Pack, bar: OnProgress | None, *, proving: bool) -> Prove:
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
