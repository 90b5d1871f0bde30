"""How much work a stranger's plan may make: known before it runs, and the same on every machine.

A run is as long as the plan wants it to be: a request after four weeks makes it four weeks long, and every alarm looks
back over its periods in every minute. So work is counted in steps, a request that is answered or a datapoint that an
alarm looks at, and a run ends where it has used up its own. What honest plans take is a small part of that.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.plan import Plan
from engine.world import World

LONGEST_PLAN = 40_000
"""Characters; the longest plan of the built-in labs has 7,500."""
MOST_REQUESTS = 60
"""Of a plan; the built-in labs' have 16 at most. Composite alarms cost by the square of this."""
STEPS = 500_000
"""Of one run, beside what the lab itself takes: less than a second."""
TIMES = 4
"""A run may take as many times the requests of the lab's own time."""


class TooMuch(Exception):
    """A run that would take too long; `str` says which limit it meets."""


@dataclass(frozen=True, slots=True)
class Until:
    """A watch over runs: they may go on until some second of simulated time."""

    latest_s: float

    def __call__(self, now: float, duration_s: float) -> None:
        """Raise TooMuch once the time is over."""
        if now > self.latest_s:
            raise TooMuch(f"limit of {self.latest_s / 3600:.1f} simulated hours for a run of it")


def too_large(text: str) -> str | None:
    """Return which limit a plan's text meets before anything reads it; None if it meets none."""
    return f"limit of {LONGEST_PLAN:,} characters, it has {len(text):,}" if len(text) > LONGEST_PLAN else None


def watch(world: World, plan: Plan) -> Until:
    """Return who watches over the runs of a plan; TooMuch if it need not begin."""
    if len(plan.steps) > MOST_REQUESTS:
        raise TooMuch(f"limit of {MOST_REQUESTS} requests, it sends {len(plan.steps)}")
    own = world.workload.peak_rate
    alarms = (*world.alarms, *plan.metric_alarms)
    points = sum(alarm.evaluation_periods * max(len(alarm.stats), 1) for alarm in alarms)
    a_second = own + points / 60 + len(plan.composite_alarms) * len(alarms) / 60
    latest_s = (STEPS + TIMES * own * world.duration_s) / max(a_second, 1.0)
    until = Until(math.floor(latest_s / 60) * 60.0)
    until(max(world.duration_s, world.update_at_s + max((step.after_s for step in plan.steps), default=0.0)), 0.0)
    return until
