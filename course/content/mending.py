"""What holds of a mended request: the checker says it, and where an ending is asked for, the simulator over some seeds.

The lab whose world it meets is opened when something is judged, and not before: a list of questions stays cheap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, Protocol

from course.content.yaml.reader import read_yaml
from course.errors import CourseError
from course.plan_text import CheckedPlan, Finding
from engine.errors import WrongValues
from quiz.verdict import Detail, Verdict, judged, malformed

if TYPE_CHECKING:
    from engine.plan import Plan
    from labs.lab import Lab

State = Literal["accepted", "sound", "promoted", "rolled-back"]
NOT_RUN = "It was not run, for it could not be sent as it stands."
TITLES = {"accepted": "AWS accepts every request", "sound": "There is no advice to give either"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Must:
    """One thing that has to hold of a mended request."""

    be: State
    """`accepted`: AWS refuses nothing; `sound`: and nobody with experience would advise against it; else how the update
    to a release ends, in every run."""
    release: str | None = None
    """Whose update has to end so; of the lab."""
    say: str
    """What a teacher says where it does not hold."""

    @property
    def ends(self) -> bool:
        """Does a run have to tell?"""
        return self.be in ("promoted", "rolled-back")

    @property
    def title(self) -> str:
        """What has to hold, in words."""
        return TITLES.get(self.be) or f"The update to `{self.release}` is {_worded(self.be)}"


class Labs(Protocol):
    """Where the labs are; a pack is one."""

    def lab(self, id: str) -> Lab:
        """Return the lab; KeyError if there is none, ContentError if its files are wrong."""

    def lab_ids(self) -> tuple[str, ...]:
        """Return the labs' ids, without opening any."""


class NoLabs:
    """Where there are none, such as in a file by itself."""

    def lab(self, id: str) -> Lab:
        """There is none."""
        raise KeyError(id)

    def lab_ids(self) -> tuple[str, ...]:
        """There is none."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanJudge:
    """A `quiz.verdict.Judge` of plans."""

    labs: Labs = field(repr=False)
    lab: str
    keeps: tuple[str, ...]
    must: tuple[Must, ...]
    seeds: int

    def judge(self, text: str) -> Verdict:
        """Return the verdict; a text that is no plan at all is not valid."""
        return _judged(self, text)


@lru_cache(maxsize=64)
def _judged(judge: PlanJudge, text: str) -> Verdict:
    """Remember the last verdicts: a result is looked at again, and an exam tells at its end what it has judged."""
    from course.content.files.plan import check_plan  # brings the simulator along

    try:
        lab = judge.labs.lab(judge.lab)
    except CourseError as error:
        return malformed(f"The lab of this question cannot be read: {error}")
    checked = check_plan(text, lab.world)
    unread = next((each for each in checked.findings if each.severity == "client" and not each.path), None)
    if unread is not None:
        return malformed(f"This is no plan yet, {_at(unread)}: {unread.say}")
    details = (*_kept(judge, text), *(_held(must, lab, checked, judge.seeds) for must in judge.must))
    hits = sum(each.right for each in details)
    return judged(details, f"{hits} of {len(details)} hold.")


def _kept(judge: PlanJudge, text: str) -> Iterator[Detail]:
    from engine.aws.calls import take_apart  # brings botocore along

    sent = {call.operation for call in take_apart(read_yaml(text, "plan.yaml").data)[0]} if judge.keeps else set()
    for operation in judge.keeps:
        there = operation in sent
        why = "It is still there." if there else "Mending is no taking away: this request has to be sent."
        yield _detail(f"keeps-{operation}", f"`{operation}` is still sent", there, why)


def _held(must: Must, lab: Lab, checked: CheckedPlan, seeds: int) -> Detail:
    id = f"{must.be}-{must.release}" if must.release else must.be
    if not must.ends:
        holds, found = _stands(must, checked)
    elif checked.plan is None:
        return _detail(id, must.title, False, NOT_RUN)
    else:
        holds, found = _ends(must, lab, checked.plan, seeds)
    return _detail(id, must.title, holds, found if holds else f"{must.say.strip()} {found}")


def _stands(must: Must, checked: CheckedPlan) -> tuple[bool, str]:
    """Say whether there is nothing to find in the text."""
    grave = ("client", "service") if must.be == "accepted" else ("client", "service", "advice")
    found = [each for each in checked.findings if each.severity in grave]
    if not found and not checked.ok:
        found = [each for each in checked.findings if each.severity == "not-simulated"]
    if found:
        return False, " ".join(f"({_at(each)}: {each.say})" for each in found[:3])
    return True, "Neither AWS's client nor the service refuses anything." if must.be == "accepted" else "None at all."


def _ends(must: Must, lab: Lab, plan: Plan, seeds: int) -> tuple[bool, str]:
    """Say how often an update ends as it should."""
    if must.release not in {release.id for release in lab.releases}:
        return False, f"(The lab has no release {must.release}; its author has to mend this question.)"
    from engine.simulate import simulate  # brings the simulator along

    world = lab.world_with(lab.release(must.release or ""))
    try:
        runs = [simulate(world, plan, seed) for seed in range(seeds)]
    except WrongValues as error:
        return False, f"(It cannot be run: {error})"
    hits = sum(run.outcome == must.be for run in runs)
    word, every = _worded(must.be), "the run" if seeds == 1 else f"all {seeds} runs"
    return hits == seeds, f"{word.capitalize()} in {every}." if hits == seeds else f"({word} in {hits} of {seeds} runs)"


def _worded(be: State) -> str:
    return be.replace("-", " ")


def _at(finding: Finding) -> str:
    return f"line {finding.line}, column {finding.column}"


def _detail(id: str, text: str, right: bool, why: str) -> Detail:
    return Detail(id=id, text=text, chosen=True, right=right, correct=True, why=why)
