"""What stays of a lab: the plan to take home, and grades that can be replayed."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from course.cli.errors import UsageError
from course.cli.exercises import grades, scripts
from course.cli.present import fewer, print_json
from course.cli.progress import progress_line
from course.desk import LabDesk
from course.plan_text import Form
from labs.grading.record import same, view

if TYPE_CHECKING:
    from course.history import Event
    from course.ports import Journal
    from labs.lab import Lab

FORMS = (*get_args(Form), "plan")
"""In the last of them a plan is already, for what was something else."""


def export(plan: str, form: Form | Literal["plan"], *, as_json: bool) -> None:
    """Print an accepted plan as `aws` command lines, as Python, or for CloudFormation, Terraform or the CDK; or as the
    plan that something else has become."""
    text = plan if form == "plan" else LabDesk(Path.cwd()).takeaway(plan, form)
    if as_json:
        print_json({"form": form, "text": text})
    else:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")


def attempt(journal: Journal, lab: Lab, number: int | None) -> Event:
    """Return a kept grade of the lab, by its number from 1; without one the last."""
    kept = [event for event in journal.events() if event.kind == "lab-graded" and event.subject == lab.id]
    if not kept:
        raise UsageError(f"no grade of {lab.id} has been kept yet; mlcourse lab grade keeps one")
    if number is not None and not 1 <= number <= len(kept):
        raise UsageError(f"there are {len(kept)} attempts at {lab.id}, from 1 to {len(kept)}; got {number}")
    return kept[-1 if number is None else number - 1]


def passed(journal: Journal, lab: Lab) -> Mapping[str, Any]:
    """Return the last kept grade of the lab that passed."""
    kept = [event for event in journal.events() if event.kind == "lab-graded" and event.subject == lab.id]
    grades = [event.data.get("grade") for event in kept if event.data.get("passed") is True]
    found = [grade for grade in grades if isinstance(grade, Mapping)]
    if not found:
        raise UsageError(f"no grade of {lab.id} that passed has been kept yet; mlcourse lab grade keeps one")
    return found[-1]


def replay(lab: Lab, kept: Event, *, workers: int, as_json: bool) -> bool:
    """Grade a kept plan again with its seeds, print the verdict, and return whether it is what was kept."""
    from course.content.files.plan import check_plan
    from labs.grading.grade_plan import grade

    data = kept.data
    plan = check_plan(str(data.get("text", "")), lab.world).plan
    if plan is None:
        raise UsageError(f"the plan of {kept.at:%Y-%m-%d %H:%M} is not accepted any more; the lab has changed since")
    seeds = [int(seed) for seed in data.get("seeds", [])] or range(lab.seeds)
    with progress_line("seeds") as bar:
        verdict = grade(lab, plan, seeds, workers=workers, on_progress=bar, on_loss=fewer)
    before, now = data.get("grade"), view(verdict)
    unchanged = same(before, now)
    if as_json:
        print_json({"same": unchanged, "kept": before, "now": now, "version": data.get("version")})
    else:
        grades.show(verdict, lab, as_json=False)
        changed = (
            "" if unchanged else f"; it was kept by version {data.get('version')}, revision {data.get('revision')}"
        )
        if script := data.get("script"):
            print(f"\nThis is the plan of one run of {scripts.named(str(script))}, which sent another one in each.")
        print(f"\n{'The same as what was kept' if unchanged else 'Not what was kept'}{changed}.")
    return unchanged
