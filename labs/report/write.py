"""Which run a report shows, and the report itself."""

from __future__ import annotations

from pathlib import Path

from engine.simulate import simulate
from labs.exercise.exercise import Release
from labs.film.film import film_of
from labs.grade import Grade
from labs.grading.per_run import Given, sent_in
from labs.lab import Lab
from labs.report.figures import Report, draw


def write_report(lab: Lab, plan: Given, grade: Grade, path: Path) -> None:
    """Draw the report of a grade into `path`."""
    draw(report_of(lab, plan, grade), path)


def report_of(lab: Lab, plan: Given, grade: Grade) -> Report:
    """Return what there is to report of a grade: with the run of the release that decided it."""
    release, seed = telling(lab, grade)
    world = lab.world_with(release)
    sent = sent_in(plan, release.id, seed)
    film = film_of(simulate(world, sent, seed), world, sent)
    return Report(title=lab.title, release=release.id, film=film, grade=grade)


def telling(lab: Lab, grade: Grade) -> tuple[Release, int]:
    """Return the release of the first missed goal, else the first bad one, and a seed of median harm on it."""
    missed = next((goal.release for goal, r in zip(lab.goals, grade.goals, strict=True) if not r.passed), None)
    bad = next((release.id for release in lab.releases if release.expect == "rolled-back"), lab.releases[0].id)
    release = lab.release(missed or bad)
    harmed = grade.releases[release.id].harmed_by_seed
    order = sorted(range(len(harmed)), key=lambda place: (harmed[place], place))
    return release, grade.seeds[order[len(order) // 2]]
