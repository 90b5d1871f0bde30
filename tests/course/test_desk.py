"""The desk on which labs are worked on, with a tiny lab."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from course.desk import LabDesk
from course.ports import ReportError
from engine.aws.translation.writing import write_plan
from engine.plan import Plan
from engine.simulate import simulate
from labs.grading import grade_plan
from labs.grading.grade_plan import grade
from labs.whatif.curve import curve
from tests.engine.rollouts import update
from tests.labs.tiny import BARE, GUARDED, LAB, file

TEXT = "# mine\n" + yaml.safe_dump(write_plan(GUARDED), sort_keys=False)
SEEDS = range(LAB.seeds)


@pytest.fixture
def desk(tmp_path):
    """A desk that keeps its reports in an empty folder."""
    return LabDesk(tmp_path)


def quiet(done, of):
    """Hear of progress, and say nothing."""


def test_a_good_plan_is_checked(desk):
    """What AWS would take becomes the plan's value."""
    checked = desk.check(LAB, TEXT)

    assert (checked.ok, checked.text, checked.plan) == (True, TEXT, GUARDED)


@pytest.mark.parametrize(
    "text, line, severity",
    [
        pytest.param(TEXT.replace("ConfigName: v2", "ConfigName: v9"), "EndpointConfigName: v9", "service", id="world"),
        pytest.param(TEXT.replace("Period: 60", "Period: often"), "Period: often", "client", id="type"),
        pytest.param(TEXT + "a: ]\n", "a: ]", "client", id="no YAML"),
    ],
)
def test_a_bad_plan_is_checked(desk, text, line, severity):
    """There is no value, and the finding stands at the mistake, in this lab's world."""
    checked = desk.check(LAB, text)
    lines = text.splitlines()

    assert (checked.ok, checked.plan) == (False, None)
    assert severity in {finding.severity for finding in checked.findings}
    assert line in {lines[finding.line - 1].strip() for finding in checked.findings}


@pytest.mark.parametrize("release, outcome", [("broken", "rolled-back"), ("healthy", "promoted")])
def test_a_run_meets_the_release(desk, release, outcome):
    """The run that is played is that of the lab's world with the release and the seed that were asked for."""
    run = desk.run(LAB, GUARDED, release, 2)

    assert run.outcome == outcome
    assert run == simulate(LAB.world_with(LAB.release(release)), GUARDED, 2)


def test_a_lab_that_was_rewritten_is_compared_with_itself(desk):
    """Whoever writes a lab changes its reference without another revision; the next grade stands beside the new one."""
    rewritten = replace(LAB, reference=file("reference.yaml", BARE))
    desk.grade(LAB, GUARDED, quiet)

    assert desk.grade(rewritten, GUARDED, quiet) == grade(rewritten, GUARDED, SEEDS)
    assert desk.grade(LAB, GUARDED, quiet) == grade(LAB, GUARDED, SEEDS)


def test_a_grade_is_that_of_the_lab(desk):
    """On the lab's own seeds, beside the reference, the unguarded update and the best earlier plan."""
    heard = []
    found = desk.grade(LAB, BARE, lambda done, of: heard.append((done, of)), best=GUARDED)

    assert found == grade(LAB, BARE, SEEDS, best=GUARDED)
    assert set(found.compared) == {"reference", "unguarded", "best"}
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_counterfactuals_are_kept(desk, monkeypatch):
    """The reference and the unguarded update are run once; the next grade runs its own plan only, and is the same."""
    runs = []

    def spying(world, plan, seed, **more):
        runs.append(seed)
        return simulate(world, plan, seed, **more)

    with monkeypatch.context() as patched:
        patched.setattr(grade_plan, "simulate", spying)
        first, made = desk.grade(LAB, BARE, quiet), len(runs)
        again, more = desk.grade(LAB, GUARDED, quiet), len(runs) - made

    assert (made, more) == (3 * 2 * 3, 1 * 2 * 3)
    assert (first, again) == (grade(LAB, BARE, SEEDS), grade(LAB, GUARDED, SEEDS))


OTHER = replace(LAB, reference=file("reference.yaml", BARE))


@pytest.mark.parametrize(
    "other", [replace(OTHER, revision=2), replace(OTHER, id="other")], ids=["another revision", "another lab"]
)
def test_counterfactuals_belong_to_a_labs_revision(desk, other):
    """Those of another lab, or of this one before it was changed, are not those of this one, and stay what they are."""
    before, theirs, after = (desk.grade(lab, GUARDED, quiet) for lab in (LAB, other, LAB))

    assert theirs == grade(other, GUARDED, SEEDS)
    assert theirs.compared["reference"] != before.compared["reference"]
    assert after == before


def test_a_cancelled_grade_leaves_nothing_behind(desk):
    """Whoever stops a grade gets a whole one the next time."""
    with pytest.raises(KeyboardInterrupt):
        desk.grade(LAB, BARE, stop)

    assert desk.grade(LAB, GUARDED, quiet) == grade(LAB, GUARDED, SEEDS)


def stop(done, of):
    """Cancel."""
    raise KeyboardInterrupt


def test_the_knobs_are_those_of_the_labs_world(desk):
    """A fleet of forty has a size to turn, one of four has none."""
    wide = replace(LAB, world=replace(LAB.world, endpoint=replace(LAB.world.endpoint, instance_counts={"main": 40})))
    plan = Plan.of(replace(GUARDED.updates[0], retain_all_variant_properties=True))

    assert [knob.id for knob in desk.knobs(LAB, plan)] == ["wait", "termination-wait"]
    assert [knob.id for knob in desk.knobs(wide, plan)] == ["canary-size", "wait", "termination-wait"]


def test_a_curve_is_over_the_labs_seeds(desk):
    """It begins with the first seed of a grade and ends with the last."""
    [wait] = [knob for knob in desk.knobs(LAB, GUARDED) if knob.id == "wait"]
    knob = replace(wait, values=(60, 300))
    found = list(desk.curve(LAB, knob))

    assert [each.seeds for each in found] == [1, 2, 3]
    assert found == list(curve(LAB, knob, (0, 1, 2)))


@pytest.fixture(scope="module")
def graded():
    """What a report is about."""
    return grade(LAB, GUARDED, SEEDS)


def test_a_report_takes_no_name_that_is_taken(desk, tmp_path, graded):
    """A picture beside those that are there, under the name that is returned."""
    there = [tmp_path / name for name in ("tiny.png", "tiny-2.png", "other.png")]
    for path in there:
        path.write_text("a keepsake")
    report = Path(desk.report(LAB, GUARDED, graded))

    assert report == tmp_path / "tiny-3.png"
    assert report.read_bytes().startswith(b"\x89PNG")
    assert {path.read_text() for path in there} == {"a keepsake"}


@pytest.mark.parametrize("folder", ["file", "file/in", "n" * 300], ids=["a file", "in a file", "no name for a folder"])
def test_a_report_that_cannot_be_written_is_said(tmp_path, monkeypatch, graded, folder):
    """The learner hears where it was to go and why it did not; drawing it is no matter here."""
    (tmp_path / "file").touch()
    monkeypatch.setattr("labs.report.write.draw", lambda report, path: path.write_bytes(b""))
    with pytest.raises(ReportError) as caught:
        LabDesk(tmp_path / folder).report(LAB, GUARDED, graded)

    assert str(tmp_path / folder / "tiny.png") in str(caught.value)
    assert caught.value.__cause__.strerror in str(caught.value)


def test_a_form_changes_one_value(desk):
    """What the form shows is written back into the text, and everything else stays."""
    [field] = [field for field in desk.form(TEXT) if field.name == "Threshold"]
    after = desk.edited(TEXT, field.trail, 0.05)

    assert field.value == 0.2
    assert after == TEXT.replace("Threshold: 0.2", "Threshold: 0.05")
    assert desk.check(LAB, after).plan.metric_alarms[0].threshold == 0.05


@pytest.mark.parametrize(
    "text, trail, value",
    [
        pytest.param("a: [", ("a",), 1, id="a text that is no YAML"),
        pytest.param(TEXT, ("PutMetricAlarm", 7, "Period"), 60, id="a place that is not there"),
        pytest.param(TEXT, ("PutMetricAlarm", "Threshold"), float("inf"), id="a value that cannot be written"),
    ],
)
def test_what_a_form_cannot_write_stays(desk, text, trail, value):
    """The text is as it was, and nothing is lost."""
    assert desk.edited(text, trail, value) == text


def test_a_text_that_cannot_be_read_has_no_form(desk):
    """Until it is YAML again there is the editor."""
    assert desk.form("a: [") == ()


def test_a_plan_is_taken_away_in_three_forms(desk):
    """As commands, as a program and as a template: each in its own language, and each with both requests."""
    cli, program, template = (desk.takeaway(TEXT, form) for form in ("cli", "boto3", "cloudformation"))
    called = {node.func.attr for node in ast.walk(ast.parse(program)) if isinstance(node, ast.Call)}
    made = {resource["Type"] for resource in yaml.safe_load(template)["Resources"].values()}

    assert [line for line in cli.splitlines() if line.startswith("aws")] == [
        "aws cloudwatch put-metric-alarm \\",
        "aws sagemaker update-endpoint \\",
    ]
    assert called >= {"put_metric_alarm", "update_endpoint"}
    assert made == {"AWS::CloudWatch::Alarm", "AWS::SageMaker::Endpoint"}


def test_a_refused_update_can_be_graded(desk):
    """A plan that updates nothing fails its goals instead of failing the program."""
    found = desk.grade(LAB, Plan.of(update(to="v9")), quiet)

    assert (found.passed, found.releases["healthy"].outcomes) == (False, {"refused": 3})


def test_a_text_is_kept_under_a_name_of_its_own(desk, tmp_path):
    """A second one gets a number; the folder is made, and one that cannot be made is said."""
    first, second = desk.keep("plan.sh", "one"), desk.keep("plan.sh", "two")

    assert (Path(first), Path(second)) == (tmp_path / "plan.sh", tmp_path / "plan-2.sh")
    assert [Path(each).read_text() for each in (first, second)] == ["one", "two"]
    assert Path(LabDesk(tmp_path / "new" / "one").keep("plan.sh", "one")).read_text() == "one"
    with pytest.raises(ReportError, match="cannot be written"):
        LabDesk(tmp_path / "plan.sh").keep("plan.sh", "one")
