"""Reading a plan from a file or from stdin, and saying what there is to say of it."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from course.cli.errors import RefusedPlan, UnreadablePlan, UsageError
from course.cli.present import complain, print_json
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
    "not-simulated": "not simulated here",
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
    from course.content.files.pasted import read_as_plan
    from course.content.files.plan import check_plan

    text = read(path)
    other = read_as_plan(text, world)
    for sentence in other.say if other else ():
        complain(f"{one_line(path)}: {sentence}")
    plan = replace(check_plan((other.text if other else "") or text, world), read_as=other)
    unreadable = [finding for finding in plan.findings if finding.severity == "client" and not finding.path]
    if unreadable:
        if options.json:
            print_json(findings(plan))
        name = _named(path, plan)
        raise UnreadablePlan("\n".join(f"{name}:{each.line}:{each.column}: {each.say}" for each in unreadable))
    return plan


def show(path: str, world: World, options: argparse.Namespace) -> int:
    """Print what there is to say of a plan; return 0 if that is nothing."""
    plan = checked(path, world, options)
    if options.json:
        print_json(findings(plan))
    else:
        for line in lines(path, plan):
            print(line)
        if not plan.findings:
            print(f"{one_line(path)}: AWS would accept this, and nothing in it looks wrong.")
    return 1 if plan.findings else 0


def accepted(
    path: str, world: World | None, options: argparse.Namespace, *, advice: bool = True
) -> tuple[CheckedPlan, Plan]:
    """Return the checked text and the value of a plan, and tell what there is to say of it.

    RefusedPlan, with all findings, if there is nothing to run. Without `advice` only what is not simulated is told:
    what somebody does during an update need not be a rollout.
    """
    found = checked(path, world, options)
    if found.plan is not None:
        tell(path, found, advice=advice)
        return found, found.plan
    if options.json:
        print_json(findings(found))
    refused = any(each.severity in ("client", "service") for each in found.findings)
    why = "AWS would not accept this" if refused else "This asks for what is not simulated"
    say = f"{why}, so there is nothing to run; it costs no attempt."
    raise RefusedPlan("\n".join([*lines(path, found), say]))


def tell(path: str, plan: CheckedPlan, *, advice: bool) -> None:
    """Print on stderr what there is to say of a plan that is run all the same."""
    for finding, line in zip(plan.findings, lines(path, plan), strict=True):
        if advice or finding.severity != "advice":
            complain(line)


def lines(path: str, plan: CheckedPlan) -> Iterator[str]:
    """Yield the findings in words."""
    for finding in plan.findings:
        place = f"{_named(path, plan)}:{finding.line}:{finding.column}"
        where = f"{one_line(finding.path)}: " if finding.path else ""
        yield f"{place}: {WORDS[finding.severity]}: {where}{finding.say}"


def _named(path: str, plan: CheckedPlan) -> str:
    """Return what lines are counted in: the file, or the plan that it has become."""
    return f"{one_line(path)} as a plan" if plan.read_as and plan.read_as.text else one_line(path)


def findings(plan: CheckedPlan) -> dict[str, object]:
    """Return what `--json` prints of a check."""
    return {"ok": plan.ok, "findings": plan.findings}
