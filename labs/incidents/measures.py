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
    from labs.incidents.session import Incident, Session

CALM_S = 120.0
"""So long at the end nobody may be harmed, or the harm still goes on."""
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


def expected_configs(session: Session) -> tuple[str, ...]:
    """Return the configurations that a good session ends on, one of them."""
    update = session.incident.update
    new = update.endpoint_config_name if update is not None else ""
    return (new,) if session.release.expect == "promoted" else earlier_configs(session.incident)


def earlier_configs(incident: Incident) -> tuple[str, ...]:
    """Return all configurations but the new one, first the one that serves when the update comes."""
    old, update = incident.world.endpoint.endpoint_config_name, incident.update
    new = update.endpoint_config_name if update is not None else ""
    names = [each.endpoint_config_name for each in incident.found.configs]
    return (old, *(name for name in names if name not in (old, new)))


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
    return Figure(float(serving in expected_configs(session)), f"{serving} serves")


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


def _harm_lasted(session: Session, trial: Trial) -> Figure:
    first, last = trial.first_harmed_s, trial.last_harmed_s
    if first is None or last is None or session.release.expect == "promoted":
        return Figure(0.0, "nothing had to be stopped")
    if last > session.world.duration_s - CALM_S:
        return Figure(None, "it never stopped")
    return Figure(last - first, f"{last - first:,.0f} s of harm")


def _way_back(session: Session, trial: Trial) -> Figure:
    gone = {event.detail["config"] for event in session.deletions}
    left = [name for name in earlier_configs(session.incident) if name not in gone and _is_intact(session, name)]
    return Figure(float(bool(left)), f"{left[0]} is left" if left else "no configuration brings the old version back")


def _is_intact(session: Session, name: str) -> bool:
    """Would instances that are launched for this configuration load the models that it was made for?"""
    config = session.incident.found.config(name)
    lost = session.world.overwritten or {}
    return config is not None and not any(variant.model_name in lost for variant in config.variants)


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
            what="in the end the new configuration serves if the release is good, and an earlier one if it is not",
            edge_cases="what follows by itself after the session, such as a rollback, still counts",
            wanted=True,
            of=_serves,
            needed=lambda session, bound: f"{' or '.join(expected_configs(session))} serves",
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
            name="harm-lasted",
            unit="seconds",
            what="first harmed request to the last one, whatever configuration serves then",
            edge_cases="0 where nobody was harmed or the release is good; never, where the last two minutes harm one",
            of=_harm_lasted,
            needed=lambda session, bound: f"at most {bound:,.0f} s",
        ),
        SessionMeasure(
            name="way-back",
            unit="yes or no",
            what="a configuration is left that brings an earlier version back: neither deleted nor overwritten",
            edge_cases="yes without a deletion, where there is one",
            wanted=True,
            of=_way_back,
            needed=lambda session, bound: "one that brings the old version back",
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
