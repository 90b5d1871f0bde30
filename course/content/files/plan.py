"""A learner's plan: YAML whose findings stand at their places in the text; no mistake is an exception."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from course.content.files.other_languages import other_language
from course.content.yaml.document import Document, Trail
from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_yaml
from course.plan_text import CheckedPlan, Finding
from engine.errors import WrongValues
from engine.plan import Plan
from engine.world import World

if TYPE_CHECKING:
    from engine.aws.finding import Finding as Said


def check_plan(text: str, world: World | None) -> CheckedPlan:
    """Return what AWS's client, its service and a colleague would say, and the plan's value if it is good.

    Without a world only those rules apply that need none.
    """
    try:
        document = read_yaml(text, "plan.yaml")
    except ContentError as error:
        findings = _in_other_words(text) or tuple(_unreadable(error))
        return CheckedPlan(text=text, findings=findings, plan=None)
    if not isinstance(document.data, dict) and (findings := _in_other_words(text)):
        return CheckedPlan(text=text, findings=findings, plan=None)
    found = _found(document, world)
    findings = tuple(_placed(document, each) for each in found)
    if any(each.stops for each in found):
        return CheckedPlan(text=text, findings=findings, plan=None)
    try:
        return CheckedPlan(text=text, findings=findings, plan=_plan(document))
    except WrongValues as error:
        beyond = Finding(line=1, column=1, path="", severity="service", say=str(error))
        return CheckedPlan(text=text, findings=(*findings, beyond), plan=None)


def _found(document: Document, world: World | None) -> list[Said]:
    """Return what there is to say, in the order of the text."""
    from engine.aws.checking import check  # brings botocore along

    return sorted(check(document.data, world), key=lambda each: document.where_key(each.path))


def _placed(document: Document, said: Said) -> Finding:
    line, column = document.where_key(said.path)
    return Finding(line=line, column=column, path=dotted(said.path), severity=said.severity, say=said.say)


def _plan(document: Document) -> Plan:
    from engine.aws.translation.reading import read_plan

    return read_plan(document.data)


def _in_other_words(text: str) -> tuple[Finding, ...]:
    """Return what there is to say of a script or a program; nothing of other texts, whose own mistakes are told."""
    found = other_language(text)
    return (Finding(line=found[0], column=1, path="", severity="client", say=found[1]),) if found else ()


def _unreadable(error: ContentError) -> Iterator[Finding]:
    for problem in error.problems:
        yield Finding(line=problem.line, column=problem.column, path="", severity="client", say=problem.say)


def dotted(trail: Trail) -> str:
    """Return the trail as AWS writes it: `PutMetricAlarm[0].Threshold`."""
    parts = (f"[{each}]" if isinstance(each, int) else f".{each}" for each in trail)
    return "".join(parts).removeprefix(".")
