"""Reading a plan from a file or from stdin, and saying what there is to say of it."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from course.cli.errors import RefusedPlan, UnreadablePlan, UsageError
from course.cli.present import print_json
from course.errors import one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from course.plan_text import CheckedPlan
    from engine.plan import Plan
    from engine.world import World

WORDS = {
    "client": "AWS's client refuses this",
    "service": "the service refuses this",
    "advice": "accepted, but",
}


def read(path: str) -> str:
    """Return the text of a plan; `-` is stdin, and a pipe is as good as a file."""
    from course.content.yaml.reader import read_stream

    try:
        with _stream(path) as stream:
            return read_stream(stream, Path(path))
    except OSError as error:
        raise UsageError(
            f"{one_line(path)} cannot be read ({error.strerror}); name the file of a plan, or - for stdin"
        ) from error


def _stream(path: str) -> AbstractContextManager[BinaryIO]:
    if path != "-":
        return Path(path).open("rb")
    if sys.stdin is None:
        raise UsageError("there is no stdin to read a plan from; name its file")
    return nullcontext(sys.stdin.buffer)


def checked(path: str, world: World | None, options: argparse.Namespace) -> CheckedPlan:
    """Return the checked plan; UnreadablePlan if it is not even a mapping of requests."""
    from course.content.files.plan import check_plan

    plan = check_plan(read(path), world)
    unreadable = [finding for finding in plan.findings if finding.severity == "client" and not finding.path]
    if unreadable:
        if options.json:
            print_json(findings(plan))
        name = one_line(path)
        raise UnreadablePlan("\n".join(f"{name}:{each.line}:{each.column}: {each.say}" for each in unreadable))
    return plan


def accepted(path: str, world: World | None, options: argparse.Namespace) -> tuple[str, Plan]:
    """Return the text and the value of a plan; RefusedPlan, with all findings, if AWS would not accept it."""
    found = checked(path, world, options)
    if found.plan is not None:
        return found.text, found.plan
    if options.json:
        print_json(findings(found))
    say = "AWS would not accept this, so there is nothing to run; it costs no attempt."
    raise RefusedPlan("\n".join([*lines(path, found), say]))


def lines(path: str, plan: CheckedPlan) -> Iterator[str]:
    """Yield the findings in words."""
    for finding in plan.findings:
        place = f"{one_line(path)}:{finding.line}:{finding.column}"
        where = f"{one_line(finding.path)}: " if finding.path else ""
        yield f"{place}: {WORDS[finding.severity]}: {where}{finding.say}"


def findings(plan: CheckedPlan) -> dict[str, object]:
    """Return what `--json` prints of a check."""
    return {"ok": plan.ok, "findings": plan.findings}
