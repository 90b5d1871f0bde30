"""A class graded: each different plan for a lab once, wherever that is done; what is finished is not done again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course.classes.claims import Claim
from course.classes.executors import Lost, OnLoss, Open, spread
from course.classes.grading import tasks
from course.classes.grading.done import key
from course.classes.grading.outcome import Outcome

if TYPE_CHECKING:
    from labs.incidents.session import Incident
    from labs.lab import Lab

OnDone = Callable[[str, Outcome], None]
"""Told of each grade as it is finished, by its key."""
OnProgress = Callable[[float, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercises:
    """The labs and incidents that are graded, by id, and what a grade depends on beside the plan."""

    labs: Mapping[str, Lab]
    incidents: Mapping[str, Incident]
    seeds: int | None
    """Of each lab; None: as many as the lab has."""
    version: str

    def __contains__(self, id: str) -> bool:
        return id in self.labs or id in self.incidents

    def seeds_of(self, lab: str) -> range:
        """Return the seeds on which a lab is graded."""
        return range(self.labs[lab].seeds if self.seeds is None else self.seeds)


def namer(exercises: Exercises) -> Callable[[Claim], str]:
    """Return what gives a claim the key of its grade: equal claims have one, however many learners make them."""
    digests = {id: key(each) for id, each in (*exercises.labs.items(), *exercises.incidents.items())}

    def name(claim: Claim) -> str:
        digest = digests[claim.exercise]
        if claim.exercise in exercises.labs:
            return key("lab", digest, claim.text, len(exercises.seeds_of(claim.exercise)), exercises.version)
        return key("incident", digest, claim.text, claim.release, claim.seed, exercises.version)

    return name


def graded(
    work: Mapping[str, Claim],
    exercises: Exercises,
    done: Mapping[str, Outcome],
    open: Open,
    on_done: OnDone,
    on_progress: OnProgress | None = None,
    on_loss: OnLoss | None = None,
) -> Mapping[str, Outcome]:
    """Return the grade of each claim by key; those that are `done` are believed.

    Whatever stops it, `on_done` has been told of what was finished. A plan whose worker process ends each time is not
    graded, and `on_done` is not told of it: another machine may do better.
    """
    found = {name: done[name] for name in work if name in done}
    left = {name: claim for name, claim in work.items() if name not in found}
    plans = Counter(claim.exercise for claim in left.values() if claim.exercise in exercises.labs)
    labs = sorted(id for id, count in plans.items() if count > 1)
    comparisons: dict[str, Any] = {}

    def told() -> None:
        if on_progress is not None:
            on_progress(len(found) + len(comparisons), len(work) + len(labs))

    asked = {id: (exercises.labs[id], exercises.seeds_of(id)) for id in labs}
    for id, compared in spread(tasks.compare_lab, asked, open, on_loss) if asked else ():
        comparisons[id] = compared
        told()
    for name, claim in left.items():
        if why := _hopeless(claim, exercises, comparisons):
            found[name] = Outcome(status="not graded", why=why)
    pieces = {name: _piece(claim, exercises, comparisons) for name, claim in left.items() if name not in found}
    for name, outcome in spread(tasks.perform, pieces, open, on_loss) if pieces else ():
        if isinstance(outcome, Lost):
            found[name] = Outcome(status="not graded", why=f"the processes that tried it ended: {outcome.why}")
        else:
            found[name] = outcome
            on_done(name, outcome)
        told()
    return found


def _hopeless(claim: Claim, exercises: Exercises, comparisons: Mapping[str, Any]) -> str:
    """Return why a claim cannot be graded at all; empty if it can be tried."""
    if isinstance(comparisons.get(claim.exercise), Lost):
        return "no process survives the lab's own runs"
    incident = exercises.incidents.get(claim.exercise)
    if incident and claim.release not in {release.id for release in incident.releases}:
        return "the incident has no such release"
    return ""


def _piece(claim: Claim, exercises: Exercises, comparisons: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what is to be called, and with what."""
    id = claim.exercise
    if id in exercises.labs:
        return tasks.grade_lab, exercises.labs[id], claim.text, exercises.seeds_of(id), comparisons.get(id)
    return tasks.grade_incident, exercises.incidents[id], claim.text, claim.release, claim.seed
