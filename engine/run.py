"""What a simulation leaves behind: frozen, complete, and free of any simulator object.

Times are seconds from the start of the run; latency metrics are in microseconds, as on SageMaker.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from engine.experiments.of_run import VariantOutcomes
from engine.requests.cloudwatch import AlarmState, Dimensions

Outcome = Literal["promoted", "rolled-back", "timed-out", "failed", "rollback-failed", "refused", "no-update"]
"""`timed-out`: MaximumExecutionTimeoutInSeconds passed and the update was rolled back; `failed`: the new fleet never
came into service; `rollback-failed`: UpdateRollbackFailed, a mix of configurations; `refused`: the service did not
accept the update; `no-update`: the plan asked for none."""


JOB, ELSEWHERE = "job/", "endpoint/"
"""How the costs of a job are called, before its name, and those of another endpoint: no endpoint configuration's name
holds a slash."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, in the order in which it happened."""

    t: float
    what: str
    """A word such as `UpdateEndpoint`, `Baking`, `ALARM`: stable, for programs."""
    say: str
    """A sentence for people, with AWS's status messages where AWS has one."""
    detail: Mapping[str, Any] = field(default_factory=dict)
    """Of a request's answer: `status`, and of a refusal AWS's own `message`, which may be empty."""

    @property
    def elsewhere(self) -> bool:
        """Did it happen to another endpoint than the world's own, whose name is `endpoint`?"""
        return "endpoint" in self.detail

    @property
    def is_refusal(self) -> bool:
        """Did the service not carry out a request?"""
        status: int = self.detail.get("status", 0)
        return status >= 400


@dataclass(frozen=True, slots=True)
class AlarmTransition:
    """An alarm changed its state."""

    t: float
    alarm: str
    from_state: AlarmState
    to_state: AlarmState
    reason: str
    data: Mapping[str, Any] = field(default_factory=dict)
    """StateReasonData, as CloudWatch words it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricSeries:
    """One statistic of one metric, a value per period; None where no datapoint exists."""

    name: str
    dimensions: Dimensions
    stat: str
    unit: str
    period: int
    points: tuple[float | None, ...]
    """The first point covers [0, period)."""


@dataclass(frozen=True, slots=True)
class TrafficShare:
    """From `t` on, which configuration answers which share of the requests; shares add up to 1."""

    t: float
    shares: Mapping[str, float]
    """By endpoint configuration name."""


class FleetName(NamedTuple):
    """What tells the instances of one fleet from those of others."""

    config: str
    variant: str
    instance_type: str


@dataclass(frozen=True, slots=True)
class InstanceCount:
    """From `t` on, instances that exist and are billed."""

    t: float
    counts: Mapping[str, int]
    """By endpoint configuration name."""
    types: Mapping[str, int]
    """The same ones by instance type, which their price depends on."""
    fleets: Mapping[FleetName, int] = field(default_factory=dict)
    """The same ones, fleet by fleet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledJob:
    """Instances that a job has to itself, from `start` to `end`."""

    name: str
    instance_type: str
    instances: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the deployment, from `start` to `end`: its own, or that of the run before it was over."""

    start: float
    end: float
    status: str
    """VariantStatus: Creating, ActivatingTraffic, Baking, Deleting; or RollingBack."""
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums over the counted time of the run."""

    requests: int
    errors_4xx: int
    errors_5xx: int
    slo_missed: int
    """Answered without error, but too late."""
    by_config: Mapping[str, int]
    """Requests answered, by endpoint configuration name."""
    instance_minutes: float
    """Billed, over all fleets, until the end of the counted time."""
    extra_instance_minutes: float
    """Beyond what the endpoint would have used without an update."""
    cost_usd: float | None
    """None where the price of an instance type is not known."""
    unanswered: int = 0
    """Asynchronous requests that were accepted, and of which nothing was known yet at the end of the run."""
    throttled: int = 0
    """Among the 4xx: those that a serverless variant had no environment for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRun:
    """What became of another endpoint of the account; what happened to it stands among the events of the run."""

    endpoint_history: tuple[tuple[float, Mapping[str, Any]], ...]
    """What DescribeEndpoint answers from each moment on."""
    traffic: tuple[TrafficShare, ...]
    instances: tuple[InstanceCount, ...]
    phases: tuple[Phase, ...]
    totals: Totals
    costs: Mapping[str, float | None]
    """USD within the counted time, by `configuration/variant`."""

    @property
    def endpoint(self) -> Mapping[str, Any]:
        """What DescribeEndpoint answers at the end."""
        return self.endpoint_history[-1][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What a shadow variant made of its copies within the counted time, beside the production variant."""

    copied: int
    """Requests that it got."""
    compared: int
    """Those that both answered without error, where both models say how good their answers are."""
    agreed: int
    right_production: int
    right_shadow: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MetVariants:
    """Users whose requests came in the counted time."""

    answered: int
    met_several: int
    """Those of them whom more than one variant answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run from start to end."""

    outcome: Outcome
    seed: int
    duration_s: float
    """The time in which requests were counted."""
    ended_s: float
    """When nothing was left to happen: at least `duration_s`, later if the update took longer."""
    update_started_s: float | None
    update_ended_s: float | None
    endpoint_history: tuple[tuple[float, Mapping[str, Any]], ...]
    """What DescribeEndpoint answers from each moment on."""
    events: tuple[Event, ...]
    event_bridge: tuple[Mapping[str, Any], ...]
    """The events that EventBridge would have carried."""
    alarms: tuple[AlarmTransition, ...]
    alarm_history: tuple[Mapping[str, Any], ...]
    """The same as DescribeAlarmHistory lists it."""
    alarm_states: Mapping[str, AlarmState]
    """At the end."""
    metrics: tuple[MetricSeries, ...]
    traffic: tuple[TrafficShare, ...]
    instances: tuple[InstanceCount, ...]
    phases: tuple[Phase, ...]
    totals: Totals
    deciding_alarm: AlarmTransition | None
    """The transition that made the deployment roll back."""
    requests: RequestLog
    costs: Mapping[str, float | None] = field(default_factory=dict)
    """USD within the counted time, by what was paid for, such as `churn-v1/main` for the instances of a fleet,
    `job/nightly` for those of a job and `endpoint/other/churn-v1/main` for a fleet of another endpoint; None where a
    price is not known."""
    update_costs: Mapping[str, float | None] = field(default_factory=dict)
    """The part of them that was paid while an update ran."""
    idle_costs: Mapping[str, float | None] = field(default_factory=dict)
    """The part that was paid for fleets in minutes without a request; empty where no metrics are kept."""
    paid_by_use: tuple[float, ...] = ()
    """USD of serverless variants in each minute, beside what instances cost by the hour."""
    agreement: Mapping[str, Agreement] = field(default_factory=dict)
    """How each shadow variant compares with production, by `configuration/variant` such as `churn-v1/shadow`."""
    outcomes: tuple[VariantOutcomes, ...] = ()
    """What answers led to, by variant and configuration; empty where the workload has no outcome."""
    met: MetVariants | None = None
    """Whether users stayed on one side; None where nobody knows who asks."""
    scaling_activities: tuple[Mapping[str, Any], ...] = ()
    """As DescribeScalingActivities lists them."""
    experiments: tuple[Mapping[str, Any], ...] = ()
    """What DescribeInferenceExperiment answers of each at the end."""
    answered_within_s: Mapping[float, float] = field(default_factory=dict)
    """Seconds within which that many per cent of the good answers came, 50, 90 and 99; empty where nobody asked."""
    jobs: tuple[Mapping[str, Any], ...] = ()
    """What DescribeTransformJob answers of each at the end."""
    others: Mapping[str, OtherRun] = field(default_factory=dict)
    """The other endpoints by name; requests, harm and history of the run are those of the first."""

    @property
    def usd_per_thousand_answers(self) -> float | None:
        """What a thousand of the endpoint's answers without error cost, jobs and other endpoints apart; None where
        there was none, or the bill is not known."""
        sums = self.totals
        answers = sums.requests - sums.errors_4xx - sums.errors_5xx - sums.unanswered
        paid = [usd for name, usd in self.costs.items() if not name.startswith((JOB, ELSEWHERE))]
        known = [usd for usd in paid if usd is not None]
        return 1000 * sum(known) / answers if answers and len(known) == len(paid) else None

    @property
    def own_events(self) -> tuple[Event, ...]:
        """What happened to the world's own endpoint, and in the account."""
        return tuple(event for event in self.events if not event.elsewhere)

    @property
    def endpoint(self) -> Mapping[str, Any]:
        """What DescribeEndpoint answers at the end."""
        return self.endpoint_history[-1][1]

    def describe_endpoint(self, t: float) -> Mapping[str, Any]:
        """Return what DescribeEndpoint would have answered at `t`."""
        before = [answer for since, answer in self.endpoint_history if since <= t]
        return before[-1] if before else self.endpoint_history[0][1]

    def traffic_at(self, t: float) -> Mapping[str, float]:
        """Return the share of each configuration at `t`."""
        before = [change.shares for change in self.traffic if change.t <= t]
        return before[-1] if before else {}


@dataclass(frozen=True, slots=True)
class RequestLog:
    """Which requests went wrong, one bit each, in order of arrival: the very same requests in every run of a seed."""

    bad: tuple[bytes, ...] = ()
    """Per slot of the counted time: bits of requests that failed or missed the SLO (`numpy.packbits`)."""
    new: tuple[bytes, ...] = ()
    """Per slot: bits of requests that the new configuration answered."""
    counts: tuple[int, ...] = ()
    """Requests per slot."""
    slot_s: float = 60.0
    """Seconds of a slot: some minutes, or a part of one where the traffic is dense."""
