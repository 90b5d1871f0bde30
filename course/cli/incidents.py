"""`mlcourse incident ...`: list, show, grade: what the live incident asks for, and the verdict over what was done."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from contextlib import closing
from difflib import get_close_matches
from importlib.metadata import version
from typing import TYPE_CHECKING

from course import wiring
from course.cli import plans
from course.cli.errors import UsageError
from course.cli.labs import _count, _natural
from course.cli.present import clock, complain, print_json
from course.history import Event

if TYPE_CHECKING:
    Actions = argparse._SubParsersAction[argparse.ArgumentParser]
    from course.ports import CheckedPlan
    from labs.incident import Incident
    from labs.incident_grading import IncidentGrade


def add(commands: Actions) -> None:
    """Add the commands."""
    group = commands.add_parser("incident", help="live through an update that somebody else started").add_subparsers(
        metavar="ACTION", required=True
    )
    _command(group, "list", "the incidents there are", list_incidents)
    _incident(_command(group, "show", "an incident's brief, goals and what the colleague has sent", show))
    parser = _incident(_command(group, "grade", "the verdict over what you did, and when", grade))
    parser.add_argument(
        "actions", metavar="ACTIONS.yaml", help="a plan with `Later:` steps, in seconds after the update; - is stdin"
    )
    parser.add_argument("--release", type=_count, help="which hidden release, by number from 1; without it: your next")
    parser.add_argument("--seed", type=_natural, help="the day's seed; without it: your next")
    parser.add_argument("--no-record", action="store_true", help="do not keep the grade in the history")


def list_incidents(options: argparse.Namespace) -> int:
    """Print the incidents."""
    pack = wiring.catalog(wiring.places(os.environ, options.pack), complain)
    rows = [_card(pack.incident(id)) for id in pack.incident_ids()]
    if options.json:
        print_json(rows)
    else:
        for row in rows:
            print(f"{row['id']:30} {row['minutes']:>3} min  {row['title']}")
    return 0


def show(options: argparse.Namespace) -> int:
    """Print one incident, without its hidden releases."""
    incident = _find(options)
    goals = [{"id": goal.id, "title": goal.title} for goal in incident.goals]
    if options.json:
        found = {"brief": incident.brief, "goals": goals, "sent": incident.plan.text}
        print_json({**_card(incident), **found, "releases": len(incident.releases)})
        return 0
    print(f"{incident.title} ({incident.minutes} min)\n\n{incident.brief.strip()}\n\nGoals:")
    for goal in goals:
        print(f"  - {goal['title']}")
    print(f"\nSent at {clock(incident.world.update_at_s)}:\n\n{incident.plan.text.strip()}")
    print(f"\nWatch it live with mlcourse, or: mlcourse incident grade {incident.id} ACTIONS.yaml")
    return 0


def grade(options: argparse.Namespace) -> int:
    """Print the verdict over a session, and keep it in the history."""
    incident = _find(options)
    actions = plans.checked(options.actions, incident.found)
    if actions.plan is None:
        return _refused(options, actions)
    from labs.incident import replay
    from labs.incident_grading import close
    from labs.incident_record import view

    release, seed = _session(options, incident)
    verdict = close(replay(incident, release, actions.plan, seed))
    if not options.no_record:
        _record(options, verdict)
    if options.json:
        print_json(view(verdict))
    else:
        _show(verdict)
    return 0 if verdict.passed else 1


def _session(options: argparse.Namespace, incident: Incident) -> tuple[str, int]:
    """Return the release and the seed: those asked for, otherwise those whose turn it is."""
    from course.history import IncidentProgress, progress
    from labs.incident import drawn

    with closing(wiring.journal(wiring.places(os.environ, options.pack))) as journal:
        so_far = progress(journal.events()).incidents.get(incident.id, IncidentProgress())
    release, seed = drawn(incident, so_far.attempts)
    if options.release is not None:
        if options.release > len(incident.releases):
            there = f"it has {len(incident.releases)}, numbered from 1"
            raise UsageError(f"incident {incident.id!r} has no release {options.release}; {there}")
        release = incident.releases[options.release - 1].id
    return release, seed if options.seed is None else options.seed


def _show(verdict: IncidentGrade) -> None:
    met, session = sum(goal.passed for goal in verdict.results), verdict.session
    print(f"{'Passed' if verdict.passed else 'Not yet'}: {met} of {len(verdict.results)} goals\n")
    for goal in verdict.results:
        print(f" {'✓' if goal.passed else '✗'} {goal.title}: {goal.measured_say}; needed: {goal.needed}")
        if not goal.passed:
            print(f"     {goal.say}")
            if goal.hints:
                print(f"     hint: {goal.hints[0]}")
    print(f"\n {session.release.id} (seed {session.seed}): {session.release.say}")
    endpoint = session.run.endpoint
    print(f"\n DescribeEndpoint: {endpoint['EndpointStatus']} on {endpoint['EndpointConfigName']}")
    if reason := endpoint.get("FailureReason"):
        print(f" FailureReason: {reason}")


def _record(options: argparse.Namespace, verdict: IncidentGrade) -> None:
    from labs.incident_record import kept

    data = kept(verdict, version("mlcourse"))
    with closing(wiring.journal(wiring.places(os.environ, options.pack))) as journal:
        journal.record(Event(wiring.now(), "incident-graded", verdict.session.incident.id, data))
        if journal.warning:
            complain(journal.warning)


def _refused(options: argparse.Namespace, actions: CheckedPlan) -> int:
    if options.json:
        print_json(plans.findings(actions))
    plans.show(options.actions, actions, to_stderr=True)
    complain("AWS would not accept these requests, so there is nothing to grade; it costs no attempt.")
    return 1


def _card(incident: Incident) -> dict[str, object]:
    return {"id": incident.id, "title": incident.title, "minutes": incident.minutes, "lesson": incident.lesson}


def _find(options: argparse.Namespace) -> Incident:
    pack = wiring.catalog(wiring.places(os.environ, options.pack), complain)
    try:
        return pack.incident(options.incident)
    except KeyError:
        near = get_close_matches(options.incident, pack.incident_ids(), 1)
        meant = f"; did you mean {near[0]}?" if near else "; see mlcourse incident list"
        raise UsageError(f"there is no incident {options.incident!r}{meant}") from None


def _command(group: Actions, name: str, help: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    parser = group.add_parser(name, help=help, description=help[0].upper() + help[1:])
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    parser.set_defaults(run=run)
    return parser


def _incident(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("incident", metavar="INCIDENT", help="the incident's id; see mlcourse incident list")
    return parser
