"""How well a day was served: requests that nobody got an answer to in time, and the outputs of transform jobs."""

from __future__ import annotations

from collections.abc import Iterator

from engine.run import Event
from labs.measures.trial import Trial

P99 = 99.0
"""The percentile that a run keeps under this number."""


def missed(trial: Trial) -> int:
    """Return how many counted requests got no good answer in time, those of which nothing is known among them."""
    sums = trial.run.totals
    return sums.errors_4xx + sums.errors_5xx + sums.slo_missed + sums.unanswered


def missed_share(trial: Trial) -> float:
    """Return the share of the counted requests that got no good answer in time."""
    sums = trial.run.totals
    return missed(trial) / sums.requests if sums.requests else 0.0


def throttled_share(trial: Trial) -> float:
    """Return the share of the counted requests for which there was no serverless environment."""
    sums = trial.run.totals
    return sums.throttled / sums.requests if sums.requests else 0.0


def p99_ms(trial: Trial) -> float | None:
    """Return within how many milliseconds 99 of 100 good answers came."""
    seconds = trial.run.answered_within_s.get(P99)
    return None if seconds is None else 1000 * seconds


def job_time_s(trial: Trial) -> float | None:
    """Return the time from the plan to the end of the last transform job; None where none ran, or one still does."""
    ends = [event.t for event in _ended(trial)]
    whole = ends and len(ends) == len(trial.run.jobs)
    return max(ends) - trial.world.update_at_s if whole else None


def records_lost(trial: Trial) -> int:
    """Return how many records of all that lie in S3 have no output; one job that gave it is enough, and so is one of
    several layouts of the same records."""
    lost = {kind.prefix: kind.count * kind.records for kind in trial.world.inputs}
    for event in _ended(trial):
        for prefix, records in event.detail.get("lost_records", {}).items():
            lost[prefix] = min(lost[prefix], records)
    by_layout: dict[str, int] = {}
    for kind in trial.world.inputs:
        by_layout[kind.layout] = by_layout.get(kind.layout, 0) + lost[kind.prefix]
    return by_layout.pop("", 0) + min(by_layout.values(), default=0)


def _ended(trial: Trial) -> Iterator[Event]:
    return (event for event in trial.run.events if event.detail.get("job_status") in ENDED)


ENDED = ("Completed", "Failed", "Stopped")
"""TransformJobStatus of jobs that are over."""
