"""Everything that a goal of an incident can ask for, a row each, measured on the simulated clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from labs.exercise.measure import Measure, registry
from labs.measures.registry import HARMED as HARMED_IN_A_RUN
from labs.measures.trial import Trial

if TYPE_CHECKING:
    from labs.incidents.session import Session

ALL = 0.999
"""A share of the traffic that leaves nothing but rounding to the others."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measurement, and how to say it."""

    value: float | None
    """None is never; what is true or false is 1 or 0."""
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionMeasure(Measure):
    """A figure of a session that is over."""

    of: Callable[[Session, Trial], Figure]
    needed: Callable[[Session, float], str]
    """What a goal with this bound asks for, in words."""


def expected_config(session: Session) -> str:
    """Return the configuration that a good session ends on."""
    update = session.plan.update
    if session.release.expect == "promoted" and update is not None:
        return update.endpoint_config_name
    return session.world.endpoint.endpoint_config_name


def _verdict(session: Session, trial: Trial) -> Figure:
    serving = session.run.endpoint.get("EndpointConfigName", "no endpoint")
    if not session.deletions:
        return Figure(None, "no configuration was deleted")
    for event in session.deletions:
        name = event.detail["config"]
        if session.run.describe_endpoint(event.t).get("EndpointStatus") == "Updating":
            return Figure(0.0, f"{name} was deleted while the update was still running")
        if name == serving:
            return Figure(0.0, f"{name} was deleted, and it is the one in service")
    return Figure(1.0, f"{session.deletions[0].detail['config']} was deleted")


def _serves(session: Session, trial: Trial) -> Figure:
    serving = str(session.run.endpoint.get("EndpointConfigName", "no endpoint"))
    return Figure(float(serving == expected_config(session)), f"{serving} serves")


def _time_to_act(session: Session, trial: Trial) -> Figure:
    if not session.deletions:
        return Figure(None, "never")
    acted = session.deletions[0].t
    if session.run.describe_endpoint(acted).get("EndpointStatus") == "Updating":
        return Figure(0.0, "while the update was still running")
    ended = max((t for t in _ends(session) if t <= acted), default=acted)
    return Figure(acted - ended, f"{acted - ended:,.0f} s after the update had ended")


def _ends(session: Session) -> Iterator[float]:
    """Yield the moments at which an update ended."""
    for (_, before), (t, after) in pairwise(session.run.endpoint_history):
        if before.get("EndpointStatus") == "Updating" != after.get("EndpointStatus"):
            yield t


def _time_to_stop(session: Session, trial: Trial) -> Figure:
    first = trial.first_harmed_s
    if first is None or session.release.expect == "promoted":
        return Figure(0.0, "nothing had to be stopped")
    old = session.world.endpoint.endpoint_config_name
    back = next((c.t for c in session.run.traffic if c.t > first and c.shares.get(old, 0.0) > ALL), None)
    if back is None:
        return Figure(None, "it never stopped")
    return Figure(back - first, f"{back - first:,.0f} s of harm")


def _harmed(session: Session, trial: Trial) -> Figure:
    return Figure(float(trial.harmed), HARMED_IN_A_RUN.words(trial.harmed))


MEASURES: Mapping[str, SessionMeasure] = registry(
    (
        SessionMeasure(
            name="verdict",
            unit="yes or no",
            what="the configuration that lost was deleted, and no other, once the update was over",
            edge_cases="no without a deletion",
            wanted=True,
            of=_verdict,
            needed=lambda session, bound: "the one that lost, once the update is over",
        ),
        SessionMeasure(
            name="serves",
            unit="yes or no",
            what="in the end the new configuration serves if the release is good, and the old one if it is not",
            edge_cases="what follows by itself after the session, such as a rollback, still counts",
            wanted=True,
            of=_serves,
            needed=lambda session, bound: f"{expected_config(session)} serves",
        ),
        SessionMeasure(
            name="time-to-act",
            unit="seconds",
            what="end of the update, when its outcome could be known, to the first deletion",
            edge_cases="0 for one that came while it was running; never, without one",
            of=_time_to_act,
            needed=lambda session, bound: f"at most {bound:,.0f} s after its end",
        ),
        SessionMeasure(
            name="time-to-stop",
            unit="seconds",
            what="first harmed request to all traffic back on the old configuration",
            edge_cases="0 where nobody was harmed or the release is good; never, where the harm went on",
            of=_time_to_stop,
            needed=lambda session, bound: f"at most {bound:,.0f} s",
        ),
        SessionMeasure(
            name="harmed",
            unit=HARMED_IN_A_RUN.unit,
            what=HARMED_IN_A_RUN.what,
            edge_cases=HARMED_IN_A_RUN.edge_cases,
            of=_harmed,
            needed=lambda session, bound: f"at most {bound:,.0f}",
        ),
    )
)
"""By name."""
