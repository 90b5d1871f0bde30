"""`mlcourse incident ...`: list, show, grade: what the live incident asks for, and the verdict over what was done."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from course import wiring
from course.cli import plans
from course.cli.arguments import COUNT, SEED, Commands, command
from course.cli.errors import UsageError
from course.cli.exercises.briefs import card, goals, show_brief, show_goals, show_list
from course.cli.present import clock, print_json
from course.cli.surroundings import catalog, find, journal, version
from course.history import Event, IncidentProgress, progress

if TYPE_CHECKING:
    from course.ports import Journal
    from labs.incidents.grading import IncidentGrade
    from labs.incidents.session import Incident


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.add_parser("incident", help="live through an update that somebody else started").add_subparsers(
        metavar="ACTION", required=True
    )
    command(group, "list", "the incidents there are", list_incidents)
    _incident(command(group, "show", "an incident's brief, goals and what the colleague has sent", show))
    parser = _incident(command(group, "grade", "the verdict over what you did, and when", grade))
    parser.add_argument(
        "actions", metavar="ACTIONS.yaml", help="a plan with `Later:` steps, in seconds after the update; - is stdin"
    )
    parser.add_argument("--release", type=COUNT, help="which hidden release, by number from 1; without it: your next")
    parser.add_argument("--seed", type=SEED, help="the day's seed; without it: your next")
    parser.add_argument("--no-record", action="store_true", help="do not keep the grade in the history")


def list_incidents(options: argparse.Namespace) -> int:
    """Print the incidents."""
    pack = catalog(options)
    show_list(map(pack.incident, pack.incident_ids()), as_json=options.json)
    return 0


def show(options: argparse.Namespace) -> int:
    """Print one incident, without its hidden releases."""
    incident = _find(options)
    if options.json:
        hidden = len(incident.releases)
        shown = {"brief": incident.brief, "goals": goals(incident), "sent": incident.plan.text, "releases": hidden}
        print_json(card(incident) | shown)
        return 0
    show_brief(incident)
    print(f"\nSent at {clock(incident.world.update_at_s)}:\n\n{incident.plan.text.strip()}")
    print(f"\nWatch it live with mlcourse, or: mlcourse incident grade {incident.id} ACTIONS.yaml")
    return 0


def grade(options: argparse.Namespace) -> int:
    """Print the verdict over a session, and keep it in the history."""
    incident = _find(options)
    _, actions = plans.accepted(options.actions, incident.found, options)
    from labs.incidents.grading import close
    from labs.incidents.record import kept, view
    from labs.incidents.session import replay

    with journal(options) as history:
        release, seed = _session(options, incident, history)
        verdict = close(replay(incident, release, actions, seed))
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
        if options.release > len(incident.releases):
            there = f"it has {len(incident.releases)}, numbered from 1"
            raise UsageError(f"incident {incident.id!r} has no release {options.release}; {there}")
        release = incident.releases[options.release - 1].id
    return release, seed if options.seed is None else options.seed


def _show(verdict: IncidentGrade) -> None:
    met, session = sum(goal.passed for goal in verdict.goals), verdict.session
    print(f"{'Passed' if verdict.passed else 'Not yet'}: {met} of {len(verdict.goals)} goals\n")
    show_goals(verdict.goals)
    print(f"\n {session.release.id} (seed {session.seed}): {session.release.say}")
    endpoint = session.run.endpoint
    print(f"\n DescribeEndpoint: {endpoint['EndpointStatus']} on {endpoint['EndpointConfigName']}")
    if reason := endpoint.get("FailureReason"):
        print(f" FailureReason: {reason}")


def _find(options: argparse.Namespace) -> Incident:
    pack = catalog(options)
    return find("incident", options.incident, pack.incident, pack.incident_ids())


def _incident(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("incident", metavar="INCIDENT", help="the incident's id; see mlcourse incident list")
    return parser
