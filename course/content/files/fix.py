"""A request to mend, as a file has it: what must hold of the mended one, in which world."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from course.content.files.exhibit import read_exhibit
from course.content.mending import Labs, Must, PlanJudge
from course.content.schema.build import record_of
from course.content.schema.shapes import WRONG, Job, Wrong
from course.content.yaml.document import Complaints, Trail
from course.content.yaml.wording import nearest, shown
from engine.bounds import bounded
from quiz.exhibit import Exhibit
from quiz.questions import Common, Fix


@dataclass(frozen=True, slots=True, kw_only=True)
class FixFile(Common):
    """A question of the kind `fix`."""

    kind: ClassVar[str] = "fix"
    request: str
    """The plan that the learner begins with."""
    lab: str
    """A lab of this pack, whose world the plan meets."""
    keeps: tuple[str, ...] = ()
    """Operations that must still be sent."""
    must: tuple[Must, ...]
    """What has to hold of the mended plan."""
    seeds: int = bounded(3, low=1, high=20)
    """Runs for each release that `must` names."""
    solution: str
    """The mended plan; shown afterwards."""


def read_fix(data: Any, trail: Trail, complaints: Complaints, labs: Labs) -> Fix | Wrong:  # noqa: ANN401
    """Return the question with its judge, or WRONG after a complaint; no lab is opened."""
    file = record_of(FixFile, tagged=True).read(data, trail, Job(complaints, {Exhibit: read_exhibit}))
    if not isinstance(file, FixFile):
        return WRONG
    for at, say in _mistakes(file, labs):
        complaints.at_value((*trail, *at), say)
    common = {each.name: getattr(file, each.name) for each in fields(Common)}
    judge = PlanJudge(labs=labs, lab=file.lab, keeps=file.keeps, must=file.must, seeds=file.seeds)
    return Fix(**common, request=file.request, lab=file.lab, solution=file.solution, judge=judge)


def _mistakes(file: FixFile, labs: Labs) -> Iterator[tuple[Trail, str]]:
    """Yield where something is wrong, and what."""
    if file.lab not in labs.lab_ids():
        yield ("lab",), f"`lab` names {shown(file.lab)}, which does not exist; {nearest(file.lab, labs.lab_ids())}"
    if file.computed is not None:
        yield ("computed",), "a request to mend has no figures; leave `computed` out"
    if not file.must:
        yield ("must",), "`must` is empty; say what has to hold of the mended request"
    for index, must in enumerate(file.must):
        if must.ends and must.release is None:
            yield ("must", index), f"`release` is missing; say which one has to be {must.be}"
        elif must.release is not None and not must.ends:
            yield ("must", index, "release"), f"`release` is of no use where a request must be {must.be}; leave it out"
