"""How time and memory grow with the number of requests: each size in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import dataclass, replace
from time import process_time

RATE = 500.0


@dataclass(frozen=True)
class Cost:
    """What a run of so many requests took."""

    requests: int
    seconds: float
    peak_mb: float


def measured(requests: int) -> Cost:
    """Return the cost of a run in a fresh process."""
    command = [sys.executable, "-m", "tests.bench.growth", str(requests)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Cost(**json.loads(done.stdout))


def _here(requests: int) -> Cost:
    from engine.simulate import simulate
    from tests.bench.rollout import PLAN, WORLD
    from tests.engine.rollouts import config

    fleets = (config("v1", 40), config("v2", 40))
    workload, duration_s = replace(WORLD.workload, rate=RATE), requests / RATE
    if duration_s > 172_800:
        workload, duration_s = replace(workload, rate=requests / 172_800), 172_800.0
    busy = replace(WORLD, configs=fleets, workload=workload, duration_s=duration_s, update_at_s=60.0)
    began = process_time()
    run = simulate(busy, PLAN, 1, series=False, keep_requests=False)
    seconds = process_time() - began
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Cost(requests=run.totals.requests, seconds=seconds, peak_mb=peak_kb / 1024)


if __name__ == "__main__":
    print(json.dumps(_here(int(sys.argv[1])).__dict__))
