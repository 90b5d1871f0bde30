"""What one run says of a load: how long callers wait, what is thrown away, what is in time, what it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Any

from engine.run import Run
from labs.measures.serving import P99

END = "TransformEndTime"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Figures of one run; None of what the world has none of."""

    p99_s: float | None
    """Seconds within which 99 of 100 good answers came; of an asynchronous endpoint those of the queue among them."""
    failed: float | None
    """Share of the requests that failed, those that were throttled or expired among them."""
    throttled: float | None
    """Share that found no serverless environment; None where nothing was."""
    in_time: float | None
    """Share of the transform jobs that were complete by the world's deadline, without one by the end of the run."""
    job_s: float | None
    """How long a job took from its request to its end, its wait for instances among it, mean."""
    cost_usd: float | None
    """Of everything that was billed in the counted time; None where a price is not known."""

    @classmethod
    def of(cls, run: Run) -> Load:
        """Return the figures of a run whose latencies were kept."""
        totals = run.totals
        errors = totals.errors_4xx + totals.errors_5xx
        return cls(
            p99_s=run.answered_within_s.get(P99),
            failed=errors / totals.requests if totals.requests else None,
            throttled=totals.throttled / totals.requests if totals.throttled else None,
            in_time=_in_time(run),
            job_s=_job_s(run),
            cost_usd=totals.cost_usd,
        )

    @classmethod
    def mean(cls, loads: Sequence[Load]) -> Load:
        """Return the means over several runs; of a bill only where every run knows its own."""
        costs = [load.cost_usd for load in loads]
        throttled = [load.throttled or 0.0 for load in loads]
        return cls(
            p99_s=_mean([load.p99_s for load in loads]),
            failed=_mean([load.failed for load in loads]),
            throttled=fmean(throttled) if any(throttled) else None,
            in_time=_mean([load.in_time for load in loads]),
            job_s=_mean([load.job_s for load in loads]),
            cost_usd=None if None in costs else _mean(costs),
        )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _in_time(run: Run) -> float | None:
    """Return the share of the jobs; the run itself says of each whether it was in time, where there is a deadline."""
    if not run.jobs:
        return None
    said = [bool(event.detail["in_time"]) for event in run.events if "in_time" in event.detail]
    completed = [job["TransformJobStatus"] == "Completed" for job in run.jobs]
    return sum(said or completed) / len(run.jobs)


def _job_s(run: Run) -> float | None:
    """Return how long the jobs that have ended took, from the request on."""
    return _mean([_moment(job, END) - _moment(job, "CreationTime") for job in run.jobs if END in job])


def _moment(job: Mapping[str, Any], field: str) -> float:
    return datetime.fromisoformat(job[field]).timestamp()
