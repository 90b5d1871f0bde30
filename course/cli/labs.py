"""`mlcourse lab ...`: list, show, start, check, run, grade, replay, export."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from course import wiring
from course.cli import grades, keepsakes, plans, runs
from course.cli.errors import UsageError
from course.cli.present import complain, print_json

if TYPE_CHECKING:
    Actions = argparse._SubParsersAction[argparse.ArgumentParser]
    from course.ports import CheckedPlan
    from engine.plan import Plan
    from labs.grade import Grade
    from labs.lab import Lab, Release


def add(commands: Actions) -> None:
    """Add the commands."""
    group = commands.add_parser("lab", help="work on a lab without the screens").add_subparsers(
        metavar="ACTION", required=True
    )
    _command(group, "list", "the labs there are", list_labs)
    _lab(_command(group, "show", "a lab's brief, goals and starting plan", show))
    start_parser = _lab(_command(group, "start", "write the plan that the lab begins with", start))
    start_parser.add_argument("file", nargs="?", default="-", help="where to write it; without it: stdout")
    start_parser.add_argument("--force", action="store_true", help="replace a file that is there")
    _plan(_lab(_command(group, "check", "is this plan a valid set of AWS requests?", check)))
    run_parser = _plan(_lab(_command(group, "run", "one run of a plan", run)))
    run_parser.add_argument("--release", help="which hidden release, by number from 1, or by its name once you know it")
    run_parser.add_argument("--seed", type=_natural, default=0, help="the traffic's seed (default 0)")
    grade_parser = _plan(_lab(_command(group, "grade", "the verdict over a plan", grade)))
    grade_parser.add_argument("--seeds", type=_count, help="how many seeds; without it: the lab's own number")
    grade_parser.add_argument("--workers", type=_count, default=wiring.cores(), help="worker processes")
    grade_parser.add_argument("--plot", metavar="FILE", help="draw a report into FILE (.png, .pdf or .svg)")
    grade_parser.add_argument("--no-record", action="store_true", help="do not keep the grade in the history")
    replay_parser = _lab(_command(group, "replay", "grade a kept attempt again, with its plan and seeds", replay))
    replay_parser.add_argument("--attempt", type=_count, help="which, from 1; without it: the last")
    replay_parser.add_argument("--workers", type=_count, default=wiring.cores(), help="worker processes")
    export_parser = _plan(_lab(_command(group, "export", "a plan as real AWS takes it", export)))
    export_parser.add_argument("--as", dest="form", choices=keepsakes.FORMS, default="cli", help="default: cli")


def list_labs(options: argparse.Namespace) -> int:
    """Print the labs."""
    pack = wiring.catalog(wiring.places(os.environ, options.pack), complain)
    rows = [_card(pack.lab(id)) for id in pack.lab_ids()]
    if options.json:
        print_json(rows)
    else:
        for row in rows:
            print(f"{row['id']:30} {row['minutes']:>3} min  {row['title']}")
    return 0


def show(options: argparse.Namespace) -> int:
    """Print one lab, without its hidden releases."""
    lab = _find(options)
    goals = [{"id": goal.id, "title": goal.title} for goal in lab.goals]
    if options.json:
        print_json({**_card(lab), "brief": lab.brief, "goals": goals, "start": lab.start.text})
        return 0
    print(f"{lab.title} ({lab.minutes} min)\n\n{lab.brief.strip()}\n\nGoals:")
    for goal in goals:
        print(f"  - {goal['title']}")
    print(f"\nBegin with: mlcourse lab start {lab.id} plan.yaml")
    return 0


def start(options: argparse.Namespace) -> int:
    """Write the starting plan."""
    lab = _find(options)
    if options.json:
        print_json({"lab": lab.id, "start": lab.start.text})
    elif options.file == "-":
        sys.stdout.write(lab.start.text)
    else:
        _write(Path(options.file), lab.start.text, force=options.force)
        print(f"Wrote {options.file}. Edit it, then: mlcourse lab grade {lab.id} {options.file}")
    return 0


def check(options: argparse.Namespace) -> int:
    """Print what AWS would say of the plan, and what it would not say although it cannot work."""
    lab = _find(options)
    try:
        plan = plans.checked(options.plan, lab.world)
    except plans.UnreadablePlan as error:
        if options.json:
            print_json(plans.findings(error.plan))
        raise
    if options.json:
        print_json(plans.findings(plan))
    else:
        plans.show(options.plan, plan)
        if not plan.findings:
            print(f"{options.plan}: AWS would accept this, and nothing in it looks wrong.")
    return 1 if plan.findings else 0


def run(options: argparse.Namespace) -> int:
    """Print one run."""
    lab = _find(options)
    release = _release(lab, options.release or "1")
    plan = plans.checked(options.plan, lab.world)
    if plan.plan is None:
        return _refused(options, plan)
    from engine.simulate import simulate

    outcome = simulate(lab.world_with(release), plan.plan, options.seed)
    runs.show(outcome, as_json=options.json)
    return 0


def grade(options: argparse.Namespace) -> int:
    """Print the verdict, and keep it in the history."""
    lab = _find(options)
    plan = plans.checked(options.plan, lab.world)
    if plan.plan is None:
        return _refused(options, plan)
    from labs.grading import grade as grade_plan

    seeds = range(options.seeds or lab.seeds)
    verdict = grade_plan(lab, plan.plan, seeds, workers=options.workers, on_progress=grades.progress_bar())
    if not options.no_record:
        _record(options, lab, plan, verdict)
    grades.show(verdict, lab, as_json=options.json)
    if options.plot:
        _plot(lab, plan.plan, verdict, Path(options.plot))
    return 0 if verdict.passed else 1


def replay(options: argparse.Namespace) -> int:
    """Print a kept grade as it comes out now."""
    lab = _find(options)
    with closing(wiring.journal(wiring.places(os.environ, options.pack))) as journal:
        kept = keepsakes.attempt(journal, lab, options.attempt)
    return 0 if keepsakes.replay(lab, kept, workers=options.workers, as_json=options.json) else 1


def export(options: argparse.Namespace) -> int:
    """Print the plan in a form that real AWS takes."""
    lab = _find(options)
    plan = plans.checked(options.plan, lab.world)
    if plan.plan is None:
        return _refused(options, plan)
    keepsakes.export(plan, options.form)
    return 0


def _release(lab: Lab, wanted: str) -> Release:
    """Return a release by number or name; the names are not given away."""
    for number, release in enumerate(lab.releases, start=1):
        if wanted in (str(number), release.id):
            return release
    raise UsageError(f"lab {lab.id!r} has no release {wanted!r}; it has {len(lab.releases)}, numbered from 1")


def _record(options: argparse.Namespace, lab: Lab, plan: CheckedPlan, verdict: Grade) -> None:
    with closing(wiring.journal(wiring.places(os.environ, options.pack))) as journal:
        grades.record(journal, wiring.now(), lab, plan, verdict)
        if journal.warning:
            complain(journal.warning)


def _plot(lab: Lab, plan: Plan, verdict: Grade, path: Path) -> None:
    if path.suffix not in (".png", ".pdf", ".svg"):
        raise UsageError(f"{path}: a report ends in .png, .pdf or .svg")
    from labs.report import write_report

    try:
        write_report(lab, plan, verdict, path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    complain(f"Report: {path}")


def _refused(options: argparse.Namespace, plan: CheckedPlan) -> int:
    if options.json:
        print_json(plans.findings(plan))
    plans.show(options.plan, plan, to_stderr=True)
    complain("AWS would not accept this plan, so there is nothing to run; it costs no attempt.")
    return 1


def _card(lab: Lab) -> dict[str, object]:
    return {"id": lab.id, "title": lab.title, "minutes": lab.minutes, "lesson": lab.lesson}


def _find(options: argparse.Namespace) -> Lab:
    pack = wiring.catalog(wiring.places(os.environ, options.pack), complain)
    try:
        return pack.lab(options.lab)
    except KeyError:
        from difflib import get_close_matches

        near = get_close_matches(options.lab, pack.lab_ids(), 1)
        meant = f"; did you mean {near[0]}?" if near else "; see mlcourse lab list"
        raise UsageError(f"there is no lab {options.lab!r}{meant}") from None


def _write(file: Path, text: str, *, force: bool) -> None:
    try:
        with file.open("w" if force else "x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        raise UsageError(f"{file} is there already; choose another name, or --force to replace it") from None
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from error


def _command(group: Actions, name: str, help: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    parser = group.add_parser(name, help=help, description=help[0].upper() + help[1:])
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    parser.set_defaults(run=run)
    return parser


def _lab(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("lab", metavar="LAB", help="the lab's id; see mlcourse lab list")
    return parser


def _plan(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("plan", metavar="PLAN.yaml", help="the plan's file, or - for stdin")
    return parser


def _natural(text: str) -> int:
    number = int(text)
    if not 0 <= number < 2**32:
        raise argparse.ArgumentTypeError(f"must be from 0 to {2**32 - 1}, got {text}")
    return number


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1000:
        raise argparse.ArgumentTypeError(f"must be from 1 to 1000, got {text}")
    return number
