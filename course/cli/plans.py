"""Reading a plan from a file or from stdin, and saying what there is to say of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from course.cli.present import complain
from course.errors import CourseError

if TYPE_CHECKING:
    from course.ports import CheckedPlan
    from engine.world import World

WORDS = {
    "client": "AWS's client refuses this",
    "service": "the service refuses this",
    "advice": "accepted, but",
}


class UnreadablePlan(CourseError):
    """A plan that is no set of AWS requests at all; it keeps what was found."""

    def __init__(self, path: str, plan: CheckedPlan) -> None:
        super().__init__("\n".join(f"{path}:{f.line}:{f.column}: {f.say}" for f in plan.findings if not f.path))
        self.plan = plan


def read(path: str) -> str:
    """Return the text of a plan; `-` is stdin."""
    if path == "-":
        return sys.stdin.read()
    from course.content.yaml_reader import read_text

    file = Path(path)
    return read_text(file, file.parent)


def checked(path: str, world: World | None) -> CheckedPlan:
    """Return the checked plan; UnreadablePlan if it is not even a mapping of requests."""
    from course.content.plan_files import check_plan

    plan = check_plan(read(path), world)
    if any(not finding.path and finding.severity == "client" for finding in plan.findings):
        raise UnreadablePlan(path, plan)
    return plan


def show(path: str, plan: CheckedPlan, *, to_stderr: bool = False) -> None:
    """Print the findings, one line each."""
    for finding in plan.findings:
        line = f"{path}:{finding.line}:{finding.column}: {WORDS[finding.severity]}: {finding.path}: {finding.say}"
        complain(line) if to_stderr else print(line)


def findings(plan: CheckedPlan) -> dict[str, object]:
    """Return what `--json` prints of a check."""
    return {"ok": plan.ok, "findings": plan.findings}
