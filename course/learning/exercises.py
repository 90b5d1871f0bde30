"""How labs and incidents went, each beside its par."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from course.learning.exposures import goals
from course.progress import IncidentProgress, LabProgress, Progress

if TYPE_CHECKING:
    from course.history import Event
    from course.outline import Outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A lab or an incident of the course."""

    kind: Literal["lab", "incident"]
    id: str
    title: str
    lesson: str
    attempts: int = 0
    abandoned: int = 0
    """Shifts that were begun and never graded."""
    passed: bool = False
    best: float | None = None
    """The best score of a lab, of 100; None before a grade, and for incidents, which have none."""
    met: int = 0
    """Goals that the best attempt met."""
    goals: int = 0
    """How many there were, which is par; 0 before a grade."""
    harmed: float | None = None
    """Requests harmed by the best attempt: the mean over seeds, all releases added up; None if the grade does not
    tell."""
    par: float | None = None
    """The same of the reference, on the same requests."""


def exercises(outline: Outline, progress: Progress, events: Iterable[Event]) -> tuple[Exercise, ...]:
    """Return all labs and incidents in learning order; events as far as they still count."""
    best = {(each.kind, each.id): each for each in _graded(events)}
    return tuple(_tried(each, progress, best.get((each.kind, each.id), each)) for each in _listed(outline))


def _listed(outline: Outline) -> Iterator[Exercise]:
    for topic in outline.topics:
        for id, title in topic.labs.items():
            yield Exercise(kind="lab", id=id, title=title, lesson=topic.id)
        for id, title in topic.incidents.items():
            yield Exercise(kind="incident", id=id, title=title, lesson=topic.id)


def _tried(exercise: Exercise, progress: Progress, best: Exercise) -> Exercise:
    met = replace(exercise, met=best.met, goals=best.goals, harmed=best.harmed, par=best.par)
    if exercise.kind == "lab":
        lab = progress.labs.get(exercise.id, LabProgress())
        score = lab.best_score if lab.attempts else None
        return replace(met, attempts=lab.attempts, passed=lab.passed, best=score)
    shift = progress.incidents.get(exercise.id, IncidentProgress())
    return replace(met, attempts=shift.attempts, abandoned=shift.abandoned, passed=shift.passed)


def _graded(events: Iterable[Event]) -> Iterator[Exercise]:
    """Yield the best attempt at each, the first of equals."""
    best: dict[tuple[str, str], tuple[tuple[float, int], Exercise]] = {}
    for event in events:
        if event.kind in ("lab-graded", "incident-graded"):
            kind: Literal["lab", "incident"] = "lab" if event.kind == "lab-graded" else "incident"
            met = goals(event)
            rank = event.score("score"), sum(met.values())
            if (kind, event.subject) not in best or rank > best[kind, event.subject][0]:
                harmed, par = _harmed(event.data.get("grade"))
                found = Exercise(
                    kind=kind,
                    id=event.subject,
                    title="",
                    lesson="",
                    met=rank[1],
                    goals=len(met),
                    harmed=harmed,
                    par=par if harmed is not None else None,
                )
                best[kind, event.subject] = rank, found
    yield from (exercise for _, exercise in best.values())


def _harmed(grade: object) -> tuple[float | None, float | None]:
    """Return how many were harmed, by the attempt and by the reference, as a grade that was kept tells it."""
    if not isinstance(grade, Mapping):
        return None, None
    compared = grade.get("compared")
    return _sum(grade.get("releases")), _sum(compared.get("reference")) if isinstance(compared, Mapping) else None


def _sum(releases: object) -> float | None:
    if not (isinstance(releases, Mapping) and releases):
        return None
    means = [_mean(each) for each in releases.values()]
    return sum(each for each in means if each is not None) if None not in means else None


def _mean(result: Any) -> float | None:  # noqa: ANN401 - a history may hold anything here
    harmed = result.get("harmed") if isinstance(result, Mapping) else None
    mean = harmed.get("mean") if isinstance(harmed, Mapping) else None
    return float(mean) if isinstance(mean, int | float) and not isinstance(mean, bool) else None
