"""The lab commands, from the first look to the grade."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.course.cli.conftest import LAB

GRADE_KEYS = {"lab", "passed", "score", "goals", "releases", "compared"}
RELEASE_KEYS = {"outcomes", "harmed", "time_to_detect_s", "duration_s", "extra_instance_minutes"}


def test_the_list_names_each_lab_with_its_lesson(mlcourse):
    """`lab list --json` is a list of id, title, minutes and lesson."""
    rows = mlcourse("lab", "list", "--json").json

    assert {"id": LAB, "title": "First guarded update", "minutes": 20, "lesson": "blue-green"} in rows


def test_showing_a_lab_gives_brief_goals_and_start_but_no_release(mlcourse):
    """What is hidden stays hidden until a grade."""
    result = mlcourse("lab", "show", LAB, "--json")

    assert {"id", "title", "minutes", "lesson", "brief", "goals", "start"} <= result.json.keys()
    assert "releases" not in result.json
    assert "faults" not in result.out


def test_start_writes_a_plan_that_is_not_overwritten(mlcourse, tmp_path: Path):
    """A second start keeps the learner's work."""
    first = mlcourse("lab", "start", LAB, "plan.yaml")
    (tmp_path / "plan.yaml").write_text("mine")
    second = mlcourse("lab", "start", LAB, "plan.yaml")

    assert (first.code, second.code) == (0, 2)
    assert "is there already" in second.err
    assert (tmp_path / "plan.yaml").read_text() == "mine"


def test_the_reference_has_no_findings(mlcourse, plan_file):
    """A good plan is fine: exit 0."""
    result = mlcourse("lab", "check", LAB, plan_file("reference.yaml"), "--json")

    assert result.code == 0
    assert result.json == {"ok": True, "findings": []}


WAIT = "WaitIntervalInSeconds: 300"


@pytest.mark.parametrize(
    ("old", "new", "severity", "path"),
    [
        (WAIT, "# no wait", "client", "TrafficRoutingConfiguration"),
        (WAIT, "WaitIntervalInSeconds: -1", "client", "WaitIntervalInSeconds"),
        (WAIT, "WaitIntervalInSeconds: 3601", "service", "WaitIntervalInSeconds"),
        ("Type: CANARY", "Type: canary", "service", "Type"),
        (WAIT, f"{WAIT}\n        CanaryPercent: 5", "client", "CanaryPercent"),
        ("EndpointConfigName: churn-v2\n", "EndpointConfigName: churn-v3\n", "service", "EndpointConfigName"),
    ],
    ids=["missing", "below minimum", "above maximum", "no such enum", "unknown field", "unknown configuration"],
)
def test_a_finding_says_who_refuses_and_where(mlcourse, plan_file, tmp_path, old, new, severity, path):
    """Each finding has its place, its severity and a sentence; the command exits with 1."""
    text = Path(plan_file("reference.yaml")).read_text()
    assert old in text
    (tmp_path / "plan.yaml").write_text(text.replace(old, new, 1))
    result = mlcourse("lab", "check", LAB, "plan.yaml", "--json")
    found = [f for f in result.json["findings"] if path in f["path"] and f["severity"] == severity]

    assert result.code == 1
    assert not result.json["ok"]
    assert found
    assert found[0]["line"] > 1
    assert found[0]["column"] >= 1


def test_a_run_says_how_the_endpoint_ended(mlcourse, plan_file):
    """`lab run --json` has outcome, endpoint, events, alarms, metrics and totals."""
    result = mlcourse("lab", "run", LAB, plan_file("reference.yaml"), "--release", "broken", "--seed", "3", "--json")
    run = result.json

    assert result.code == 0
    assert {"outcome", "endpoint", "events", "alarms", "metrics", "totals"} <= run.keys()
    assert run["outcome"] == "rolled-back"
    assert run["endpoint"]["EndpointConfigName"] == "churn-v1"
    assert "is in ALARM state" in run["endpoint"]["FailureReason"]
    assert {"t", "alarm", "from", "to", "reason"} == run["alarms"][0].keys()
    assert {"name", "dimensions", "period", "points"} <= run["metrics"][0].keys()


def test_the_start_plan_does_not_pass_and_the_grade_says_why(mlcourse, plan_file):
    """A failed grade exits with 1 and has a hint for each missed goal."""
    result = mlcourse("lab", "grade", LAB, plan_file("start.yaml"), "--seeds", "3", "--workers", "1", "--json")
    grade = result.json
    missed = [goal for goal in grade["goals"] if not goal["passed"]]

    assert result.code == 1
    assert grade.keys() >= GRADE_KEYS
    assert set(grade["compared"]) == {"reference", "unguarded"}
    assert all(release.keys() >= RELEASE_KEYS for release in grade["releases"].values())
    assert missed
    assert all(goal["say"] and goal["hint"] for goal in missed)


def test_the_reference_passes_and_is_remembered(mlcourse, plan_file):
    """A passed grade exits with 0 and shows in the progress."""
    result = mlcourse("lab", "grade", LAB, plan_file("reference.yaml"), "--seeds", "3", "--workers", "1")
    progress = mlcourse("progress", "--json").json

    assert result.code == 0
    assert result.out.startswith("Passed")
    assert progress["labs"][LAB]["passed"] is True
    assert progress["labs"][LAB]["attempts"] == 1


def test_an_invalid_plan_costs_no_attempt(mlcourse, plan_file, tmp_path):
    """A plan that AWS would refuse is not graded."""
    text = Path(plan_file("reference.yaml")).read_text().replace(WAIT, "WaitIntervalInSeconds: 3601", 1)
    (tmp_path / "plan.yaml").write_text(text)
    result = mlcourse("lab", "grade", LAB, "plan.yaml")
    progress = mlcourse("progress", "--json").json

    assert result.code == 1
    assert "costs no attempt" in result.err
    assert LAB not in progress["labs"]


def test_an_unknown_release_is_refused_without_naming_the_hidden_ones(mlcourse, plan_file):
    """Names of releases would give them away."""
    result = mlcourse("lab", "run", LAB, plan_file("reference.yaml"), "--release", "9")

    assert result.code == 2
    assert "numbered from 1" in result.err
    assert "broken" not in result.err


def test_a_kept_grade_can_be_replayed(mlcourse, plan_file):
    """Plan, seeds and version are kept with the grade, and the same comes out again."""
    mlcourse("lab", "grade", LAB, plan_file("start.yaml"), "--seeds", "2", "--workers", "1")
    again = mlcourse("lab", "replay", LAB, "--workers", "1", "--json")

    assert again.code == 0
    assert again.json["same"] is True
    assert mlcourse("lab", "replay", LAB, "--attempt", "2").code == 2


@pytest.mark.parametrize(
    ("form", "holds"),
    [
        ("cli", "aws sagemaker update-endpoint"),
        ("boto3", "update_endpoint("),
        ("cloudformation", "AWS::CloudWatch::Alarm"),
        ("terraform", 'resource "aws_cloudwatch_metric_alarm"'),
        ("cdk", "aws_cloudwatch.CfnAlarm("),
    ],
)
def test_a_plan_can_be_taken_home(mlcourse, plan_file, form, holds):
    """A plan becomes commands, Python or a template."""
    result = mlcourse("lab", "export", LAB, plan_file("reference.yaml"), "--as", form)

    assert result.code == 0
    assert holds in result.out


def test_a_report_is_drawn(mlcourse, plan_file, tmp_path):
    """`--plot` leaves a picture."""
    arguments = (plan_file("reference.yaml"), "--seeds", "2", "--workers", "1", "--plot", "report.png")
    result = mlcourse("lab", "grade", LAB, *arguments)

    assert result.code == 0
    assert (tmp_path / "report.png").read_bytes().startswith(b"\x89PNG")
