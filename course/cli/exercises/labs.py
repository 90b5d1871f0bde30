"""`mlcourse lab ...`: list, show, start, check, run, grade, replay, share, export."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from course import wiring
from course.cli import plans, runs
from course.cli.arguments import COUNT, SEED, Commands, command
from course.cli.errors import UsageError
from course.cli.exercises import grades, keepsakes, scripts
from course.cli.exercises.briefs import Kind, brief, show_brief
from course.cli.present import complain, fewer, print_json
from course.cli.progress import progress_line
from course.cli.sharing import written
from course.cli.surroundings import journal, places
from course.errors import one_line
from course.own_tools import to_paste

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labs.grade import Grade
    from labs.grading.per_run import Given
    from labs.lab import Lab

LABS: Kind[Lab] = Kind(
    name="lab",
    load=lambda packs, id: packs.lab(id),
    ids=lambda packs: packs.lab_ids(),
    cards=lambda packs: packs.lab_cards(),
)
PICTURES = (".png", ".pdf", ".svg")
PLAN_HELP = "the plan's file, or - for stdin"


def add(commands: Commands) -> None:
    """Add the commands."""
    group = LABS.group(commands, "work on a lab without the screens")
    for name in ("show", "brief"):
        LABS.which(command(group, name, "a lab's brief, goals and starting plan", show))
    for name in ("start", "plan"):
        start_parser = LABS.which(command(group, name, "write the plan that the lab begins with", start))
        start_parser.add_argument("file", nargs="?", default="-", help="where to write it; without it: stdout")
        start_parser.add_argument("--force", action="store_true", help="replace a file that is there")
    _plan(LABS.which(command(group, "check", "is this plan a valid set of AWS requests?", check)))
    run_parser = _plan(LABS.which(command(group, "run", "one run of a plan", run)))
    run_parser.add_argument("--release", help="which hidden release, by number from 1, or by its name once you know it")
    run_parser.add_argument("--seed", type=SEED, default=0, help="the traffic's seed (default 0)")
    grade_parser = LABS.which(command(group, "grade", "the verdict over a plan, or over what a script sends", grade))
    scripts.add(grade_parser, grade_parser.add_argument("plan", metavar="PLAN.yaml", help=PLAN_HELP))
    grade_parser.add_argument("--seeds", type=COUNT, help="how many seeds; without it: the lab's own number")
    grade_parser.add_argument("--workers", type=COUNT, default=wiring.cores(), help="worker processes")
    grade_parser.add_argument("--plot", metavar="FILE", type=Path, help="draw a report into FILE (.png, .pdf or .svg)")
    grade_parser.add_argument("--no-record", action="store_true", help="do not keep the grade in the history")
    replay_parser = LABS.which(command(group, "replay", "grade a kept attempt again, with its plan and seeds", replay))
    replay_parser.add_argument("--attempt", type=COUNT, help="which, from 1; without it: the last")
    replay_parser.add_argument("--workers", type=COUNT, default=wiring.cores(), help="worker processes")
    LABS.which(command(group, "share", "what your plan that passed has saved, as text and picture", share))
    export_parser = _plan(LABS.which(command(group, "export", "a plan as real AWS takes it", export)))
    export_parser.add_argument("--as", dest="form", choices=keepsakes.FORMS, default="cli", help="default: cli")


def show(options: argparse.Namespace) -> int:
    """Print one lab, without its hidden releases."""
    lab = LABS.found(options)
    if options.json:
        print_json(brief(lab) | {"start": lab.start.text, "own_tools": to_paste(lab.id)})
    else:
        show_brief(lab)
        print(f"\nBegin with: mlcourse lab start {lab.id} plan.yaml\n\nWith your own tools:")
        for what, line in to_paste(lab.id).items():
            print(f"  {what}: {line}")
    return 0


def start(options: argparse.Namespace) -> int:
    """Write the starting plan."""
    lab = LABS.found(options)
    if options.file != "-":
        _write(Path(options.file), lab.start.text, force=options.force)
    if options.json:
        print_json({"lab": lab.id, "file": options.file, "start": lab.start.text})
    elif options.file == "-":
        sys.stdout.write(lab.start.text)
    else:
        file = one_line(options.file)
        print(f"Wrote {file}. Edit it, then: mlcourse lab grade {lab.id} {file}")
    return 0


def check(options: argparse.Namespace) -> int:
    """Print what AWS would say of the plan, and what it would not say although it cannot work."""
    return plans.show(options.plan, LABS.found(options).world, options)


def run(options: argparse.Namespace) -> int:
    """Print one run."""
    lab = LABS.found(options)
    release = LABS.release(lab, options.release or "1")
    found, plan = plans.accepted(options.plan, lab.world, options)
    from engine.simulate import simulate

    with progress_line("simulated minutes", per=60) as bar:
        done = simulate(lab.world_with(release), plan, options.seed, on_progress=bar)
    runs.show(done, found, as_json=options.json)
    return 0


def grade(options: argparse.Namespace) -> int:
    """Print the verdict, and keep it in the history."""
    lab = LABS.found(options)
    if options.plot and options.plot.suffix not in PICTURES:
        raise UsageError(f"{one_line(options.plot)}: a report ends in {', '.join(PICTURES)}")
    seeds = range(options.seeds or lab.seeds)
    text, plan = _given(lab, options, seeds)
    from labs.grading.grade_plan import grade as grade_plan

    with progress_line("seeds") as bar:
        verdict = grade_plan(lab, plan, seeds, workers=options.workers, on_progress=bar, on_loss=fewer)
    if not options.no_record:
        with journal(options) as history:
            grades.record(history, wiring.now(), lab, text, verdict, options.script or "")
    grades.show(verdict, lab, as_json=options.json)
    if options.plot:
        _plot(lab, plan, verdict, options.plot)
    return 0 if verdict.passed else 1


def _given(lab: Lab, options: argparse.Namespace, seeds: Sequence[int]) -> tuple[str, Given]:
    """Return the text and the value of what is graded: a plan, or what a script sends in each run."""
    if (options.plan is None) == (options.script is None):
        raise UsageError("name what is to be graded: the file of a plan, or --with COMMAND")
    if options.script is None:
        found, plan = plans.accepted(options.plan, lab.world, options)
        return found.text, plan
    done = scripts.rehearsed(lab, options, seeds)
    return scripts.text_of(done, options.script), done.plans


def replay(options: argparse.Namespace) -> int:
    """Print a kept grade as it comes out now."""
    lab = LABS.found(options)
    with journal(options) as history:
        kept = keepsakes.attempt(history, lab, options.attempt)
    return 0 if keepsakes.replay(lab, kept, workers=options.workers, as_json=options.json) else 1


def share(options: argparse.Namespace) -> int:
    """Write what the last plan that passed has saved into the reports folder, and print it."""
    from course.sharing.lab import lab_summary

    lab = LABS.found(options)
    with journal(options) as history:
        kept = keepsakes.passed(history, lab)
    return written(lab_summary(lab, kept), places(options).reports, as_json=options.json)


def export(options: argparse.Namespace) -> int:
    """Print the plan in a form that real AWS takes."""
    found, _ = plans.accepted(options.plan, LABS.found(options).world, options)
    keepsakes.export(found.text, options.form, as_json=options.json)
    return 0


def _plot(lab: Lab, plan: Given, verdict: Grade, path: Path) -> None:
    from labs.report.write import write_report

    try:
        write_report(lab, plan, verdict, path)
    except OSError as error:
        raise UsageError(f"{one_line(path)} cannot be written: {error.strerror}") from error
    complain(f"Report: {one_line(path)}")


def _write(file: Path, text: str, *, force: bool) -> None:
    try:
        with file.open("w" if force else "x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        raise UsageError(f"{one_line(file)} is there already; choose another name, or --force to replace it") from None
    except OSError as error:
        if not force:
            with suppress(OSError):
                file.unlink()  # half of a plan would only stand in the way of the next try
        raise UsageError(f"{one_line(file)} cannot be written: {error.strerror}") from error


def _plan(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("plan", metavar="PLAN.yaml", help=PLAN_HELP)
    return parser
