"""Everything that a goal of a lab can ask for, a row each: add one here, and files, goals and grades know it.

A figure compares runs of one seed, which meet the very same requests. docs/measures.md says the same in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from labs.exercise.measure import Measure, registry
from labs.measures.experiments import outcomes_lost
from labs.measures.exposure import exposed
from labs.measures.serving import job_time_s, missed_share, p99_ms, records_lost, throttled_share
from labs.measures.trial import Trial

if TYPE_CHECKING:
    from labs.exercise.exercise import Release
    from labs.measures.one_run import Measured

V_co = TypeVar("V_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Measure, Generic[V_co]):
    """A figure of one run."""

    of: Callable[[Trial], V_co]
    """None is never: it does not hold any bound."""
    words: Callable[[float], str]
    never: str = "never"
    """What is said of None where no goal's title stands beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative(Measure):
    """A figure of one run as a share of the same figure of the unguarded update; 0 where that one has none."""

    of: Number[float]
    words: Callable[[float], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Measure):
    """The share of the seeds in which something happened."""

    unit: str = "share of seeds"
    of: Callable[[Measured, Release], bool]
    """Did it, in this run of that release?"""
    words: str


def _since_harm(trial: Trial, then: float | None) -> float | None:
    if trial.first_harmed_s is None:
        return 0.0
    return None if then is None else max(0.0, then - trial.first_harmed_s)


def _decided_s(trial: Trial) -> float | None:
    return trial.run.deciding_alarm.t if trial.run.deciding_alarm else None


def _restored_s(trial: Trial) -> float | None:
    return next((event.t for event in trial.run.own_events if event.what == "TrafficRestored"), None)


PROMOTED = Share(
    name="promoted",
    what="the update ended on the new configuration",
    edge_cases="one that was refused, or that nobody asked for, did not",
    wanted=True,
    of=lambda run, release: run.outcome == "promoted",
    words="promoted",
)
ROLLED_BACK = Share(
    name="rolled-back",
    what="an alarm brought the traffic back to the old configuration",
    edge_cases="an update that timed out or failed does not count",
    wanted=True,
    of=lambda run, release: run.outcome == "rolled-back",
    words="rolled back",
)
HARMED: Number[int] = Number(
    name="harmed",
    unit="requests",
    what="requests that failed or missed the world's SLO in this run, and did not in the run without any update",
    edge_cases="counted until `duration_s`, also when the update takes longer",
    of=lambda trial: trial.harmed,
    words=lambda v: f"{v:,.0f} requests harmed",
)
BLAST_RADIUS = Relative(
    name="blast-radius",
    unit="share, 0 to 1",
    what="harmed, over what the unguarded update (all at once, no bake, no alarm) harms",
    edge_cases="0 where the unguarded update harms nobody",
    of=HARMED,
    words=lambda v: f"{v:.1%} of the harm without a guard",
)
EXPOSED: Number[float] = Number(
    name="exposed",
    unit="share, 0 to 1",
    what="share of the requests between the start of the update and the verdict that the new fleet answered",
    edge_cases=(
        "the verdict is the deciding alarm, else the end of the update; counted until `duration_s`; 0 without an "
        "update, and where no request arrived"
    ),
    of=exposed,
    words=lambda v: f"{v:.1%} of the requests exposed",
)
TIME_TO_DETECT: Number[float | None] = Number(
    name="time-to-detect",
    unit="seconds",
    what="first harmed request to the alarm that decided",
    edge_cases="0 where nobody was harmed or the alarm came first; never, where somebody was and no alarm decided",
    of=lambda trial: _since_harm(trial, _decided_s(trial)),
    words=lambda v: f"{v:,.0f} s to detect",
)
TIME_TO_RECOVER: Number[float | None] = Number(
    name="time-to-recover",
    unit="seconds",
    what="first harmed request to all traffic back on the old fleet",
    edge_cases="0 where nobody was harmed or the traffic was back before; never, where the traffic did not go back",
    of=lambda trial: _since_harm(trial, _restored_s(trial)),
    words=lambda v: f"{v:,.0f} s to recover",
)
FALSE_ROLLBACK = Share(
    name="false-rollback",
    what="a release that should be promoted and was not",
    edge_cases="however the update ended, timed out and failed included; 0 for releases that should be rolled back",
    of=lambda run, release: release.expect == "promoted" != run.outcome,
    words="rolled back for nothing",
)
MISSED = Share(
    name="missed",
    what="a release that should be rolled back and was promoted",
    edge_cases="0 for releases that should be promoted",
    of=lambda run, release: release.expect == "rolled-back" and run.outcome == "promoted",
    words="let through",
)
DURATION: Number[float] = Number(
    name="duration",
    unit="seconds",
    what="start of the update to its end, teardown included",
    edge_cases="0 without an update",
    of=lambda trial: (trial.run.update_ended_s or 0.0) - (trial.run.update_started_s or 0.0),
    words=lambda v: f"{v / 60:,.1f} min long",
)
EXTRA_INSTANCE_MINUTES: Number[float] = Number(
    name="extra-instance-minutes",
    unit="instance-minutes",
    what="billed in the counted time beyond what would have run anyway, on all endpoints",
    edge_cases="all at once without baking bills one fleet",
    of=lambda trial: trial.run.totals.extra_instance_minutes,
    words=lambda v: f"{v:,.0f} extra instance-minutes",
)
COST: Number[float | None] = Number(
    name="cost",
    unit="USD",
    what="everything billed in the counted time, jobs and other endpoints included, at the world's prices",
    edge_cases="none where the price of a type is not known; not every built-in price is verified",
    of=lambda trial: trial.run.totals.cost_usd,
    words=lambda v: f"${v:,.2f}",
)
OUTCOMES_LOST: Number[int] = Number(
    name="outcomes-lost",
    unit="outcomes",
    what="outcomes that did not come, and would have if the best model of the world had answered every request in time",
    edge_cases="counted until `duration_s`; 0 where the workload has no outcome",
    of=outcomes_lost,
    words=lambda v: f"{v:,.0f} outcomes lost",
)
WRONG_DECISION = Share(
    name="wrong-decision",
    what=(
        "the model that gives all answers in the last minute of the counted time is not the right one: the release if "
        "it should be promoted, another one if not"
    ),
    edge_cases="wrong too where several models answer; for worlds whose workload has an outcome",
    of=lambda run, release: run.kept is None or (run.kept == release.replaces) != (release.expect == "promoted"),
    words="decided wrongly",
)
MISSED_SHARE: Number[float] = Number(
    name="missed-share",
    unit="share, 0 to 1",
    what="requests of the counted time that failed, were throttled or missed the world's SLO, over all of them",
    edge_cases="one that waits without an answer at the end is missed; 0 where no request arrived",
    of=missed_share,
    words=lambda v: f"{v:.2%} of the requests missed",
)
THROTTLED_SHARE: Number[float] = Number(
    name="throttled-share",
    unit="share, 0 to 1",
    what="requests of the counted time for which a serverless variant had no environment, over all of them",
    edge_cases="0 without a serverless variant",
    of=throttled_share,
    words=lambda v: f"{v:.2%} of the requests throttled",
)
P99_LATENCY: Number[float | None] = Number(
    name="p99-latency",
    unit="milliseconds",
    what="within which 99 of 100 good answers of the counted time came, as the caller waits for them",
    edge_cases="never, without a good answer; of an asynchronous endpoint the wait in its queue counts",
    of=p99_ms,
    words=lambda v: f"p99 {v:,.0f} ms",
    never="no good answer, so no p99",
)
JOB_TIME: Number[float | None] = Number(
    name="job-time",
    unit="seconds",
    what="from the plan to the end of the last transform job",
    edge_cases="never, where none ran or one has not ended; one that failed has ended",
    of=job_time_s,
    words=lambda v: f"{v / 3600:.2f} h until the last job ended",
    never="no job, or one that never ended",
)
RECORDS_LOST: Number[int] = Number(
    name="records-lost",
    unit="records",
    what="records in the world's `inputs` that have no output",
    edge_cases=(
        "an object's records are all lost with its output; one job that gave it is enough, and one of several layouts "
        "of the same records"
    ),
    of=records_lost,
    words=lambda v: f"{v:,.0f} records without an output",
)
MEASURES: Mapping[str, Share | Number[float | None] | Relative] = registry(
    (
        PROMOTED,
        ROLLED_BACK,
        HARMED,
        BLAST_RADIUS,
        EXPOSED,
        TIME_TO_DETECT,
        TIME_TO_RECOVER,
        FALSE_ROLLBACK,
        MISSED,
        DURATION,
        EXTRA_INSTANCE_MINUTES,
        COST,
        OUTCOMES_LOST,
        WRONG_DECISION,
        MISSED_SHARE,
        THROTTLED_SHARE,
        P99_LATENCY,
        JOB_TIME,
        RECORDS_LOST,
    )
)
"""By name."""
