"""`python -m tests.bench`: how fast the simulator is, as ratios measured side by side. `--huge` adds 1e8 requests."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from engine.simulate import simulate
from tests.bench import grading, growth, rollout
from tests.bench.clock import ratio, side_by_side
from tests.engine.rollouts import config

Row = tuple[str, str, str]


def main() -> None:
    """Measure everything and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--huge", action="store_true", help="also a run of 1e8 requests")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each comparison; medians are shown")
    options = parser.parse_args()
    for rows in (rollouts(options.rounds), routing(options.rounds), grades(options.rounds), sizes(options.huge)):
        for what, found, bar in rows:
            print(f"{what:<62} {found:>14}   {bar}", flush=True)


def rollouts(rounds: int) -> Iterator[Row]:
    """Compare the engine with a process per request and with only drawing the numbers."""
    slow = side_by_side({"engine": rollout.by_engine, "process": rollout.by_process}, max(1, rounds // 2))
    yield "a SimPy process per request takes, times the engine", f"{ratio(slow, 'process', 'engine'):.0f}", "bar 100"
    quick = side_by_side({"engine": rollout.by_engine, "draws": rollout.by_drawing}, 5 * rounds)
    yield "the engine takes, times drawing its numbers", f"{ratio(quick, 'engine', 'draws'):.1f}", "bar 5, aim 3"
    yield "half an hour at 50 requests/s, all metrics", f"{1000 * median(quick['engine']):.1f} ms", ""


def routing(rounds: int) -> Iterator[Row]:
    """Compare routing that looks at the queues with random routing."""
    aware = [config(name, rollout.INSTANCES, routing_strategy="LEAST_OUTSTANDING_REQUESTS") for name in ("v1", "v2")]
    worlds = {"random": rollout.WORLD, "aware": replace(rollout.WORLD, configs=tuple(aware))}
    works = {name: lambda world=world: simulate(world, rollout.PLAN, 1) for name, world in worlds.items()}
    times = side_by_side(works, rounds)
    yield "least outstanding requests takes, times random routing", f"{ratio(times, 'aware', 'random'):.1f}", ""


def grades(rounds: int) -> Iterator[Row]:
    """Grade a plan as labs do."""
    times = side_by_side({"grade": grading.run_all_seeds}, max(2, rounds // 2))["grade"]
    yield "3 releases x 20 seeds x an hour at 50 requests/s", f"{median(times):.2f} s", "bar 2 s"


def sizes(huge: bool) -> Iterator[Row]:
    """Measure how time and memory grow with the requests."""
    for exponent in range(5, 9 if huge else 8):
        cost = growth.measured(10**exponent)
        per_request = f"{1e9 * cost.seconds / cost.requests:.0f} ns"
        yield f"1e{exponent} requests: each", per_request, f"peak memory {cost.peak_mb:.0f} MB"


if __name__ == "__main__":
    main()
