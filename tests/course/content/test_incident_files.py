"""An incident is read with everything it names; what cannot be used is refused at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.content.lint.check import lint
from course.content.pack import Pack
from course.content.packs import built_in_pack, open_packs
from course.content.yaml.errors import ContentError
from course.syllabus import OnCall
from labs.incidents.proof import prove
from labs.incidents.session import Incident
from tests.course.content.conftest import Edit, write_pack

INCIDENT = """\
format: 1
id: shift
revision: 1
title: A shift
minutes: 5
brief: brief.md
debrief: debrief.md
world:
  endpoint: {EndpointName: churn, EndpointConfigName: churn-v1}
  configs:
    - EndpointConfigName: churn-v1
      ProductionVariants:
        - {VariantName: main, ModelName: old, InstanceType: ml.m5.large, InitialInstanceCount: 2}
    - EndpointConfigName: churn-v2
      ProductionVariants:
        - {VariantName: main, ModelName: new, InstanceType: ml.m5.large, InitialInstanceCount: 2}
  models:
    old: {service: {mean_ms: 40}}
    new: {service: {mean_ms: 45}}
  workload: {rate: 5}
  duration_s: 2000
releases:
  - {id: good, replaces: new, model: {service: {mean_ms: 45}}, expect: promoted, say: Nothing was wrong.}
  - id: bad
    replaces: new
    model: {service: {mean_ms: 45}, faults: [{kind: errors, rate: 0.5}]}
    expect: rolled-back
    say: It failed.
plan: sent.yaml
goals:
  - {id: clean, title: Cleans up, measure: verdict, say: No., hints: [Look.]}
  - {id: quick, title: In time, measure: time-to-act, at_most: 600, say: Late., hints: [Look.]}
  - {id: right, title: Right model, measure: serves, say: No., hints: [Look.]}
answers:
  - {release: good, plan: old-goes.yaml}
  - {release: bad, plan: new-goes.yaml}
  - {release: bad, plan: serving-goes.yaml, fails: clean}
  - {release: good, plan: late.yaml, fails: quick}
speed: 30
"""
SENT = """\
PutMetricAlarm:
  AlarmName: errors
  Namespace: AWS/SageMaker
  MetricName: Invocation5XXErrors
  Dimensions:
    - {Name: EndpointName, Value: churn}
    - {Name: VariantName, Value: main}
    - {Name: EndpointConfigName, Value: churn-v2}
  Statistic: Average
  Period: 60
  EvaluationPeriods: 1
  Threshold: 0.1
  ComparisonOperator: GreaterThanThreshold
  TreatMissingData: notBreaching
UpdateEndpoint:
  EndpointName: churn
  EndpointConfigName: churn-v2
  DeploymentConfig:
    BlueGreenUpdatePolicy:
      TrafficRoutingConfiguration: {Type: ALL_AT_ONCE, WaitIntervalInSeconds: 0}
      TerminationWaitInSeconds: 600
    AutoRollbackConfiguration: {Alarms: [{AlarmName: errors}]}
"""
HERE = "01-fleets/shift"
FILES = {
    f"{HERE}/incident.yaml": INCIDENT,
    f"{HERE}/brief.md": "Watch.\n",
    f"{HERE}/debrief.md": "Well done.\n",
    f"{HERE}/sent.yaml": SENT,
    f"{HERE}/old-goes.yaml": "Later: [{AfterSeconds: 1100, DeleteEndpointConfig: {EndpointConfigName: churn-v1}}]\n",
    f"{HERE}/serving-goes.yaml": "Later: [{AfterSeconds: 900, DeleteEndpointConfig: {EndpointConfigName: churn-v1}}]\n",
    f"{HERE}/late.yaml": "Later: [{AfterSeconds: 1600, DeleteEndpointConfig: {EndpointConfigName: churn-v1}}]\n",
    f"{HERE}/new-goes.yaml": "Later: [{AfterSeconds: 900, DeleteEndpointConfig: {EndpointConfigName: churn-v2}}]\n",
}


@pytest.fixture
def shift(root: Path, edit: Edit) -> Path:
    """The small pack with an incident."""
    write_pack(root, FILES)
    edit(
        "01-fleets/lesson.yaml", "labs: [update/lab.yaml]", "labs: [update/lab.yaml]\nincidents: [shift/incident.yaml]"
    )
    edit("01-fleets/lesson.md", "{lab: update}", "{lab: update}\n\n{incident: shift}")
    return root


def said(root: Path) -> list[str]:
    """What is wrong with the incident, without the folder's name."""
    with pytest.raises(ContentError) as caught:
        Pack(root).incident("shift")
    return [str(problem).removeprefix(f"{HERE}/") for problem in caught.value.problems]


def test_an_incident_is_read_with_its_answers(shift: Path):
    """World, releases, the colleague's plan, goals and answers become one value."""
    incident = Pack(shift).incident("shift")

    assert (incident.id, incident.lesson, incident.minutes, incident.speed) == ("shift", "fleets", 5, 30)
    assert (incident.brief, incident.debrief) == ("Watch.\n", "Well done.\n")
    assert incident.rollback_alarms == ("errors",)
    assert [(goal.id, goal.measure, goal.at_most) for goal in incident.goals] == [
        ("clean", "verdict", None),
        ("quick", "time-to-act", 600),
        ("right", "serves", None),
    ]
    assert [(a.release, a.file.name, a.fails) for a in incident.answers][2] == ("bad", "serving-goes.yaml", "clean")


def test_the_outline_and_the_lesson_know_the_incident(shift: Path):
    """The topic has its id and its title, the lesson has a step with both."""
    pack = Pack(shift)
    [topic] = pack.outline.topics

    assert pack.incident_ids() == ("shift",)
    assert topic.incidents == {"shift": "A shift"}
    assert pack.lesson("fleets").steps[-1] == OnCall(incident="shift", title="A shift")


def test_packs_share_their_incidents(shift: Path):
    """Several packs are one catalog; an unknown incident is a KeyError."""
    packs, problems = open_packs([built_in_pack(), shift])

    assert problems == ()
    assert set(packs.incident_ids()) >= {"shift", "silent-rollback"}
    assert packs.incident("shift").title == "A shift"
    with pytest.raises(KeyError):
        packs.incident("nowhere")


def test_the_linter_proves_incidents(shift: Path, edit: Edit):
    """What its answers are said to do is tried out, at the incident's file."""

    def lint_it() -> list[str]:
        return [
            str(problem)
            for problem in lint(Pack(shift), lambda each: prove(each) if isinstance(each, Incident) else ())
        ]

    assert lint_it() == []

    edit(f"{HERE}/incident.yaml", "  - {release: bad, plan: new-goes.yaml}\n", "")

    assert lint_it() == [f"{HERE}/incident.yaml:35:3: release bad has no answer that passes; write one"]


def test_the_linter_asks_for_hints(shift: Path, edit: Edit):
    """A goal that helps nobody is said."""
    edit(f"{HERE}/incident.yaml", "say: Late., hints: [Look.]", "say: Late.")
    [problem] = lint(Pack(shift), lambda lab: ())

    assert problem.say == "this goal has no hint; write one that helps without telling"


def test_an_action_may_use_what_the_colleague_brought_along(shift: Path, edit: Edit):
    """The alarm of the colleague's plan exists when the learner acts; another one does not."""
    stop = "Later: [{AfterSeconds: 300, SetAlarmState: {AlarmName: errors, StateValue: ALARM, StateReason: Stop.}}]\n"
    (shift / HERE / "new-goes.yaml").write_text(stop)

    assert Pack(shift).incident("shift").answers[1].file.plan.steps[0].after_s == 300

    edit(f"{HERE}/new-goes.yaml", "AlarmName: errors", "AlarmName: error")

    assert said(shift) == ["new-goes.yaml:1:45: No alarm is called error. Did you mean errors?"]


WRONG = [
    pytest.param(
        "id: shift",
        "id: shifts",
        "incident.yaml:2:5: the incident lies in the folder 'shift'; give it that id, or rename the folder",
        id="id",
    ),
    pytest.param(
        "release: good, plan: old-goes.yaml",
        "release: god, plan: old-goes.yaml",
        "incident.yaml:35:15: `release` names 'god', which does not exist; did you mean good?",
        id="answer without a release",
    ),
    pytest.param(
        "fails: clean",
        "fails: cleans",
        "incident.yaml:37:52: `fails` names 'cleans', which does not exist; did you mean clean?",
        id="answer without a goal",
    ),
    pytest.param(
        "at_most: 600, ",
        "",
        "incident.yaml:32:5: `at_most` must be given; a goal on time-to-act needs a bound",
        id="goal without a bound",
    ),
    pytest.param(
        "id: good, replaces: new",
        "id: good, replaces: neu",
        "incident.yaml:23:26: `replaces` names 'neu', which does not exist; did you mean new?",
        id="release without a model",
    ),
    pytest.param(
        "measure: verdict",
        "measure: verdicts",
        "incident.yaml:31:44: `measure` is the text 'verdicts'; it must be verdict, serves, time-to-act, time-to-stop, "
        "harm-lasted, way-back or harmed (did you mean verdict?)",
        id="measure",
    ),
    pytest.param(
        "speed: 30",
        "speed: 20",
        "incident.yaml:39:8: `speed` is the number 20; it must be 1, 5, 10, 30 or 60",
        id="speed",
    ),
    pytest.param(
        "expect: promoted",
        "expect: rolled-back",
        "incident.yaml:23:3: no release is expected to be promoted; add one, or the same answer would always do",
        id="nothing good",
    ),
    pytest.param(
        "expect: promoted",
        "expect: served",
        "incident.yaml:23:72: incidents are about updates; expect one of promoted, rolled-back",
        id="an incident without an update",
    ),
    pytest.param(
        "plan: sent.yaml",
        "plan: old-goes.yaml",
        "incident.yaml:29:7: 'old-goes.yaml' sends no UpdateEndpoint with a rollback alarm; without one nothing stops "
        "it",
        id="nothing sent",
    ),
    pytest.param(
        "plan: sent.yaml",
        "plan: send.yaml",
        "incident.yaml:29:7: 'send.yaml' is no file here; did you mean sent.yaml?",
        id="no such file",
    ),
]


@pytest.mark.parametrize(("old", "new", "say"), WRONG)
def test_what_is_wrong_is_said_at_its_place(shift: Path, edit: Edit, old: str, new: str, say: str):
    """File, line, column, what is wrong, what would be right."""
    edit(f"{HERE}/incident.yaml", old, new)

    assert said(shift) == [say]


@pytest.mark.parametrize(("old", "new", "say"), WRONG)
def test_a_wrong_field_hides_no_other_mistake(shift: Path, edit: Edit, old: str, new: str, say: str):
    """Each is said beside another one, and once."""
    edit(f"{HERE}/incident.yaml", "minutes: 5\n", "minutes: 0\n")
    edit(f"{HERE}/incident.yaml", old, new)

    assert said(shift) == sorted(
        ["incident.yaml:5:10: `minutes` must be at least 1 and at most 600, got 0", say], key=line
    )


def line(complaint: str) -> int:
    """The line that a complaint is about."""
    return int(complaint.split(":")[1])


def test_what_follows_from_a_wrong_plan_is_not_said(shift: Path, edit: Edit):
    """Nobody knows which alarms the colleague would have brought along."""
    stop = "Later: [{AfterSeconds: 300, SetAlarmState: {AlarmName: errors, StateValue: ALARM, StateReason: Stop.}}]\n"
    (shift / HERE / "new-goes.yaml").write_text(stop)
    edit(f"{HERE}/sent.yaml", "Threshold: 0.1", "Treshold: 0.1")

    assert {complaint.split(":")[0] for complaint in said(shift)} == {"sent.yaml"}


def test_an_incident_must_be_placed_once(shift: Path, edit: Edit):
    """An incident that no page leads to, and one that does not exist, are refused."""
    edit("01-fleets/lesson.md", "{incident: shift}", "{incident: sheet}")
    with pytest.raises(ContentError) as caught:
        Pack(shift).lesson("fleets")

    assert [problem.say for problem in caught.value.problems] == [
        "incident shift is placed nowhere; add a line {incident: shift}",
        "there is no incident 'sheet' in this lesson; did you mean shift?",
    ]


def test_an_incident_needs_a_folder(shift: Path, edit: Edit):
    """Its folder is its id."""
    edit("01-fleets/lesson.yaml", "incidents: [shift/incident.yaml]", "incidents: [incident.yaml]")
    with pytest.raises(ContentError) as caught:
        Pack(shift).outline  # noqa: B018

    assert "lies in no folder of its own, which names the incident; move it into one" in str(caught.value)
