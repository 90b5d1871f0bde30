"""The knobs of a plan: what a learner may turn to ask "what if?".

A knob turns one field of one request and leaves all else alone, and AWS would accept each of its values. To add one:
a `knob` that is yielded in `policies` or `alarms`, or a module beside them that is named in `SOURCES`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from engine.plan import Plan
from engine.world import World
from labs.whatif.alarms import alarm_knobs
from labs.whatif.experiments import experiment_knobs
from labs.whatif.jobs import job_knobs
from labs.whatif.knob import Knob, accepted
from labs.whatif.policies import policy_knobs
from labs.whatif.scaling import scaling_knobs
from labs.whatif.serverless import serverless_knobs
from labs.whatif.variants import variant_knobs

__all__ = ["Knob", "knobs"]

SOURCES: tuple[Callable[[Plan, World], Iterator[Knob]], ...] = (
    policy_knobs,
    alarm_knobs,
    serverless_knobs,
    variant_knobs,
    scaling_knobs,
    experiment_knobs,
    job_knobs,
)
LEAST_POINTS = 4
"""With fewer there is no curve to see, and the knob is not offered."""


def knobs(plan: Plan, world: World) -> tuple[Knob, ...]:
    """Return the knobs that have a curve in this world; none of a plan that AWS refuses there."""
    if not accepted(plan, world):
        return ()
    found = _told_apart(knob for source in SOURCES for knob in source(plan, world))
    return tuple(knob for knob in found if len(knob.values) >= LEAST_POINTS)


def _told_apart(found: Iterator[Knob]) -> Iterator[Knob]:
    """Yield the knobs with ids of their own: requests of one name each replace the one before."""
    seen: Counter[str] = Counter()
    for knob in found:
        seen[knob.id] += 1
        put = seen[knob.id]
        yield knob if put == 1 else replace(knob, id=f"{knob.id}@{put}", title=f"{knob.title}, put {put}")
