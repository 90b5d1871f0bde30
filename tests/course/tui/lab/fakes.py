"""A lab, a desk and a journal that the screens can be tried on without the simulator."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from course.desk import LabDesk
from course.history import Event, Keeping
from course.outline import Outline, Part, Topic
from course.plan_text import CheckedPlan, Completions, Finding
from course.ports import Study
from course.syllabus import QuestionCard, Term
from course.tui.foretelling.habit import ASKED_BEFORE_RUNS, OFF
from engine.errors import RefusedRequest
from engine.plan import Plan
from engine.run import (
    Run,
)
from engine.serving.faults import Errors
from engine.serving.model import Model, ServiceTime
from labs.exercise.exercise import PlanFile, Release
from labs.exercise.goal import GoalResult
from labs.grade import Grade, Moment, ReleaseResult, Spread
from labs.lab import Lab, LabGoal
from labs.prediction import Values
from tests.labs.film.runs import GOOD, PLAN, WORLD, broken_run, healthy_run

LAB_ID = "first-guarded-update"
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
    bad = Model(service=ServiceTime(mean_ms=45), faults=(Errors(rate=0.2),))
    return Lab(
        id=LAB_ID,
        revision=1,
        title="First guarded update",
        minutes=20,
        lesson="blue-green",
        brief=BRIEF,
        debrief="# What to take with you\n\nAn alarm must be able to fire **inside** the bake.",
        world=WORLD,
        releases=(
            _release("hidden-broken", bad, "rolled-back", "It fails every fifth request."),
            _release("hidden-healthy", GOOD, "promoted", "It is a good release."),
            _release("hidden-noisy", GOOD, "promoted", "It is a good release that fails now and then."),
        ),
        start=PlanFile(name="start.yaml", text=START, plan=PLAN),
        reference=PlanFile(name="reference.yaml", text=START, plan=PLAN),
        near_misses=(),
        goals=tuple(
            LabGoal(id=id, title=title, measure=measure, release=release, at_most=1, say=TEACHER, hints=HINTS)
            for id, title, measure, release in GOALS
        ),
    )


def _release(id: str, model: Model, expect: Any, say: str) -> Release:
    return Release(id=id, replaces="churn-v2", model=model, expect=expect, say=say)


def _result(harmed: float, p95: float, detected: float | None, back: float | None, **more: Any) -> ReleaseResult:
    return ReleaseResult(
        outcomes=more.pop("outcomes", {"rolled-back": 20}),
        harmed=Spread(mean=harmed, p95=p95),
        harmed_by_seed=(int(harmed),) * 20,
        time_to_detect_s=detected,
        detected_in=0 if detected is None else 12,
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
        topic = Topic(id="blue-green", title="Blue and green", labs={self.only.id: self.only.title})
        part = Part(id="strategies", numeral="I", title="Strategies", topics=(topic,))
        return Outline(id="course", title="Deploying models safely", about="", parts=(part,))

    def lab(self, id: str) -> Lab:
        """Return the lab."""
        return {self.only.id: self.only}[id]

    def question_cards(self) -> tuple[QuestionCard, ...]:
        """Return no questions."""
        return ()

    def has_question(self, id: str) -> bool:
        """There is none."""
        return False

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
    keeping: Keeping = Keeping()
    asked_before_runs: str = OFF
    """What the learner prefers, before anything else is recorded of it."""

    def record(self, event: Event) -> None:
        """Keep the event."""
        self.kept.append(event)

    def events(self) -> tuple[Event, ...]:
        """Return all events."""
        return tuple(self.kept)

    def folded(self, fold):
        """Return a fold over all events."""
        prefers = Event(NOW, "preferred", ASKED_BEFORE_RUNS, {"value": self.asked_before_runs})
        return fold.of([prefers, *self.kept])

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

    def happened(self, lab: Lab, run: Run, release: str) -> Values:
        """Return how the run that was made by hand ended, and a harm that suits it."""
        return {"ending": run.outcome, "minute": 9.0, "harmed": 120 if release == "hidden-broken" else 0, "missed": 120}

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

    def about(self, text: str, line: int, column: int) -> str:
        """Say what the real desk says."""
        return LabDesk.about(self, text, line, column)  # type: ignore[arg-type]  # it asks nothing of the desk

    def completions(self, lab: Lab, text: str, line: int, column: int) -> Completions:
        """List what the real desk lists."""
        return LabDesk.completions(self, lab, text, line, column)  # type: ignore[arg-type]

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
