"""`python -m tests.bench`: how fast the program is, as ratios measured side by side where that is possible."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import partial
from statistics import median

from tests.bench import bank, classroom, grading, growth, serving, study, transform
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
        transforms(options.rounds),
        grades(options.rounds),
        studies(options.rounds),
        banks(),
        classes(),
        served(),
        sizes(),
    ):
        for what, found, note in rows:
            print(f"{what:<64} {found:>9}   {note}", flush=True)


def rollouts(rounds: int) -> Iterator[Row]:
    """Compare the engine with a process per request and with only drawing the numbers."""
    for rollout in (AS_IN_LABS, AS_MEASURED, BUSY):
        shape = f"{rollout.rate:.0f} requests/s, 2 x {2 * rollout.instances} lanes"
        yield from compared(f"half an hour, {shape}", rollout, rollout.by_engine, rollout.by_process, rounds)


def compared(what: str, rollout: Rollout, by_engine: Work, by_process: Work, rounds: int) -> Iterator[Row]:
    """Compare a run with drawing its numbers, and with a process per request."""
    quick = side_by_side({"engine": by_engine, "draws": rollout.by_drawing}, 5 * rounds)
    yield what, f"{1000 * median(quick['engine']):.1f} ms", ""
    yield (
        "  against drawing its numbers only: times as long",
        f"{ratio(quick, 'engine', 'draws'):.1f}",
        "bar 5, aim 3" if rollout.rate > AS_IN_LABS.rate else "bar 4",
    )
    slow = side_by_side({"engine": partial(repeat, by_engine), "process": by_process}, 3)
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
    """Compare runs in which a variant scales with the same ones without, and as all others are."""
    for rollout in (AS_IN_LABS, BUSY):
        minutes, seconds = rollout.by_engine_scaling, partial(rollout.by_engine_scaling, CONCURRENCY, 0.3)
        counting = partial(rollout.by_process, counts_work=True)
        for how, by_engine, by_process in (
            ("the minute", minutes, rollout.by_process),
            ("ten seconds", seconds, counting),
        ):
            what = f"scaling by {how}, {rollout.rate:.0f} requests/s"
            times = side_by_side({"none": rollout.by_engine, "scaling": by_engine}, 5 * rounds)
            yield from compared(what, rollout, by_engine, by_process, rounds)
            yield "  against no scaling: times as long", f"{ratio(times, 'scaling', 'none'):.1f}", ""


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
    """Compare a rollout whose configurations have a shadow with the same one without, and as all others are."""
    for rollout in (AS_IN_LABS, BUSY):
        works = {"alone": rollout.by_engine, "shadowed": rollout.by_engine_with_a_shadow}
        times, what = side_by_side(works, rounds), f"half copied to a shadow, {rollout.rate:.0f} requests/s"
        copying = partial(rollout.by_process, copied=0.5)
        yield from compared(what, rollout, works["shadowed"], copying, rounds)
        yield (
            "  against no shadow: times as long",
            f"{ratio(times, 'shadowed', 'alone'):.1f}",
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


def transforms(rounds: int) -> Iterator[Row]:
    """Work out what a transform job makes of ten million records."""
    times = side_by_side({"few": transform.large_objects, "many": transform.small_objects}, rounds)
    for name, how in (("few", "40 objects"), ("many", "100,000 objects")):
        yield f"a transform job of 1e7 records in {how}", f"{1000 * median(times[name]):.1f} ms", "bar 1 s"


def grades(rounds: int) -> Iterator[Row]:
    """Grade a plan as labs do."""
    times = side_by_side({"grade": grading.run_all_seeds}, max(2, rounds // 2))["grade"]
    yield "a grade: 3 releases x 20 seeds x an hour at 50 requests/s", f"{median(times):.2f} s", "bar 2 s"


def studies(rounds: int) -> Iterator[Row]:
    """Measure what a long history costs."""
    seconds = study.measured(rounds)
    yield f"Home after {study.EVENTS:,} events", f"{seconds['home']:.2f} s", "bar 0.2 s"
    yield "  the review queue", f"{seconds['queue']:.2f} s", "bar 0.2 s"
    yield "  both at the first start, with nothing kept", f"{seconds['first']:.1f} s", ""


def banks() -> Iterator[Row]:
    """Measure what a pack of many questions costs, beside one of half as many."""
    half, whole = bank.measured(bank.QUESTIONS // 2), bank.measured()
    yield f"a start with {bank.QUESTIONS:,} questions for practice", f"{whole['start']:.3f} s", "nobody waits for them"
    yield "  the first start, with nothing kept", f"{whole['first start']:.2f} s", ""
    yield "  the first question", f"{whole['question']:.2f} s", "bar 0.2 s"
    yield "  all of them read, once for each change", f"{whole['all']:.1f} s", f"{half['all']:.1f} s for half"


def classes() -> Iterator[Row]:
    """Measure what a class takes beside its grading."""
    cost = classroom.measured()
    yield (
        f"{cost.plans:,} plans of a class on {classroom.SEEDS} seeds: not grading",
        f"{100 * cost.share:.1f} %",
        f"{cost.other_s:.0f} s beside {cost.grading_s:.0f} s",
    )
    yield "  a plan on its way to a worker", f"{cost.pickled / 1000:.0f} kB", ""


def served() -> Iterator[Row]:
    """Measure what real clients wait for, and what a long day costs."""
    yield (
        f"DescribeEndpoint over the socket, median of {serving.ASKED}",
        f"{1000 * serving.answered_s():.2f} ms",
        "bar 5 ms",
    )
    wall_s, cpu_s = serving.ready_s()
    yield "mlcourse serve until it is ready", f"{wall_s:.2f} s", f"bar 1 s; {cpu_s:.2f} s of a processor"
    memory = serving.memory_mb()
    for hour, mb in memory.items():
        yield f"  {hour} simulated hours at {serving.RATE:.0f} requests/s: memory", f"{mb:.0f} MB", "flat"


def sizes() -> Iterator[Row]:
    """Measure how time and memory grow with the requests."""
    for exponent in range(5, 9):
        cost = growth.measured(10**exponent)
        note = f"{cost.peak_mb - cost.idle_mb:.0f} MB on top of {cost.idle_mb:.0f} MB"
        yield f"a run of 1e{exponent} requests: per request", f"{1e9 * cost.seconds / cost.requests:.0f} ns", note


if __name__ == "__main__":
    main()
