"""An incident proves itself: each release has an answer that passes, near-misses fail what they name, and whoever does
nothing, or the same thing every time, does not pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from engine.plan import Plan
from labs.exercise.proof import Claim, Doubt, Tried, cut_off, weaknesses
from labs.incidents.grading import close
from labs.incidents.habits import HABITS
from labs.incidents.session import Answer, Incident, replay

SEEDS = (*range(4), *range(1000, 1003))
"""Sessions differ in how long instances take to start and in who meets a fault: a proof must not hang on one day, nor
on those that the incident was written for."""
NOTHING = "doing nothing"


def prove(incident: Incident) -> Iterator[Doubt]:
    """Yield everything that does not hold, with what to do about it."""
    idle = [_tried(incident, NOTHING, release.id, Plan(), SEEDS[0]) for release in incident.releases]
    for index, (release, nothing) in enumerate(zip(incident.releases, idle, strict=True)):
        if nothing.passed:
            say = f"{NOTHING} passes with release {release.id} ({nothing.told}); an incident must ask for something"
            yield Doubt(say, ("releases", index))
        if incident.reference(release.id) is None:
            yield Doubt(f"release {release.id} has no answer that passes; write one", ("answers",))
    claims = [Claim(each.file.name, each.fails, ("answers", index)) for index, each in enumerate(incident.answers)]
    for claim, answer in zip(claims, incident.answers, strict=True):
        yield from _first_doubts(incident, claim, answer)
    same = _same_every_time(incident)
    for name, tried in same.items():
        if all(each.passed for each in tried):
            say = f"{name} passes whatever the release is; make the releases ask for different things"
            yield Doubt(say, ("goals",))
    near = [_tried(incident, a.file.name, a.release, a.file.plan, SEEDS[0]) for a in incident.answers if a.fails]
    yield from weaknesses(incident.goals, "answers", claims, [*idle, *near, *chain(*same.values())])


def _first_doubts(incident: Incident, claim: Claim, answer: Answer) -> Iterator[Doubt]:
    """Yield what is otherwise on the first day on which something is."""
    for seed in SEEDS:
        tried = _tried(incident, claim.name, answer.release, answer.file.plan, seed)
        if doubts := list(claim.doubts(tried, f" (seed {seed})")):
            yield from doubts
            return


def _same_every_time(incident: Incident) -> Mapping[str, Sequence[Tried]]:
    """Return what comes of not looking: of the same answer, or the same habit, whatever the release is."""
    releases = [release.id for release in incident.releases]
    ways = {
        answer.file.name: dict.fromkeys(releases, answer.file.plan) for answer in incident.answers if not answer.fails
    }
    for name, habit in HABITS.items():
        ways[name] = {release: habit(incident, release, SEEDS[0]) for release in releases}
    return {
        name: [_tried(incident, name, release, plan, SEEDS[0]) for release, plan in plans.items()]
        for name, plans in ways.items()
    }


def _tried(incident: Incident, name: str, release: str, actions: Plan, seed: int) -> Tried:
    session = replay(incident, release, actions, seed)
    ended = session.run.update_ended_s
    return Tried(name, close(session).goals, cut_off(incident.world, {release: [] if ended is None else [ended]}))
