"""The knobs of a plan: what a learner may turn to ask "what if?".

A knob turns one field of one request and leaves all else alone, and AWS would accept each of its values. To add one:
a `knob` that is yielded in `policies` or `alarms`, or a module beside them that is named in `SOURCES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.plan import Plan
from engine.world import World
from labs.whatif.alarms import alarm_knobs
from labs.whatif.knob import Knob, accepted
from labs.whatif.policies import policy_knobs
from labs.whatif.serverless import serverless_knobs

__all__ = ["Knob", "knobs"]

SOURCES: tuple[Callable[[Plan, World], Iterator[Knob]], ...] = (policy_knobs, alarm_knobs, serverless_knobs)
LEAST_POINTS = 4
"""With fewer there is no curve to see, and the knob is not offered."""


def knobs(plan: Plan, world: World) -> tuple[Knob, ...]:
    """Return the knobs that have a curve in this world; none of a plan that AWS refuses there."""
    if not accepted(plan, world):
        return ()
    found = (knob for source in SOURCES for knob in source(plan, world))
    return tuple(knob for knob in found if len(knob.values) >= LEAST_POINTS)
