"""An incident proves itself: each release has an answer that passes, near-misses fail what they name, and whoever does
nothing, or the same thing every time, does not pass."""

from __future__ import annotations

from collections.abc import Iterator

from labs.incident import Answer, Incident, replay
from labs.incident_grading import close

SEEDS = range(4)
"""Sessions differ in how long instances take to start and in who meets a fault; a proof must not hang on one day."""


def prove(incident: Incident) -> Iterator[str]:
    """Yield a sentence for everything that does not hold, with what to do about it."""
    for release in incident.releases:
        if close(incident.begin(release.id, 0)).passed:
            yield f"doing nothing passes with release {release.id}; an incident must ask for something"
        if incident.reference(release.id) is None:
            yield f"release {release.id} has no answer that passes; write one"
    for answer in incident.answers:
        yield from _try(incident, answer)
    for answer in incident.answers:
        others = [release.id for release in incident.releases if release.id != answer.release]
        if others and not answer.fails and all(_failed(incident, answer, id, 0) == [] for id in others):
            yield f"{answer.file.name} passes whatever the release is; make the releases ask for different things"


def _try(incident: Incident, answer: Answer) -> Iterator[str]:
    for seed in SEEDS:
        failed = _failed(incident, answer, answer.release, seed)
        if failed != ([answer.fails] if answer.fails else []):
            wanted = f"exactly {answer.fails}" if answer.fails else "nothing"
            yield f"{answer.file.name} must fail {wanted}, it fails {failed or 'nothing'} (seed {seed})"
            return


def _failed(incident: Incident, answer: Answer, release: str, seed: int) -> list[str]:
    grade = close(replay(incident, release, answer.file.plan, seed))
    return [result.id for result in grade.results if not result.passed]
