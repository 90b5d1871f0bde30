"""How time and memory grow with the number of requests: each size in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from time import process_time

RATE, SHORTEST_S, LONGEST_S = 500.0, 2400.0, 172_800.0
"""No shorter than the update takes: the traffic goes on until that has ended, and would not be counted."""


@dataclass(frozen=True)
class Cost:
    """What a run of so many requests took."""

    requests: int
    seconds: float
    peak_mb: float
    idle_mb: float
    """Memory before the run, after a tiny one."""


def measured(requests: int) -> Cost:
    """Return the cost of a run in a fresh process."""
    command = [sys.executable, "-m", "tests.bench.growth", str(requests)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Cost(**json.loads(done.stdout))


def _here(requests: int) -> Cost:
    from engine.simulate import simulate
    from tests.bench.rollout import Rollout

    duration_s = min(max(requests / RATE, SHORTEST_S), LONGEST_S)
    rollout = Rollout(rate=requests / duration_s, instances=50, duration_s=duration_s)
    busy = replace(rollout.world, update_at_s=60.0)
    simulate(Rollout(rate=1.0, instances=50, duration_s=60.0).world, rollout.plan, 1)  # loads what a first run loads
    idle_mb, began = _peak_mb(), process_time()
    run = simulate(busy, rollout.plan, 1, series=False, keep_requests=False)
    return Cost(requests=run.totals.requests, seconds=process_time() - began, peak_mb=_peak_mb(), idle_mb=idle_mb)


def _peak_mb() -> float:
    """Return the most memory that this process has had; where /proc tells, without what it inherited."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(_here(int(sys.argv[1])).__dict__))
