"""Printing and keeping a grade."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from course.cli.exercises.briefs import show_verdict
from course.cli.present import clock, is_plain, print_json
from course.cli.surroundings import version
from course.history import Event
from labs.grading.record import kept, view

if TYPE_CHECKING:
    from course.ports import Journal
    from labs.grade import Grade, ReleaseResult
    from labs.lab import Lab


def show(grade: Grade, lab: Lab, *, as_json: bool) -> None:
    """Print a grade as JSON, or goal by goal with the comparison."""
    if as_json:
        print_json(view(grade))
        return
    show_verdict(grade, f", score {grade.score:g}")
    for release, mine in grade.releases.items():
        print(f"\n {release}: {lab.release(release).say}")
        rows = {"yours": mine, "reference": grade.compared["reference"][release]}
        rows["nothing sent" if lab.serves else "no guard"] = grade.compared["unguarded"][release]
        if lab.serves:
            from labs.measures.over_seeds import measured_say  # brings the engine along

            for name, row in rows.items():
                print(f"   {name + ':':14}{measured_say(row)}")
            continue
        if is_plain():
            for name, row in rows.items():
                print(f"   {name}: {_sentence(row)}")
            continue
        print(f"   {'':12}{'harmed':>10}{'p95':>10}{'detected':>10}{'back':>8}{'length':>8}{'extra':>8}{'cost':>9}")
        for name, row in rows.items():
            print(f"   {name:12}{_figures(row)}")
    if grade.moments:
        print("\n What decided it:")
        for moment in grade.moments:
            print(f"   {moment.told}")


def record(journal: Journal, at: datetime, lab: Lab, text: str, grade: Grade, script: str = "") -> None:
    """Keep a grade with everything that is needed to replay it."""
    data = kept(grade, text, revision=lab.revision, version=version("mlcourse"), script=script)
    journal.record(Event(at, "lab-graded", lab.id, data))


def _sentence(row: ReleaseResult) -> str:
    """Return the figures with their names, to be read out."""
    if set(row.outcomes) == {"refused"}:
        return "refused by AWS"
    return (
        f"harmed {row.harmed.mean:,.0f}, at p95 {row.harmed.p95:,.0f}; detected {_after(row.time_to_detect_s)}, "
        f"back {_after(row.time_to_recover_s)}; length {clock(row.duration_s)} minutes; "
        f"extra instance-minutes {abs(round(row.extra_instance_minutes)):,}; "
        f"cost {'not known' if row.cost_usd is None else f'{row.cost_usd:,.2f} dollars'}"
    )


def _after(seconds: float | None) -> str:
    return "never" if seconds is None else f"after {clock(seconds)} minutes"


def _figures(row: ReleaseResult) -> str:
    if set(row.outcomes) == {"refused"}:
        return f"{'refused by AWS':>24}"
    return (
        f"{row.harmed.mean:>10,.0f}{row.harmed.p95:>10,.0f}{clock(row.time_to_detect_s):>10}"
        f"{clock(row.time_to_recover_s):>8}{clock(row.duration_s):>8}{abs(round(row.extra_instance_minutes)):>8,}"
        f"{'?' if row.cost_usd is None else f'{row.cost_usd:,.2f}':>9}"
    )
