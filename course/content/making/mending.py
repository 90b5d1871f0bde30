"""The plans of a question that asks for a plan to be mended: taken from a lab of the pack, so that they hold."""

from __future__ import annotations

from course.content.files.course import LessonEntry
from course.content.files.plan import check_plan
from course.content.making.ground import Ground
from course.content.making.made import CannotBeMade
from course.content.yaml.reader import read_yaml
from course.content.yaml.restructuring import flow, without
from course.content.yaml.rewriting import NAME, scalar
from engine.aws.calls import LATER
from labs.lab import Lab

DEEPER = " " * 6


def texts(ground: Ground, entry: LessonEntry) -> dict[str, str]:
    """Return what a template for this kind leaves open, from the lesson's first lab or else the pack's first;
    ContentError if that cannot be read, CannotBeMade where there is none."""
    labs = (*entry.labs, *ground.pack.lab_ids())
    if not labs:
        say = "a question of the kind fix asks for a plan in the world of a lab, and this pack has none; begin with: "
        raise CannotBeMade(f"{say}mlcourse new lab ID --lesson {entry.file.id}")
    lab = ground.pack.lab(labs[0])
    solution = lab.reference.text
    operations = [key for key in read_yaml(solution, NAME).data if key != LATER]
    request = lab.start.text
    if not _wants_mending(request, lab):
        request = without(solution, (operations[0],)) if operations else ""
    return {
        "lab": scalar(lab.id),
        "request": _deeper(request),
        "solution": _deeper(solution),
        "keeps": flow(operations[:1]),
    }


def _wants_mending(text: str, lab: Lab) -> bool:
    """Is there something to say of a plan before it is sent?"""
    return any(each.severity in ("client", "service", "advice") for each in check_plan(text, lab.world).findings)


def _deeper(text: str) -> str:
    return "\n".join(f"{DEEPER}{line}" if line.strip() else "" for line in text.rstrip().split("\n"))
