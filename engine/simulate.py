"""One run: a world, a plan and a seed in, what happened out. Equal inputs give equal outputs."""

from __future__ import annotations

import math
from collections.abc import Callable

import simpy

from engine.live import Live
from engine.metrics.store import Listener
from engine.plan import Plan
from engine.run import Run
from engine.traffic.arrivals import Arrivals
from engine.world import World

OnProgress = Callable[[float, float], None]
"""Called with the simulated seconds done and to do; may raise to stop the run."""


def simulate(
    world: World,
    plan: Plan,
    seed: int,
    *,
    on_progress: OnProgress | None = None,
    arrivals: Arrivals | None = None,
    series: bool = True,
    keep_requests: bool = True,
    keep_latencies: bool = False,
    cut_every_s: float | None = None,
    listen: Listener | None = None,
) -> Run:
    """Simulate the plan in the world.

    `arrivals` may be shared by runs of one workload and seed, to draw the same requests only once. `series` works out
    the metrics of every minute for people to look at; a grade does not need them. `keep_requests` keeps one bit per
    request, so that runs of one seed can be compared request by request; without it memory does not grow with the
    traffic. `keep_latencies` counts how long callers waited. `cut_every_s` cuts the data plane's stretches further,
    which changes nothing. `listen` is told of every answer, which changes nothing either.
    """
    arrivals = arrivals or Arrivals(world.workload, seed)
    live = Live(
        world,
        arrivals,
        ahead=plan,
        keep_requests=keep_requests,
        keep_latencies=keep_latencies,
        series=series,
        listen=listen,
    )
    try:
        if cut_every_s is not None:
            live.cut(cut_every_s)
        play_out(live, live.send_all(plan.steps), on_progress)
        return live.result()
    finally:
        live.let_go()


def play_out(live: Live, sending: simpy.Process, on_progress: OnProgress | None = None) -> None:
    """Let a run go on: at least for the counted time, until all has been sent, and no endpoint is busy any more."""
    duration_s, minute = live.world.duration_s, 0.0
    if on_progress is None:
        live.advance(duration_s)
        minute = math.ceil(duration_s / 60) * 60.0
    while live.now < duration_s or sending.is_alive or live.busy:
        minute += 60.0
        until = min(minute, duration_s) if live.now < duration_s else minute
        if until <= live.now:
            continue
        live.advance(until)
        if on_progress is not None:
            live.hosts.catch_up(live.now)
            on_progress(live.now, duration_s)
    live.catch_up()
