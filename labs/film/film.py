"""A run prepared for showing: what there is to show, worked out once, so that playing only looks things up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from engine.plan import Plan
from engine.requests.cloudwatch import AlarmState
from engine.run import Event, MetricSeries, Phase, Run
from labs.film.bill import cost_so_far, cost_without
from labs.film.fleets import Fleet, Minutes, fleets_of, is_of_shadow
from labs.film.limits import (
    Limit,
    alarms_of,
    error_limits,
    latency_limits,
    watches,
    watches_another,
    watches_any,
    without_line,
)

if TYPE_CHECKING:  # brings numpy along, for which the screen of a lab must not wait
    from engine.world import World

LEAD_S = 60.0
"""How long before the update a film begins: long enough to see what normal looks like."""


def without_id(alarm: str) -> str:
    """Return an alarm's name without the id at the end that target tracking gives: only what stands before it tells
    two of them apart where there is little room."""
    return re.sub(r"-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "", alarm)


@dataclass(frozen=True, slots=True)
class AlarmSpan:
    """A state of an alarm, and for how long it lasted."""

    state: AlarmState
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Film:
    """A run as a viewer asks for it; whatever it answers for a time `t` holds nothing that came later.

    Two films are never equal: a run holds numpy arrays, which cannot be compared to one truth.
    """

    run: Run
    fleets: tuple[Fleet, ...]
    error_limits: tuple[Limit, ...]
    latency_limits: tuple[Limit, ...]
    slo_ms: float
    cost_usd: Minutes
    """What the endpoint has cost by the end of each minute, and what it would have cost without an update."""
    cost_without_usd: Minutes
    created: Mapping[str, float]
    """When alarms were created that the plan brought along."""
    stops: tuple[float, ...]
    """The moments at which something happened, ascending."""

    @property
    def opening_s(self) -> float:
        """When there begins to be something to see."""
        return max(0.0, (self.run.update_started_s or 0.0) - LEAD_S)

    def fleet(self, config: str) -> Fleet | None:
        """Return the fleet of a configuration, None if it never came."""
        return next((fleet for fleet in self.fleets if fleet.config == config), None)

    def span_s(self, t: float) -> float:
        """Return how much time there is to show at `t`; it grows with a late run, and does not tell before."""
        return max(self.run.duration_s, t)

    def events(self, t: float) -> tuple[Event, ...]:
        """Return what has happened so far, oldest first."""
        return tuple(sorted((event for event in self.run.events if event.t <= t), key=lambda event: event.t))

    def phases(self, t: float) -> tuple[Phase, ...]:
        """Return the phases that have begun."""
        return tuple(phase for phase in self.run.phases if phase.start <= t)

    def ended_s(self, phase: Phase) -> float | None:
        """Return when a phase ended; None if it was still going on when the run had got no further."""
        return phase.end if phase.end < self.run.ended_s else None

    def alarms(self, t: float) -> tuple[str, ...]:
        """Return the alarms that exist at `t`, by name."""
        return tuple(name for name in sorted(self.run.alarm_states) if t >= self.created.get(name, 0.0))

    def alarm_state(self, alarm: str, t: float) -> AlarmState | None:
        """Return the state of an alarm at `t`, None before it was created."""
        if t < self.created.get(alarm, 0.0):
            return None
        own = [each for each in self.run.alarms if each.alarm == alarm]
        if not own:
            return self.run.alarm_states[alarm]
        before = [each.to_state for each in own if each.t <= t]
        return before[-1] if before else own[0].from_state

    def alarm_spans(self, alarm: str, t: float) -> tuple[AlarmSpan, ...]:
        """Return the states that an alarm has had by `t`, one after the other since it was created."""
        created = self.created.get(alarm, 0.0)
        changes = {each.t for each in self.run.alarms if each.alarm == alarm and created < each.t < t}
        spans = pairwise([created, *sorted(changes), t]) if created < t else ()
        return tuple(AlarmSpan(state, *span) for span in spans if (state := self.alarm_state(alarm, span[0])))

    def gravest_state(self, alarm: str, start: float, end: float) -> AlarmState | None:
        """Return ALARM if the alarm went off between two times, else the state that it was in at the end."""
        for each in self.run.alarms:
            if each.alarm == alarm and each.to_state == "ALARM" and start <= each.t <= end:
                return "ALARM"
        return self.alarm_state(alarm, end)

    def next_stop(self, t: float) -> float | None:
        """Return the next moment after `t` at which something happens."""
        return next((stop for stop in self.stops if stop > t), None)

    def previous_stop(self, t: float) -> float | None:
        """Return the last moment before `t` at which something happened."""
        return next((stop for stop in reversed(self.stops) if stop < t), None)

    def over(self, t: float) -> bool:
        """Has the update ended at `t`?"""
        return t >= (self.run.update_ended_s if self.run.update_ended_s is not None else self.run.ended_s)


def _variants(series: Iterable[MetricSeries]) -> set[str]:
    return {dict(each.dimensions).get("VariantName", "") for each in series}


def film_of(run: Run, world: World, plan: Plan) -> Film:
    """Return the film of a run of `plan` in `world`."""
    fleets, variants = fleets_of(run), _variants(series for series in run.metrics if not is_of_shadow(series, run))
    shadows = _variants(run.metrics) - variants
    every, name = alarms_of(world, plan), world.endpoint.endpoint_name
    own = [alarm for alarm in every if watches_another(alarm, name) is None]
    alarms = [alarm for alarm in own if watches(alarm, variants)]
    on_shadows = [alarm for alarm in own if watches_any(alarm, shadows)]
    blind = [alarm for alarm in own if alarm not in (*alarms, *on_shadows)]
    others = (
        *(
            line
            for alarm in every
            if (of := watches_another(alarm, name))
            for line in without_line([alarm], f"on {of}")
        ),
        *without_line(on_shadows, "on a shadow"),
        *without_line(blind, "no such variant"),
        *without_line(plan.composite_alarms, "composite"),
    )
    times = [event.t for event in run.events] + [each.t for each in run.alarms]
    return Film(
        run=run,
        fleets=fleets,
        error_limits=(*error_limits(alarms, fleets), *others),
        latency_limits=latency_limits(alarms),
        slo_ms=world.slo.latency_ms,
        cost_usd=cost_so_far(run, world),
        cost_without_usd=cost_without(run, world),
        created={str(e.detail.get("alarm")): e.t for e in run.events if e.what == "AlarmCreated"},
        stops=tuple(sorted({*times, *(phase.end for phase in run.phases if phase.end < run.ended_s)})),
    )
