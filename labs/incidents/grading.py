"""The verdict over a session, measured on the simulated clock.

- *verdict*: whether the learner deleted the configuration that lost, and only that one, once nothing was running.
- *serves*: whether the endpoint ends on the new configuration if the release is good, and on the old one if it is not.
- *time to act*: seconds from the end of the update, when the outcome could be known, to the first deletion; 0 for one
  that came while the update was still running, None without one.
- *time to stop*: seconds from the first harmed request to all traffic back on the old configuration; 0 where nobody
  was harmed or the release is good, None where the harm never stopped.
- *harmed*: requests that failed or came too late, and would not have without the update.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from engine.plan import Plan
from engine.simulate import simulate
from labs.grade import GoalResult
from labs.incidents.session import YES_OR_NO, IncidentGoal, IncidentMeasure, Session
from labs.measures.one_run import first_harmed_s, harmed


@dataclass(frozen=True, slots=True)
class Figure:
    """A measurement, and how to say it."""

    value: float | None
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentGrade:
    """The verdict over a session."""

    passed: bool
    results: tuple[GoalResult, ...]
    session: Session


def close(session: Session) -> IncidentGrade:
    """Grade a session that the learner has ended; what follows by itself, such as a rollback, still counts."""
    found = figures(session)
    results = tuple(_judge(goal, found[goal.measure], session) for goal in session.incident.goals)
    return IncidentGrade(passed=all(result.passed for result in results), results=results, session=session)


def figures(session: Session) -> Mapping[IncidentMeasure, Figure]:
    """Return everything that is measured in a session."""
    without = simulate(session.world, Plan(), session.seed, series=False).requests
    spoilt = harmed(session.run.requests, without)
    return {
        "verdict": _verdict(session),
        "serves": _serves(session),
        "time-to-act": _time_to_act(session),
        "time-to-stop": _time_to_stop(session, first_harmed_s(session.world, session.run, without)),
        "harmed": Figure(float(spoilt), f"{spoilt:,} requests harmed"),
    }


def _verdict(session: Session) -> Figure:
    serving = session.run.endpoint["EndpointConfigName"]
    if not session.deletions:
        return Figure(None, "no configuration was deleted")
    for event in session.deletions:
        name = event.detail["config"]
        if session.run.describe_endpoint(event.t)["EndpointStatus"] == "Updating":
            return Figure(0.0, f"{name} was deleted while the update was still running")
        if name == serving:
            return Figure(0.0, f"{name} was deleted, and it is the one in service")
    return Figure(1.0, f"{session.deletions[0].detail['config']} was deleted")


def _serves(session: Session) -> Figure:
    serving = str(session.run.endpoint["EndpointConfigName"])
    return Figure(float(serving == expected_config(session)), f"{serving} serves")


def expected_config(session: Session) -> str:
    """Return the configuration that a good session ends on."""
    update = session.plan.update
    if session.release.expect == "promoted" and update is not None:
        return update.endpoint_config_name
    return session.world.endpoint.endpoint_config_name


def _time_to_act(session: Session) -> Figure:
    if not session.deletions:
        return Figure(None, "never")
    acted = session.deletions[0].t
    if session.run.describe_endpoint(acted)["EndpointStatus"] == "Updating":
        return Figure(0.0, "while the update was still running")
    ended = max((t for t in _ends(session) if t <= acted), default=acted)
    return Figure(acted - ended, f"{acted - ended:,.0f} s after the update had ended")


def _ends(session: Session) -> Iterator[float]:
    """Yield the moments at which an update ended."""
    for (_, before), (t, after) in pairwise(session.run.endpoint_history):
        if before["EndpointStatus"] == "Updating" != after["EndpointStatus"]:
            yield t


def _time_to_stop(session: Session, first: float | None) -> Figure:
    if first is None or session.release.expect == "promoted":
        return Figure(0.0, "nothing had to be stopped")
    old = session.world.endpoint.endpoint_config_name
    back = next((c.t for c in session.run.traffic if c.t > first and c.shares.get(old, 0.0) > ALL), None)
    if back is None:
        return Figure(None, "it never stopped")
    return Figure(back - first, f"{back - first:,.0f} s of harm")


ALL = 0.999
"""A share of the traffic that leaves nothing but rounding to the others."""


def _judge(goal: IncidentGoal, figure: Figure, session: Session) -> GoalResult:
    limit = goal.at_most if goal.at_most is not None else 0.0
    within = figure.value is not None and figure.value <= limit
    passed = figure.value == 1 if goal.measure in YES_OR_NO else within
    return GoalResult(
        id=goal.id,
        title=goal.title,
        passed=passed,
        measured=figure.value,
        measured_say=figure.say,
        needed=_needed(goal.measure, limit, session),
        say="" if passed else goal.say,
        hints=goal.hints,
    )


def _needed(measure: IncidentMeasure, limit: float, session: Session) -> str:
    match measure:
        case "verdict":
            return "the one that lost, once the update is over"
        case "serves":
            return f"{expected_config(session)} serves"
        case "time-to-act":
            return f"at most {limit:,.0f} s after its end"
        case "time-to-stop":
            return f"at most {limit:,.0f} s"
        case "harmed":
            return f"at most {limit:,.0f}"
