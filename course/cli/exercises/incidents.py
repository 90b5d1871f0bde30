"""`mlcourse incident ...`: list, show, live, grade: what an incident asks for, and the verdict over what was done."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from course import wiring
from course.cli import plans
from course.cli.arguments import COUNT, SEED, Commands, command
from course.cli.exercises.briefs import Kind, brief, show_brief, show_verdict
from course.cli.present import clock, print_json
from course.cli.progress import progress_line
from course.cli.runs import standing
from course.cli.surroundings import journal, version
from course.folds.advancing import progress
from course.history import Event
from course.own_tools import to_watch
from course.progress import IncidentProgress

if TYPE_CHECKING:
    from course.ports import Journal
    from labs.incidents.grading import IncidentGrade
    from labs.incidents.session import Incident

INCIDENTS: Kind[Incident] = Kind(
    name="incident",
    load=lambda packs, id: packs.incident(id),
    ids=lambda packs: packs.incident_ids(),
    cards=lambda packs: packs.incident_cards(),
)


def add(commands: Commands) -> None:
    """Add the commands."""
    group = INCIDENTS.group(commands, "live through an update that somebody else started")
    INCIDENTS.which(command(group, "show", "an incident's brief, goals and what the colleague has sent", show))
    live_parser = group.add_parser("live", help="live through an incident line by line, at your own pace")
    INCIDENTS.which(live_parser).set_defaults(run=live)
    parser = INCIDENTS.which(command(group, "grade", "the verdict over what you did, and when", grade))
    parser.add_argument(
        "actions", metavar="ACTIONS.yaml", help="a plan with `Later:` steps, in seconds after the update; - is stdin"
    )
    parser.add_argument("--release", type=COUNT, help="which hidden release, by number from 1; without it: your next")
    parser.add_argument("--seed", type=SEED, help="the day's seed; without it: your next")
    parser.add_argument("--no-record", action="store_true", help="do not keep the grade in the history")


def show(options: argparse.Namespace) -> int:
    """Print one incident, without its hidden releases."""
    incident = INCIDENTS.found(options)
    if options.json:
        told = {"sent": incident.plan.text, "releases": len(incident.releases), "own_tools": to_watch(incident.id)}
        print_json(brief(incident) | told)
        return 0
    show_brief(incident)
    print(f"\nSent at {clock(incident.world.update_at_s)}:\n\n{incident.plan.text.strip()}")
    print(f"\nLive: mlcourse {incident.id} on screen, or line by line mlcourse incident live {incident.id}")
    print(f"At once: mlcourse incident grade {incident.id} ACTIONS.yaml")
    for what, line in to_watch(incident.id).items():
        print(f"With your own tools, to {what}: {line}")
    return 0


def live(options: argparse.Namespace) -> int:
    """Live through it, and print the verdict; leaving in the middle is no success."""
    from course.cli.exercises.live import Shift
    from course.cli.study.typed import typed

    incident = INCIDENTS.found(options)
    with journal(options) as history:
        verdict = Shift(history, typed(), incident).live()
    if verdict is None:
        return 1
    _show(verdict)
    return 0 if verdict.passed else 1


def grade(options: argparse.Namespace) -> int:
    """Print the verdict over a session, and keep it in the history."""
    incident = INCIDENTS.found(options)
    _, actions = plans.accepted(options.actions, incident.found, options, advice=False)
    from labs.incidents.grading import close
    from labs.incidents.record import kept, view
    from labs.incidents.session import replay

    with journal(options) as history:
        release, seed = _session(options, incident, history)
        with progress_line("simulated minutes", per=60) as bar:
            verdict = close(replay(incident, release, actions, seed, on_progress=bar), on_progress=bar)
        if not options.no_record:
            history.record(Event(wiring.now(), "incident-graded", incident.id, kept(verdict, version("mlcourse"))))
    if options.json:
        print_json(view(verdict))
    else:
        _show(verdict)
    return 0 if verdict.passed else 1


def _session(options: argparse.Namespace, incident: Incident, history: Journal) -> tuple[str, int]:
    """Return the release and the seed: those asked for, otherwise those whose turn it is."""
    from labs.incidents.session import drawn

    so_far = progress(history.events()).incidents.get(incident.id, IncidentProgress())
    release, seed = drawn(incident, so_far.attempts)
    if options.release is not None:
        release = INCIDENTS.release(incident, options.release).id
    return release, seed if options.seed is None else options.seed


def _show(verdict: IncidentGrade) -> None:
    show_verdict(verdict)
    session = verdict.session
    print(f"\n {session.release.id} (seed {session.seed}): {session.release.say}")
    endpoint = session.run.endpoint
    print(f"\n DescribeEndpoint: {standing(endpoint)}")
    if reason := endpoint.get("FailureReason"):
        print(f" FailureReason: {reason}")
