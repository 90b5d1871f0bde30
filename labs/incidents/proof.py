"""An incident proves itself: each release has an answer that passes, near-misses fail what they name, and whoever does
nothing, or the same thing every time, does not pass."""

from __future__ import annotations

from collections.abc import Iterator

from engine.plan import Plan
from labs.incidents.grading import close
from labs.incidents.habits import HABITS
from labs.incidents.session import Answer, Incident, replay

SEEDS = (*range(4), *range(1000, 1003))
"""Sessions differ in how long instances take to start and in who meets a fault: a proof must not hang on one day, nor
on those that the incident was written for."""


def prove(incident: Incident) -> Iterator[str]:
    """Yield a sentence for everything that does not hold, with what to do about it."""
    for release in incident.releases:
        if not _failed(incident, release.id, Plan(), SEEDS[0]):
            yield f"doing nothing passes with release {release.id}; an incident must ask for something"
        if incident.reference(release.id) is None:
            yield f"release {release.id} has no answer that passes; write one"
    for answer in incident.answers:
        yield from _try(incident, answer)
    yield from _same_every_time(incident)


def _try(incident: Incident, answer: Answer) -> Iterator[str]:
    for seed in SEEDS:
        failed = _failed(incident, answer.release, answer.file.plan, seed)
        if failed != ([answer.fails] if answer.fails else []):
            wanted = f"exactly {answer.fails}" if answer.fails else "nothing"
            yield f"{answer.file.name} must fail {wanted}, it fails {failed or 'nothing'} (seed {seed})"
            return


def _same_every_time(incident: Incident) -> Iterator[str]:
    """Yield who passes without looking: the same answer, or the same habit, whatever the release is."""
    releases = [release.id for release in incident.releases]
    ways = {
        answer.file.name: dict.fromkeys(releases, answer.file.plan) for answer in incident.answers if not answer.fails
    }
    for name, habit in HABITS.items():
        ways[name] = {release: habit(incident, release, SEEDS[0]) for release in releases}
    for name, plans in ways.items():
        if not any(_failed(incident, release, plan, SEEDS[0]) for release, plan in plans.items()):
            yield f"{name} passes whatever the release is; make the releases ask for different things"


def _failed(incident: Incident, release: str, actions: Plan, seed: int) -> list[str]:
    grade = close(replay(incident, release, actions, seed))
    return [result.id for result in grade.results if not result.passed]
