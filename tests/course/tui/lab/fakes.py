"""A lab, a desk and a journal that the screens can be tried on without the simulator.

The runs are made by hand, second by second, after the measured deployment of spec sagemaker 4.1: a canary that
either meets an alarm and rolls back, or is promoted.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from course.history import Event
from course.ports import CheckedPlan, Finding, Study
from course.syllabus import Outline, Part, Term, Topic
from engine.errors import RefusedRequest
from engine.plan import Plan, Step
from engine.requests.cloudwatch import MetricAlarm, MetricStat
from engine.requests.sagemaker import (
    BlueGreenUpdatePolicy,
    CapacitySize,
    DeploymentConfig,
    EndpointConfig,
    ProductionVariant,
    TrafficRoutingConfiguration,
    UpdateEndpoint,
)
from engine.run import (
    AlarmTransition,
    InstanceCount,
    MetricSeries,
    Phase,
    RequestLog,
    Run,
    Totals,
    TrafficShare,
)
from engine.run import Event as RunEvent
from engine.serving.faults import Errors
from engine.serving.model import Model, ServiceTime
from engine.traffic.workload import Workload
from engine.world import Endpoint, Slo, World
from labs.grade import GoalResult, Grade, Moment, ReleaseResult, Spread
from labs.lab import Goal, Lab, PlanFile, Release

LAB_ID = "first-guarded-update"
TYPE = "ml.m5.xlarge"
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
SECRETS = ("hidden-broken", "hidden-healthy", "hidden-noisy", "fails every fifth request", "is a good release")
"""Words of the releases that nobody may read before a grade."""

BRIEF = """\
# First guarded update

The endpoint `churn` answers 20 requests a second. A new model is ready, `churn-v2`, and nobody knows yet
whether it is a good one.

Write an update that **stops by itself** when the new model harms callers, and that lets a good one through.

- Send a small share of the traffic first.
- Watch the *new* fleet, not the whole endpoint.
- Wait long enough for an alarm to act.
"""

START = """\
# One alarm, one update. Both can be better.
PutMetricAlarm:
  - AlarmName: v2-errors
    Namespace: AWS/SageMaker
    MetricName: Invocation5XXErrors
    Dimensions:
      - {Name: EndpointName, Value: churn}
      - {Name: VariantName, Value: main}
      - {Name: EndpointConfigName, Value: churn-v2}
    Statistic: Sum
    Period: 60
    EvaluationPeriods: 1
    Threshold: 5
    ComparisonOperator: GreaterThanThreshold
    TreatMissingData: notBreaching
UpdateEndpoint:
  EndpointName: churn
  EndpointConfigName: churn-v2
  DeploymentConfig:
    BlueGreenUpdatePolicy:
      TrafficRoutingConfiguration:
        Type: CANARY
        CanarySize: {Type: INSTANCE_COUNT, Value: 1}
        WaitIntervalInSeconds: 300
      TerminationWaitInSeconds: 120
    AutoRollbackConfiguration:
      Alarms:
        - AlarmName: v2-errors
"""

WATCHED = (("EndpointConfigName", "churn-v2"), ("EndpointName", "churn"), ("VariantName", "main"))
ERRORS_ALARM = MetricAlarm(
    alarm_name="v2-errors",
    metric=MetricStat(
        namespace="AWS/SageMaker", metric_name="Invocation5XXErrors", dimensions=WATCHED, period=60, stat="Sum"
    ),
    threshold=5.0,
    comparison_operator="GreaterThanThreshold",
    treat_missing_data="notBreaching",
)
LATENCY_ALARM = MetricAlarm(
    alarm_name="v2-latency",
    metric=MetricStat(namespace="AWS/SageMaker", metric_name="ModelLatency", dimensions=WATCHED, period=60, stat="p99"),
    threshold=200_000.0,
    comparison_operator="GreaterThanThreshold",
)
PLAN = Plan(
    steps=(
        Step(request=ERRORS_ALARM),
        Step(request=LATENCY_ALARM),
        Step(
            request=UpdateEndpoint(
                endpoint_name="churn",
                endpoint_config_name="churn-v2",
                deployment_config=DeploymentConfig(
                    blue_green_update_policy=BlueGreenUpdatePolicy(
                        traffic_routing_configuration=TrafficRoutingConfiguration(
                            type="CANARY",
                            wait_interval_in_seconds=300,
                            canary_size=CapacitySize(type="INSTANCE_COUNT", value=1),
                        ),
                        termination_wait_in_seconds=120,
                    ),
                    alarms=("v2-errors", "v2-latency"),
                ),
            )
        ),
    )
)

GOALS = (
    ("finishes", "Finishes on a healthy release", "promoted", "hidden-healthy"),
    ("patient", "Leaves a noisy but healthy one alone", "false-rollback", "hidden-noisy"),
    ("stops", "Stops the broken release", "rolled-back", "hidden-broken"),
    ("protects", "Protects users", "harmed", "hidden-broken"),
)
TEACHER = (
    "One 5xx in a minute is normal here: 0.1 % of 600 requests. The alarm cannot tell noise from harm. "
    "[red]Brackets[/red] are text."
)
HINTS = (
    "How many errors a minute does the old model make?",
    "An alarm may ask for more than one bad minute.",
    "Try three of three periods, or a higher threshold.",
)


def a_lab() -> Lab:
    """Return a lab with three hidden releases and four goals."""
    good = Model(service=ServiceTime(mean_ms=45))
    bad = Model(service=ServiceTime(mean_ms=45), faults=(Errors(rate=0.2),))
    configs = tuple(
        EndpointConfig(
            endpoint_config_name=name,
            production_variants=(
                ProductionVariant(variant_name="main", model_name=name, instance_type=TYPE, initial_instance_count=4),
            ),
        )
        for name in ("churn-v1", "churn-v2")
    )
    return Lab(
        id=LAB_ID,
        revision=1,
        title="First guarded update",
        minutes=20,
        lesson="blue-green",
        brief=BRIEF,
        debrief="# What to take with you\n\nAn alarm must be able to fire **inside** the bake.",
        world=World(
            endpoint=Endpoint(endpoint_name="churn", endpoint_config_name="churn-v1"),
            configs=configs,
            models={"churn-v1": good, "churn-v2": good},
            workload=Workload(rate=20),
            slo=Slo(latency_ms=500),
            duration_s=1860,
        ),
        releases=(
            _release("hidden-broken", bad, "rolled-back", "It fails every fifth request."),
            _release("hidden-healthy", good, "promoted", "It is a good release."),
            _release("hidden-noisy", good, "promoted", "It is a good release that fails now and then."),
        ),
        start=PlanFile(name="start.yaml", text=START, plan=PLAN),
        reference=PlanFile(name="reference.yaml", text=START, plan=PLAN),
        near_misses=(),
        goals=tuple(
            Goal(id=id, title=title, measure=measure, release=release, at_most=1, say=TEACHER, hints=HINTS)
            for id, title, measure, release in GOALS
        ),
    )


def _release(id: str, model: Model, expect: Any, say: str) -> Release:
    return Release(id=id, replaces="churn-v2", model=model, expect=expect, say=say)


def _series(name: str, stat: str, config: str, points: list[float | None]) -> MetricSeries:
    dimensions = (("EndpointConfigName", config), ("EndpointName", "churn"), ("VariantName", "main"))
    unit = "Microseconds" if name == "ModelLatency" else "None"
    return MetricSeries(name=name, dimensions=dimensions, stat=stat, unit=unit, period=60, points=tuple(points))


def _metrics(errors: list[float | None], last_green: int) -> tuple[MetricSeries, ...]:
    """Return the series of both fleets; green answers from minute 8 up to `last_green`."""
    minutes = range(31)
    green = [8 <= minute <= last_green for minute in minutes]
    wave = [(minute * 7) % 5 for minute in minutes]
    p50 = [(74_000.0 if minute == 8 else 45_000.0 + 300 * wave[minute]) for minute in minutes]
    p99 = [(236_000.0 if minute == 8 else 121_000.0 + 2500 * wave[minute]) for minute in minutes]
    return (
        _series("Invocations", "Sum", "churn-v1", [900.0 if on else 1200.0 for on in green]),
        _series("Invocations", "Sum", "churn-v2", [300.0 if on else None for on in green]),
        _series("Invocation5XXErrors", "Sum", "churn-v1", [float(one in (1, 4)) for one in wave]),
        _series("Invocation5XXErrors", "Sum", "churn-v2", errors),
        _series("ModelLatency", "p50", "churn-v1", [41_000.0 + 500 * one for one in wave]),
        _series("ModelLatency", "p99", "churn-v1", [110_000.0 + 4000 * one for one in wave]),
        _series("ModelLatency", "p50", "churn-v2", [a if on else None for a, on in zip(p50, green, strict=True)]),
        _series("ModelLatency", "p99", "churn-v2", [a if on else None for a, on in zip(p99, green, strict=True)]),
    )


def _describe(status: str, config: str, **more: Any) -> dict[str, Any]:
    return {"EndpointName": "churn", "EndpointStatus": status, "EndpointConfigName": config, **more}


def _pending(status: str, message: str) -> dict[str, Any]:
    variant = {"VariantName": "main", "VariantStatus": [{"Status": status, "StatusMessage": message}]}
    return {"EndpointConfigName": "churn-v2", "ProductionVariants": [variant]}


REASON = "One or more configured alarm for automatic rollback deployment is in ALARM state: [v2-errors]."
ALARM_REASON = "Threshold Crossed: 1 datapoint [61.0 (21/03/24 16:08:00)] was greater than the threshold (5.0)."
BAKE = "Baking for 300 seconds (TerminationWaitInSeconds) with traffic enabled on canary capacity of 1 instance(s)."


def _totals() -> Totals:
    return Totals(
        requests=37_200,
        errors_4xx=0,
        errors_5xx=231,
        slo_missed=4,
        by_config={"churn-v1": 36_100, "churn-v2": 1100},
        instance_minutes=150.0,
        extra_instance_minutes=26.0,
        cost_usd=0.57,
    )


def broken_run(seed: int = 7) -> Run:
    """Return a canary that fails, an alarm at 11:10 and a rollback that is complete at 12:12."""
    errors: list[float | None] = [None] * 31
    errors[8:13] = [52.0, 61.0, 58.0, 63.0, 11.0]
    alarm = AlarmTransition(670.0, "v2-errors", "OK", "ALARM", ALARM_REASON)
    return Run(
        outcome="rolled-back",
        seed=seed,
        duration_s=1860.0,
        ended_s=1860.0,
        update_started_s=306.0,
        update_ended_s=752.0,
        endpoint_history=(
            (0.0, _describe("InService", "churn-v1")),
            (306.0, _describe("Updating", "churn-v1")),
            (307.0, _describe("Updating", "churn-v1", PendingDeploymentSummary=_pending("Creating", "Launching"))),
            (493.0, _describe("Updating", "churn-v1", PendingDeploymentSummary=_pending("Baking", BAKE))),
            (752.0, _describe("InService", "churn-v1", FailureReason=REASON)),
        ),
        events=(
            RunEvent(306.0, "PutMetricAlarm", "PutMetricAlarm v2-errors."),
            RunEvent(306.0, "PutMetricAlarm", "PutMetricAlarm v2-latency."),
            RunEvent(306.0, "UpdateEndpoint", "UpdateEndpoint churn: churn-v1 to churn-v2."),
            RunEvent(307.0, "Creating", "Launching 4 instance(s)."),
            RunEvent(370.0, "OK", "v2-errors INSUFFICIENT_DATA to OK."),
            RunEvent(463.0, "ActivatingTraffic", "Activating traffic on canary capacity of 1 instance(s)."),
            RunEvent(493.0, "Baking", BAKE),
            RunEvent(670.0, "ALARM", f"v2-errors OK to ALARM: {ALARM_REASON}"),
            RunEvent(730.0, "OK", "v2-latency INSUFFICIENT_DATA to OK."),
            RunEvent(673.0, "RollingBack", "Rolling back: v2-errors is in ALARM state."),
            RunEvent(722.0, "Deleting", "Terminating 4 instance(s)."),
            RunEvent(752.0, "InService", f"InService on churn-v1. {REASON}"),
        ),
        event_bridge=(),
        alarm_history=(),
        alarms=(
            AlarmTransition(370.0, "v2-errors", "INSUFFICIENT_DATA", "OK", "no data, not breaching"),
            alarm,
            AlarmTransition(730.0, "v2-latency", "INSUFFICIENT_DATA", "OK", "3 datapoints"),
            AlarmTransition(970.0, "v2-errors", "ALARM", "OK", "no data, not breaching"),
        ),
        alarm_states={"v2-errors": "OK", "v2-latency": "OK"},
        metrics=_metrics(errors, 12),
        traffic=(
            TrafficShare(0.0, {"churn-v1": 1.0}),
            TrafficShare(493.0, {"churn-v1": 0.75, "churn-v2": 0.25}),
            TrafficShare(722.0, {"churn-v1": 1.0}),
        ),
        instances=(
            InstanceCount(0.0, {"churn-v1": 4}, {TYPE: 4}),
            InstanceCount(307.0, {"churn-v1": 4, "churn-v2": 4}, {TYPE: 8}),
            InstanceCount(752.0, {"churn-v1": 4}, {TYPE: 4}),
        ),
        phases=(
            Phase(306.0, 463.0, "Creating", "Launching 4 instance(s)."),
            Phase(463.0, 493.0, "ActivatingTraffic", "Activating traffic on canary capacity of 1 instance(s)."),
            Phase(493.0, 673.0, "Baking", BAKE),
            Phase(673.0, 722.0, "RollingBack", "Rolling back to churn-v1."),
            Phase(722.0, 752.0, "Deleting", "Terminating 4 instance(s)."),
        ),
        totals=_totals(),
        deciding_alarm=alarm,
        requests=RequestLog(bad=(np.array([7, 9], np.uint8),), new=(np.array([1, 2], np.uint8),), counts=(16,)),
    )


FULL_BAKE = "Baking for 120 seconds (TerminationWaitInSeconds) with traffic enabled on full capacity of 4 instance(s)."


def healthy_run(seed: int = 7) -> Run:
    """Return a canary that bakes for five minutes, takes all traffic at 13:43 and is done at 16:13."""
    errors: list[float | None] = [None] * 8 + [0.0] * 23
    base = broken_run(seed)
    return replace(
        base,
        outcome="promoted",
        update_ended_s=973.0,
        deciding_alarm=None,
        metrics=_metrics(errors, 30),
        alarms=(base.alarms[0], base.alarms[2]),
        endpoint_history=(*base.endpoint_history[:4], (973.0, _describe("InService", "churn-v2"))),
        events=(
            *base.events[:7],
            RunEvent(793.0, "ActivatingTraffic", "Activating traffic on full capacity of 4 instance(s)."),
            RunEvent(823.0, "Baking", FULL_BAKE),
            RunEvent(943.0, "Deleting", "Terminating 4 instance(s)."),
            RunEvent(973.0, "InService", "InService on churn-v2."),
        ),
        traffic=(*base.traffic[:2], TrafficShare(823.0, {"churn-v2": 1.0})),
        instances=(*base.instances[:2], InstanceCount(973.0, {"churn-v2": 4}, {TYPE: 4})),
        phases=(
            *base.phases[:2],
            Phase(493.0, 793.0, "Baking", BAKE),
            Phase(793.0, 823.0, "ActivatingTraffic", "Activating traffic on full capacity of 4 instance(s)."),
            Phase(823.0, 943.0, "Baking", FULL_BAKE),
            Phase(943.0, 973.0, "Deleting", "Terminating 4 instance(s)."),
        ),
    )


def _result(harmed: float, p95: float, detected: float | None, back: float | None, **more: Any) -> ReleaseResult:
    return ReleaseResult(
        outcomes=more.pop("outcomes", {"rolled-back": 20}),
        harmed=Spread(mean=harmed, p95=p95),
        harmed_by_seed=(int(harmed),) * 20,
        time_to_detect_s=detected,
        time_to_recover_s=back,
        duration_s=more.pop("duration", 680.0),
        extra_instance_minutes=more.pop("extra", 46.0),
        cost_usd=0.57,
        exposed=0.03,
    )


def a_moment(**given: Any) -> Moment:
    """Return what a grade may tell of the broken release."""
    return Moment(**{"release": "hidden-broken", "seed": 0, "t": 670.0, "say": "Something happened.", **given})


def a_grade(passed: bool = False) -> Grade:
    """Return a grade that meets all four goals, or only two of them."""
    met = {"finishes": True, "patient": passed, "stops": True, "protects": passed}
    results = tuple(
        GoalResult(
            id=id,
            title=title,
            passed=met[id],
            measured=19.0,
            measured_say="19 of 20",
            needed="at least 19 of 20",
            say="" if met[id] else TEACHER,
            hints=HINTS,
        )
        for id, title, _, _ in GOALS
    )
    yours, reference, unguarded = _result(412, 530, 250, 302), _result(118, 161, 178, 230), _unguarded()
    ids = ("hidden-broken", "hidden-healthy", "hidden-noisy")
    calm = _result(0, 2, None, None, outcomes={"promoted": 20}, duration=1083, extra=73)
    return Grade(
        lab=LAB_ID,
        passed=passed,
        score=100.0 if passed else 50.0,
        goals=results,
        releases={id: yours if id == "hidden-broken" else calm for id in ids},
        compared={
            "reference": {id: reference if id == "hidden-broken" else calm for id in ids},
            "unguarded": {id: unguarded if id == "hidden-broken" else calm for id in ids},
        },
        moments=(
            a_moment(say="At 11:10 the alarm saw the first bad minute."),
            a_moment(t=722.0, say="At 12:02 all traffic was back on churn-v1."),
        ),
        seeds=tuple(range(20)),
    )


def _unguarded() -> ReleaseResult:
    return _result(9804, 10_120, None, None, outcomes={"promoted": 20}, duration=260, extra=12)


@dataclass
class FakeCatalog:
    """One lab."""

    only: Lab = field(default_factory=a_lab)
    warning: str | None = None

    @property
    def outline(self) -> Outline:
        """A course of one lesson, to which the lab belongs."""
        topic = Topic(id="blue-green", title="Blue and green", available=True, labs=(self.only.id,))
        part = Part(id="strategies", numeral="I", title="Strategies", topics=(topic,))
        return Outline(id="course", title="Deploying models safely", about="", parts=(part,))

    def lab(self, id: str) -> Lab:
        """Return the lab."""
        return {self.only.id: self.only}[id]

    def terms(self) -> tuple[Term, ...]:
        """Return no glossary."""
        return ()

    def lab_ids(self) -> tuple[str, ...]:
        """Return its id."""
        return (self.only.id,)


@dataclass
class FakeJournal:
    """A history in memory."""

    kept: list[Event] = field(default_factory=list)
    warning: str | None = None

    def record(self, event: Event) -> None:
        """Keep the event."""
        self.kept.append(event)

    def events(self) -> tuple[Event, ...]:
        """Return all events."""
        return tuple(self.kept)

    def data(self, kind: str) -> list[Mapping[str, Any]]:
        """Return what was recorded as `kind`."""
        return [event.data for event in self.kept if event.kind == kind]


@dataclass
class FakeDesk:
    """Finds fault with the word `bogus`, advises against `Threshold: 0`, refuses to run seed 13."""

    grades: Callable[[], Grade] = a_grade
    gate: threading.Event | None = None
    """Where a run, and each step of a grade, waits, if given."""
    graded: int = 0
    stopped: bool = False
    """Was a grade given up by whoever wanted it?"""
    ran: list[tuple[str, int]] = field(default_factory=list)

    def check(self, lab: Lab, text: str) -> CheckedPlan:
        """Return a finding per line with a word that is known to be wrong."""
        findings = tuple(
            finding for number, line in enumerate(text.splitlines(), start=1) for finding in _findings(number, line)
        )
        refused = any(finding.severity != "advice" for finding in findings)
        return CheckedPlan(text=text, findings=findings, plan=None if refused else PLAN)

    def run(self, lab: Lab, plan: Plan, release: str, seed: int) -> Run:
        """Return a run made by hand."""
        if seed == 13:
            raise RefusedRequest("ResourceLimitExceeded", "13 is too many.")
        self.ran.append((release, seed))
        if self.gate is not None:
            self.gate.wait(10)
        return broken_run(seed) if release == "hidden-broken" else healthy_run(seed)

    def grade(self, lab: Lab, plan: Plan, on_progress: Callable[[int, int], None], best: Plan | None = None) -> Grade:
        """Report six steps, then return a grade."""
        self.graded += 1
        for done in range(6):
            try:
                on_progress(done, 6)
            except Exception:
                self.stopped = True
                raise
            if self.gate is not None:
                self.gate.wait(10)
        return self.grades()

    def takeaway(self, text: str, form: str) -> str:
        """Return a line that names the form."""
        return f"# the plan as {form}"


def _findings(number: int, line: str) -> list[Finding]:
    if "bogus" in line:
        say = "Unknown parameter `bogus`; known: AlarmName, Namespace. [b]Not markup[/b]"
        return [_finding(number, line.index("bogus") + 1, "client", say)]
    if "Type: CANNARY" in line:
        return [_finding(number, line.index("CANNARY") + 1, "service", "'CANNARY' is not a type; CANARY is.")]
    if "Threshold: 0" in line:
        return [_finding(number, 5, "advice", "A single error trips this alarm.")]
    return []


def _finding(line: int, column: int, severity: Any, say: str) -> Finding:
    return Finding(line=line, column=column, path="PutMetricAlarm[0].bogus", severity=severity, say=say)


def a_study(desk: FakeDesk | None = None, journal: FakeJournal | None = None) -> Study:
    """Return a study made of fakes, at a time that stands still."""
    return Study(
        catalog=FakeCatalog(),  # type: ignore[arg-type]  # the lab screen asks for labs alone
        journal=journal or FakeJournal(),
        desk=desk or FakeDesk(),
        now=lambda: NOW,
    )
