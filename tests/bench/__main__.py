"""`python -m tests.bench`: how fast the simulator is, as ratios measured side by side."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import partial
from statistics import median

from tests.bench import grading, growth
from tests.bench.asynchronous import Asynchronous
from tests.bench.clock import Work, ratio, side_by_side
from tests.bench.rollout import Rollout
from tests.bench.serverless import Serverless
from tests.engine.autoscaling.policies import CONCURRENCY

Row = tuple[str, str, str]
REPEATS = 20
"""Runs of the engine beside one of a process per request, so that a short disturbance does not decide."""
AS_IN_LABS, BUSY = Rollout(rate=50.0, instances=5), Rollout(rate=500.0, instances=50)
AS_MEASURED = Rollout(rate=500.0, instances=5, mean_ms=3.5)
"""Ten lanes with the service time of the run that was measured on AWS (spec sagemaker 4.1)."""


def main() -> None:
    """Measure everything and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each comparison; medians are shown")
    options = parser.parse_args()
    for rows in (
        rollouts(options.rounds),
        routing(options.rounds),
        scaling(options.rounds),
        environments(options.rounds),
        shadows(options.rounds),
        queues(options.rounds),
        grades(options.rounds),
        sizes(),
    ):
        for what, found, note in rows:
            print(f"{what:<64} {found:>9}   {note}", flush=True)


def rollouts(rounds: int) -> Iterator[Row]:
    """Compare the engine with a process per request and with only drawing the numbers."""
    for rollout in (AS_IN_LABS, AS_MEASURED, BUSY):
        shape = f"{rollout.rate:.0f} requests/s, 2 x {2 * rollout.instances} lanes"
        quick = side_by_side({"engine": rollout.by_engine, "draws": rollout.by_drawing}, 5 * rounds)
        yield f"half an hour, {shape}", f"{1000 * median(quick['engine']):.1f} ms", ""
        yield (
            "  against drawing its numbers only: times as long",
            f"{ratio(quick, 'engine', 'draws'):.1f}",
            "bar 5, aim 3",
        )
        slow = side_by_side({"engine": partial(repeat, rollout.by_engine), "process": rollout.by_process}, 3)
        yield (
            "  against a SimPy process per request: times as fast",
            f"{REPEATS * ratio(slow, 'process', 'engine'):.0f}",
            "bar 100",
        )


def repeat(work: Work) -> None:
    """Do the same work many times."""
    for _ in range(REPEATS):
        work()


def routing(rounds: int) -> Iterator[Row]:
    """Compare routing that looks at the queues with random routing."""
    works = {"random": AS_IN_LABS.by_engine, "aware": AS_IN_LABS.by_engine_looking_at_queues}
    times = side_by_side(works, rounds)
    yield (
        "least outstanding requests against random routing: times as long",
        f"{ratio(times, 'aware', 'random'):.1f}",
        "",
    )


def scaling(rounds: int) -> Iterator[Row]:
    """Compare runs in which a variant scales with the same ones without, and with only drawing the numbers."""
    for rollout in (AS_IN_LABS, BUSY):
        works = {
            "none": rollout.by_engine,
            "minutes": rollout.by_engine_scaling,
            "seconds": partial(rollout.by_engine_scaling, CONCURRENCY, 0.3),
            "draws": rollout.by_drawing,
        }
        times, shape = side_by_side(works, 5 * rounds), f"{rollout.rate:.0f} requests/s"
        for name, how in (("minutes", "by the minute"), ("seconds", "by ten seconds")):
            yield f"scaling {how}, {shape}, against none: times as long", f"{ratio(times, name, 'none'):.1f}", ""
            yield "  against drawing its numbers only: times as long", f"{ratio(times, name, 'draws'):.1f}", ""


def environments(rounds: int) -> Iterator[Row]:
    """Compare serverless environments, which look at every request, with a process per request."""
    serverless = Serverless(rate=200.0, most=25, slots=5)
    times = side_by_side({"engine": serverless.by_engine, "process": serverless.by_process}, rounds)
    yield "half an hour of a serverless endpoint, 200 requests/s", f"{1000 * median(times['engine']):.1f} ms", ""
    yield (
        "  against a SimPy process per request: times as fast",
        f"{ratio(times, 'process', 'engine'):.0f}",
        "bar 10",
    )


def shadows(rounds: int) -> Iterator[Row]:
    """Compare a rollout whose configurations have a shadow with the same one without."""
    works = {"alone": BUSY.by_engine, "shadowed": BUSY.by_engine_with_a_shadow}
    yield (
        "half of the requests copied to a shadow against none: times as long",
        f"{ratio(side_by_side(works, rounds), 'shadowed', 'alone'):.1f}",
        "for 1.5 times the requests",
    )


def queues(rounds: int) -> Iterator[Row]:
    """Compare the queue of an asynchronous endpoint, which looks at every request, with a process per request."""
    asynchronous = Asynchronous(rate=200.0, instances=10)
    times = side_by_side({"engine": asynchronous.by_engine, "process": asynchronous.by_process}, rounds)
    yield "half an hour of an asynchronous endpoint, 200 requests/s", f"{1000 * median(times['engine']):.1f} ms", ""
    yield (
        "  against a SimPy process per request: times as fast",
        f"{ratio(times, 'process', 'engine'):.0f}",
        "bar 10",
    )


def grades(rounds: int) -> Iterator[Row]:
    """Grade a plan as labs do."""
    times = side_by_side({"grade": grading.run_all_seeds}, max(2, rounds // 2))["grade"]
    yield "a grade: 3 releases x 20 seeds x an hour at 50 requests/s", f"{median(times):.2f} s", "bar 2 s"


def sizes() -> Iterator[Row]:
    """Measure how time and memory grow with the requests."""
    for exponent in range(5, 9):
        cost = growth.measured(10**exponent)
        note = f"{cost.peak_mb - cost.idle_mb:.0f} MB on top of {cost.idle_mb:.0f} MB"
        yield f"a run of 1e{exponent} requests: per request", f"{1e9 * cost.seconds / cost.requests:.0f} ns", note


if __name__ == "__main__":
    main()
