"""Times measured side by side: every round runs each contestant once, so a busy machine is busy for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from time import process_time

Work = Callable[[], object]


def side_by_side(contestants: Mapping[str, Work], rounds: int) -> dict[str, list[float]]:
    """Return the CPU seconds of each contestant in each round, after one round that does not count."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for turn in range(rounds + 1):
        for name, work in contestants.items():
            began = process_time()
            work()
            if turn:
                times[name].append(process_time() - began)
    return times


def ratio(times: Mapping[str, list[float]], over: str, under: str) -> float:
    """Return the median over the rounds of one contestant's time over another's."""
    return median(a / b for a, b in zip(times[over], times[under], strict=True))
